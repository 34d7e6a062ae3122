"""The request file: the public format of ``flask advise FILE``, read strictly and written again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict

from marketplace import reference
from marketplace.contract.values import Budget, Employer, Group, Json, Need, Place, RequestFacts
from marketplace.requests.file.employer import read_employer
from marketplace.requests.file.needs import read_needs
from marketplace.requests.file.reading import FileErrors, Reader, read_json, short

__all__ = ["FileErrors", "read_request", "read_text", "write_request"]

MOST_ANSWERS = 200
ROOT = ("employer", "establishment", "budget", "start", "asked_on", "needs", "answers")
_ANSWER = re.compile(r"[a-z][a-z0-9_]{0,39}\.[A-Za-z0-9_-]{1,80}")
NOWHERE = Place("", "", "", "", "", 0.0, 0.0)
"""Stands in while the other faults of a file are still looked for; never handed out."""


def read_text(text: str) -> RequestFacts:
    """The facts of a request file's text. Raises FileErrors."""
    return read_request(read_json(text))


def read_request(document: object) -> RequestFacts:
    """The facts of a request file's JSON object, unknown as None. Raises FileErrors.

    Everything but ``establishment``, ``budget`` and ``needs`` may be absent or null.
    """
    reader = Reader()
    root = reader.record(document, "", ROOT)
    facts = RequestFacts(
        place=_place(reader, root),
        budget=_budget(reader, root),
        needs=read_needs(reader, root),
        employer=read_employer(reader, root),
        start=reader.day(root.get("start"), "start"),
        asked_on=reader.day(root.get("asked_on"), "asked_on"),
        answers=_answers(reader, root.get("answers")),
    )
    if reader.errors:
        raise FileErrors(reader.errors)
    return facts


def _place(reader: Reader, root: Mapping[str, object]) -> Place:
    if root.get("establishment") is None:
        reader.refuse("establishment", "is missing")
        return NOWHERE
    path = "establishment.municipality"
    establishment = reader.part(root, "", "establishment", ("municipality",))
    if establishment.get("municipality") is None:
        reader.refuse(path, "is missing")
        return NOWHERE
    text = reader.text(establishment["municipality"], path, most=100)
    found = reference.municipality(text) if text else None
    if text and found is None:
        several = [one.name for one in reference.municipalities_for(text)]
        known = "may be " + " or ".join(several) if several else "is not a known municipality"
        reader.refuse(path, f"{short(text)} {known}")
    return reference.place(found) if found else NOWHERE


def _budget(reader: Reader, root: Mapping[str, object]) -> Budget:
    if root.get("budget") is None:
        reader.refuse("budget", "is missing")
        return Budget(0, 0)
    budget = reader.part(root, "", "budget", ("net_cents", "hours"))
    for key in ("net_cents", "hours"):
        if budget.get(key) is None:
            reader.refuse(f"budget.{key}", "is missing; 0 is allowed")
    net_cents = reader.whole(budget.get("net_cents"), "budget.net_cents")
    return Budget(net_cents or 0, reader.whole(budget.get("hours"), "budget.hours") or 0)


def _answers(reader: Reader, value: object) -> Mapping[str, Json]:
    if value is None:
        return {}
    if not isinstance(value, dict) or len(value) > MOST_ANSWERS:
        reader.refuse("answers", f"must be an object of at most {MOST_ANSWERS} answers")
        return {}
    found: dict[str, Json] = {}
    for key, answer in value.items():
        path = f"answers.{key}"
        if not _ANSWER.fullmatch(key):
            reader.refuse("answers", f"{short(key)} must look like plugin.question")
        elif isinstance(answer, list):
            found[key] = reader.several(answer, path, reader.text)
        elif answer is None or isinstance(answer, bool):
            found[key] = answer
        else:
            number = isinstance(answer, int)
            found[key] = reader.whole(answer, path) if number else reader.text(answer, path)
    return found


def write_request(facts: RequestFacts) -> dict[str, Json]:
    """The canonical JSON object of these facts: every key present, the place as its REFNIS code."""
    return {
        "employer": _employer(facts.employer),
        "establishment": {"municipality": facts.place.refnis},
        "budget": {"net_cents": facts.budget.net_cents, "hours": facts.budget.hours},
        "start": facts.start.isoformat() if facts.start else None,
        "asked_on": facts.asked_on.isoformat() if facts.asked_on else None,
        "needs": [_need(need) for need in facts.needs],
        "answers": {key: _plain(facts.answers[key]) for key in sorted(facts.answers)},
    }


def _employer(employer: Employer) -> dict[str, Json]:
    return {
        "enterprise_number": employer.enterprise_number,
        "legal_form": employer.legal_form,
        "headcount": employer.headcount,
        "turnover_eur": employer.turnover_eur,
        "balance_eur": employer.balance_eur,
        "joint_committees": list(employer.joint_committees),
        "nace": employer.nace,
        "vat_recoverable": employer.vat_recoverable,
        "aid_used_this_year_cents": dict(sorted(employer.aid_used_this_year_cents.items())),
        "related": None if employer.related is None else [asdict(one) for one in employer.related],
        "public_share_percent": employer.public_share_percent,
    }


def _need(need: Need) -> dict[str, Json]:
    return {
        "id": need.id,
        "topic": need.topic,
        "weight": need.weight,
        "group": _group(need.group),
        "shifts": list(need.shifts),
        "hours_off_floor_per_week": need.hours_off_floor_per_week,
        "modes": list(need.modes),
        "latest_end": need.latest_end.isoformat() if need.latest_end else None,
    }


def _group(group: Group) -> dict[str, Json]:
    return {
        "count": group.count,
        "role": group.role,
        "level_from": group.level_from,
        "level_to": group.level_to,
        "mixed_levels": group.mixed_levels,
        "under_12_months": group.under_12_months,
        "temps": group.temps,
        "languages": list(group.languages),
    }


def _plain(answer: Json) -> Json:
    return list(answer) if isinstance(answer, tuple) else answer
