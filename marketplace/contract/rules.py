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
    """Where every ``when`` criterion holds, every ``require`` one should.

    ``effect`` says what that does. ``refuse``: an offer that does not is refused. ``prefer``: one
    that does gets ``weight`` of the published points for situations. ``note``: one that does is
    told with the rule's code. Rules of plugins and of consultants are judged alike, and none can
    see who gives an offer. ``passes`` and ``fails`` are examples (subject → value) that a test
    runs against the rule: in the first all of ``require`` holds, in the second it does not.
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
    effect: str = "refuse"  # refuse | prefer | note
    weight: int = 0  # of a preference, 1 to 100


@dataclass(frozen=True, slots=True)
class Question:
    """An extra wizard question of kind choice | choices | number | yes_no; ``when`` as in Rule."""

    key: str
    title: str
    kind: str
    why: str
    choices: tuple[tuple[str, str], ...] = ()
    when: tuple[Criterion, ...] = ()
