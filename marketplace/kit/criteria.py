"""Judge criteria: what they may ask about, and whether they hold."""

from marketplace.requests.criteria import (
    OFFER,
    OPERATORS,
    SUBJECTS,
    Lookup,
    beginnings,
    holds,
    known_subject,
    lookup,
    parents,
)

__all__ = [
    "OFFER",
    "OPERATORS",
    "SUBJECTS",
    "Lookup",
    "beginnings",
    "holds",
    "known_subject",
    "lookup",
    "parents",
]
