"""What a sector plugin contributes as data, read once from its folder.

``sector.toml``: who belongs to it, questions and rules. ``guide.toml``: tables for its help page.
``offers.json``: providers and offers as in a catalogue file. ``vocabulary.csv``: its words.
``translations/``: the sentences of its rules in other languages.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import cast

from marketplace.catalogue.criteria import beginnings, parents
from marketplace.catalogue.rules import STALE_AFTER
from marketplace.contract.pages import Check
from marketplace.contract.rules import Criterion, Question, Rule
from marketplace.contract.values import Employer, Json
from marketplace.i18n import _
from marketplace.kit import translations
from marketplace.kit.translations import Sentences

Table = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Word:
    """A term of the floor with plain meaning and example; ``others`` maps language to term."""

    theme: str
    term: str
    meaning: str
    example: str
    others: Mapping[str, str]

    def mentions(self, wanted: str) -> bool:
        """Whether the term, its meaning or a translation holds the casefolded text."""
        texts = (self.term, self.meaning, *self.others.values())
        return wanted in " ".join(texts).casefold()


@dataclass(frozen=True, slots=True)
class Sector:
    """All data of one sector; ``checked`` holds the day each of its sources was looked at."""

    joint_committees: frozenset[str]
    nace_prefixes: tuple[str, ...]
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    sentences: Sentences
    entries: tuple[Table, ...]
    words: tuple[Word, ...]
    guide: Mapping[str, Sequence[Table]]
    checked: tuple[date, ...]

    def concerns(self, employer: Employer) -> bool:
        """Whether the employer is known to be in it; a sub-committee counts as its committee."""
        committees, activity = parents(employer.joint_committees), beginnings(employer.nace)
        told = {*committees, *activity}
        return not told.isdisjoint({*self.joint_committees, *self.nace_prefixes})

    def concerns_subject(self, subject: Mapping[str, Json]) -> bool:
        """The same for the subject of a panel: its offer, joint committees or activity."""
        if "offer" in subject:
            return any(entry["slug"] == subject["offer"] for entry in self.entries)
        codes, nace = subject.get("joint_committees"), subject.get("nace")
        return self.concerns(
            Employer(
                joint_committees=tuple(map(str, codes)) if isinstance(codes, list | tuple) else (),
                nace=nace if isinstance(nace, str) else None,
            )
        )

    def themes(self, wanted: str = "") -> list[tuple[str, list[Word]]]:
        """The words that mention the wanted text, per theme; without a text all of them."""
        found = [word for word in self.words if word.mentions(wanted.strip().casefold())]
        return [(theme, list(words)) for theme, words in groupby(found, lambda word: word.theme)]

    def checks(self, today: date) -> tuple[Check, ...]:
        """What was read; warnings for sources to look at again and for missing translations."""
        told = _(
            "%(offers)s aanbiedingen en aanbieders, %(rules)s regels en %(words)s woorden gelezen.",
            offers=len(self.entries),
            rules=len(self.rules),
            words=len(self.words),
        )
        found = [Check("ok", told)]
        if stale := sum(today - day > STALE_AFTER for day in self.checked):
            late = _("%(count)s bronnen zijn langer dan 180 dagen niet nagekeken.", count=stale)
            found.append(Check("warning", late))
        return (*found, *self.sentences.checks())


@cache
def read(folder: Path) -> Sector:
    """The sector in a folder. Raises OSError, KeyError or ValueError when its data is wrong."""
    sector, guide = _toml(folder / "sector.toml"), _toml(folder / "guide.toml")
    offers = json.loads((folder / "offers.json").read_text("utf-8"))
    sources = [*sector["rule"], *(row for rows in guide.values() for row in rows)]
    sources += [offer["source"] for offer in offers["offers"]]
    dutch = {str(row["code"]): str(row["text"]) for row in sector["rule"]}
    return Sector(
        joint_committees=frozenset(cast("list[str]", sector["joint_committees"])),
        nace_prefixes=tuple(cast("list[str]", sector["nace_prefixes"])),
        questions=tuple(_question(row) for row in sector["question"]),
        rules=tuple(_rule(row) for row in sector["rule"]),
        sentences=translations.read(dutch, folder / "translations"),
        entries=(*offers["providers"], *offers["offers"]),
        words=tuple(_words(folder / "vocabulary.csv")),
        guide=guide,
        checked=tuple(_dates(sources)),
    )


def _toml(file: Path) -> Mapping[str, Sequence[Table]]:
    return tomllib.loads(file.read_text("utf-8"))


def _dates(rows: Iterable[Table]) -> Iterator[date]:
    for row in rows:
        found: object = row.get("checked_on")
        if found is not None:
            yield found if isinstance(found, date) else date.fromisoformat(str(found))


def _question(row: Table) -> Question:
    choices = cast("list[tuple[str, str]]", row.get("choices", []))
    return Question(
        key=str(row["key"]),
        title=str(row["title"]),
        kind=str(row["kind"]),
        why=str(row["why"]),
        choices=tuple((code, label) for code, label in choices),
        when=tuple(_tests(row.get("when", []))),
    )


def _rule(row: Table) -> Rule:
    return Rule(
        id=str(row["id"]),
        code=str(row["code"]),
        when=tuple(_tests(row["when"])),
        require=tuple(_tests(row["require"])),
        source=str(row["source"]),
        checked_on=next(_dates([row])),
        passes=cast(Table, row["passes"]),
        fails=cast(Table, row["fails"]),
        effect=str(row.get("effect", "refuse")),
        weight=cast(int, row.get("weight", 0)),
    )


def _tests(rows: Json) -> Iterator[Criterion]:
    for subject, op, value in cast("list[tuple[str, str, Json]]", rows):
        yield Criterion(subject, op, value)


def _words(file: Path) -> Iterator[Word]:
    """Columns theme, term, meaning, example; every further column is a language code."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";", strict=True):
            theme, term, meaning, example, *others = row.values()
            codes = list(row)[len(row) - len(others) :]
            yield Word(theme, term, meaning, example, dict(zip(codes, others, strict=True)))
