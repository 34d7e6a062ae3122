"""Judge criteria and rules: what they may ask about, and whether they hold."""

from marketplace.catalogue.criteria import (
    NEED,
    OFFER,
    OPERATORS,
    REQUEST,
    SUBJECTS,
    Lookup,
    beginnings,
    holds,
    known_subject,
    lookup,
    parents,
)
from marketplace.catalogue.rule_documents import as_json, from_json
from marketplace.catalogue.rules import assumes, faults, in_force, refusal, satisfied, version

__all__ = [
    "NEED",
    "OFFER",
    "OPERATORS",
    "REQUEST",
    "SUBJECTS",
    "Lookup",
    "as_json",
    "assumes",
    "beginnings",
    "faults",
    "from_json",
    "holds",
    "in_force",
    "known_subject",
    "lookup",
    "parents",
    "refusal",
    "satisfied",
    "version",
]
