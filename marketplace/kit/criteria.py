"""Judge criteria: what they may ask about, and whether they hold."""

from marketplace.requests.criteria import (
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
    "OPERATORS",
    "SUBJECTS",
    "Lookup",
    "beginnings",
    "holds",
    "known_subject",
    "lookup",
    "parents",
]
