"""Rules and questions as data, contributed by plugins and by consultants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .values import Json


@dataclass(frozen=True, slots=True)
class Criterion:
    """``subject`` is a path such as ``need.topic``, ``offer.nature``, ``employer.legal_form``.

    ``op``: is | in | not_in | overlaps | at_least | at_most. An unknown subject never causes a
    refusal: in ``when`` it leaves the rule out, in ``require`` it passes.
    """

    subject: str
    op: str
    value: Json


@dataclass(frozen=True, slots=True)
class Rule:
    """Where every ``when`` criterion holds, every ``require`` one must, or the offer is refused.

    ``passes`` and ``fails`` are examples (subject → value) that a test runs against the rule.
    """

    id: str
    code: str
    when: tuple[Criterion, ...]
    require: tuple[Criterion, ...]
    source: str
    checked_on: date
    passes: Mapping[str, Json]
    fails: Mapping[str, Json]
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """An extra wizard question of kind choice | choices | number | yes_no; ``when`` as in Rule."""

    key: str
    title: str
    kind: str
    why: str
    choices: tuple[tuple[str, str], ...] = ()
    when: tuple[Criterion, ...] = ()
