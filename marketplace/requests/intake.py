"""What a visitor of a federation's site may tell us there: few things, and never a name.

It is kept as typed, shown again before anybody takes it on, and then becomes answers of the wizard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import cast

from marketplace import reference
from marketplace.contract.values import Json
from marketplace.i18n import _
from marketplace.requests.vocabulary import LANES, label

LANE_CODES = tuple(code for code, _label in LANES)
Pages = Mapping[str, dict[str, Json]]


@dataclass(frozen=True, slots=True)
class Extra:
    """An answer to a question of a plugin (``<id>.<key>``), with both as the visitor saw them."""

    key: str
    answer: Json
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Intake:
    """A place of work, what it is about, how many people work there, and their own words.

    Everything may be left out.
    """

    municipality: str = ""
    lanes: tuple[str, ...] = ()
    headcount: int | None = None
    remark: str = ""
    extra: tuple[Extra, ...] = ()

    def told(self) -> dict[str, Json]:
        """The form in which a draft keeps it."""
        plain = asdict(self)
        return plain | {"lanes": list(self.lanes), "extra": list(plain["extra"])}


def lines(told: Mapping[str, Json]) -> list[tuple[str, str]]:
    """What was filled in, as label and text, for its writer to check."""
    lanes = [str(label(LANES, code)) for code in _texts(told["lanes"])]
    headcount = told["headcount"]
    found = [
        (_("Plaats van het werk"), str(told["municipality"])),
        (_("Waar het om gaat"), "\n".join(lanes)),
        (_("Aantal medewerkers"), "" if headcount is None else str(headcount)),
        *((str(one["title"]), str(one["text"])) for one in _extra(told)),
        (_("In uw eigen woorden"), str(told["remark"])),
    ]
    return [(name, text) for name, text in found if text]


def pages(told: Mapping[str, Json]) -> Pages:
    """The same as answers of the wizard, as its forms would have stored them."""
    return dict(_pages(told))


def _pages(told: Mapping[str, Json]) -> Iterator[tuple[str, dict[str, Json]]]:
    typed = str(told["municipality"])
    if typed and (place := reference.municipality(typed)):
        yield "place", {"municipality": typed, "refnis": place.refnis}
    if lanes := [code for code in _texts(told["lanes"]) if code in LANE_CODES]:
        yield "lanes", {"lanes": lanes}
    if told["headcount"] is not None:
        yield "headcount", {"headcount": told["headcount"]}
    for one in _extra(told):
        yield f"extra.{one['key']}", {"answer": one["answer"]}


def _texts(value: Json) -> Sequence[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _extra(told: Mapping[str, Json]) -> Sequence[Mapping[str, Json]]:
    return cast("Sequence[Mapping[str, Json]]", told["extra"])
