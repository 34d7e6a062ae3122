"""Joint committees, NACE-BEL 2025 and legal forms by their codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from .tables import rows
from .values import JointCommittee, LegalForm, Nace

_COMMITTEE = re.compile(r"(?:[PC]S?[CP]|SCP)?\s*(\d{3})(?:[.\s]?(\d{2}))?(?:[.\s]?\d{2})?", re.I)


@cache
def joint_committees() -> tuple[JointCommittee, ...]:
    """All joint committees and sub-committees, by code."""
    return tuple(JointCommittee(*row) for row in rows("joint_committees"))


def joint_committee(code: str) -> JointCommittee | None:
    """The committee of ``330``, ``318.02``, ``31802``, ``PC 330`` or ``330.00``; None if unknown.

    A third part (``318.02.10``) names a group inside the sub-committee and is not looked at.
    """
    match = _COMMITTEE.fullmatch(code.strip())
    if match is None:
        return None
    main, sub = match.groups()
    return _committees().get(main if sub in (None, "00") else f"{main}.{sub}")


@cache
def nace_codes(level: int | None = None) -> tuple[Nace, ...]:
    """The headings of NACE-BEL 2025: of one level (1 section … 5 subclass), or all of them."""
    if level is not None:
        return tuple(heading for heading in nace_codes() if heading.level == level)
    return tuple(
        Nace(code, int(depth), parent or None, *labels)
        for code, depth, parent, *labels in rows("nace")
    )


def nace(code: str) -> Nace | None:
    """The heading of ``87.10``, ``8710`` or ``Q``, with or without dots; None if unknown."""
    return _headings().get(re.sub(r"[.\s]", "", code).upper())


@cache
def legal_forms() -> tuple[LegalForm, ...]:
    """The legal forms a person chooses from, the usual ones first."""
    return tuple(form for form in _forms().values() if form.code == form.short)


def legal_form(code: str) -> LegalForm | None:
    """The form of a short name (``vzw``) or a KBO code (``017``); None if unknown."""
    key = code.strip().casefold().replace(".", "")
    return _forms().get(key.zfill(3) if key.isdecimal() else key)


@cache
def _committees() -> Mapping[str, JointCommittee]:
    return {committee.code: committee for committee in joint_committees()}


@cache
def _headings() -> Mapping[str, Nace]:
    return {heading.code.replace(".", ""): heading for heading in nace_codes()}


@cache
def _forms() -> Mapping[str, LegalForm]:
    return {row[0]: LegalForm(*row) for row in rows("legal_forms")}
