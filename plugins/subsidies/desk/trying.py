"""Try a rule before it counts: on its own cases, on one that was typed, and on example employers.

The examples stand in ``examples.json``: made-up employers with an offer, a price and a first day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from marketplace.contract.answers import Aid, Priced
from marketplace.contract.values import (
    Budget,
    Employer,
    Group,
    Json,
    Need,
    Offer,
    Place,
    Price,
    RequestFacts,
)

from .. import calculator
from ..judge import judge
from ..records import Record


@dataclass(frozen=True, slots=True)
class Trial:
    """A case put to one record: what came of it (None: not known), and what should have come."""

    record: Record
    name: str
    case: Sequence[tuple[str, Json]]
    outcome: bool | None
    wanted: bool | None = None

    @property
    def is_right(self) -> bool:
        """Whether an own case came out as it must; a typed one always does."""
        return self.name == "typed" or self.outcome is self.wanted


@dataclass(frozen=True, slots=True)
class Example:
    """A made-up employer who asks for one offer."""

    title: str
    request: RequestFacts
    item: Priced


@dataclass(frozen=True, slots=True)
class Effect:
    """The aid of an example with one set of rules and with another."""

    title: str
    before: tuple[Aid, ...]
    after: tuple[Aid, ...]


def own_cases(records: Sequence[Record]) -> list[Trial]:
    """Both cases of every record."""
    return [
        Trial(one, name, sorted(case.items()), judge(one, case.get).holds, wanted)
        for one in records
        for name, case, wanted in (("passes", one.passes, True), ("fails", one.fails, False))
    ]


def on_case(records: Sequence[Record], case: Mapping[str, Json]) -> list[Trial]:
    """One case on every record."""
    rows = sorted(case.items())
    return [Trial(one, "typed", rows, judge(one, case.get).holds) for one in records]


def effects(before: Sequence[Record], after: Sequence[Record]) -> list[Effect]:
    """What every example gets with each of two sets."""
    return [Effect(one.title, _aid(one, before), _aid(one, after)) for one in examples()]


@cache
def examples() -> tuple[Example, ...]:
    """The example employers of ``examples.json``."""
    file = Path(__file__).parent / "examples.json"
    return tuple(_example(row) for row in json.loads(file.read_text("utf-8")))


def _aid(example: Example, records: Sequence[Record]) -> tuple[Aid, ...]:
    (found,) = calculator.aid_for(example.request, (example.item,), records).aids
    return found


def _example(row: Mapping[str, Mapping[str, object]]) -> Example:
    group = Group(**row["group"])  # type: ignore[arg-type]  # a test reads every example
    need = Need("n1", str(row["topic"]), group)
    request = RequestFacts(
        Place(**row["place"]),  # type: ignore[arg-type]
        Budget(0, 0),
        (need,),
        employer=Employer(**_tuples(row["employer"])),  # type: ignore[arg-type]
        answers=row["answers"],  # type: ignore[arg-type]
    )
    offer = Offer(
        version_id="example",
        slug="example",
        topics=(need.topic,),
        roles=(),
        price=Price("fixed"),
        **_tuples(row["offer"]),  # type: ignore[arg-type]
    )
    gross: object = row["gross_cents"]
    start = date.fromisoformat(str(row["start"]))
    return Example(str(row["title"]), request, Priced(offer, need, int(str(gross)), start))


def _tuples(facts: Mapping[str, object]) -> dict[str, object]:
    return {key: tuple(one) if isinstance(one, list) else one for key, one in facts.items()}
