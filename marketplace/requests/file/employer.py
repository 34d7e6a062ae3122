"""The employer of a request file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from stdnum.be import vat
from stdnum.exceptions import ValidationError

from marketplace import reference
from marketplace.contract.values import Employer
from marketplace.requests.file.reading import Reader, short

MOST_POOLS = 50
EMPLOYER = (
    "enterprise_number",
    "legal_form",
    "headcount",
    "turnover_eur",
    "balance_eur",
    "joint_committees",
    "nace",
    "vat_recoverable",
    "aid_used_this_year_cents",
)
_POOL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,79}")


def read_employer(reader: Reader, root: Mapping[str, object]) -> Employer:
    """The legal unit; everything about it may be unknown."""
    employer = reader.part(root, "", "employer", EMPLOYER)
    committees = employer.get("joint_committees")
    return Employer(
        enterprise_number=_enterprise_number(reader, employer.get("enterprise_number")),
        legal_form=_legal_form(reader, employer.get("legal_form")),
        headcount=reader.whole(employer.get("headcount"), "employer.headcount"),
        turnover_eur=reader.whole(employer.get("turnover_eur"), "employer.turnover_eur"),
        balance_eur=reader.whole(employer.get("balance_eur"), "employer.balance_eur"),
        joint_committees=reader.several(
            committees, "employer.joint_committees", _committee(reader)
        ),
        nace=_nace(reader, employer.get("nace")),
        vat_recoverable=reader.flag(employer.get("vat_recoverable"), "employer.vat_recoverable"),
        aid_used_this_year_cents=_aid_used(reader, employer.get("aid_used_this_year_cents")),
    )


def _enterprise_number(reader: Reader, value: object) -> str | None:
    path = "employer.enterprise_number"
    text = reader.text(value, path, most=40)
    if text is None:
        return None
    try:
        return str(vat.validate(text))
    except ValidationError:
        reader.refuse(path, f"{short(text)} is not a valid enterprise number (check digits)")
        return None


def _legal_form(reader: Reader, value: object) -> str | None:
    text = reader.text(value, "employer.legal_form", most=40)
    form = reference.legal_form(text) if text else None
    if text and form is None:
        reader.refuse("employer.legal_form", f"{short(text)} is not a known legal form")
    return form.short if form else None


def _nace(reader: Reader, value: object) -> str | None:
    text = reader.text(value, "employer.nace", most=40)
    heading = reference.nace(text) if text else None
    if text and heading is None:
        reader.refuse("employer.nace", f"{short(text)} is not a code of NACE-BEL 2025")
    return heading.code if heading else None


def _aid_used(reader: Reader, value: object) -> Mapping[str, int]:
    path = "employer.aid_used_this_year_cents"
    if value is None:
        return {}
    if not isinstance(value, dict) or len(value) > MOST_POOLS:
        reader.refuse(path, f"must be an object of cents by pool, not {short(value)}")
        return {}
    for pool in value:
        if not _POOL.fullmatch(pool):
            reader.refuse(path, f"{short(pool)} cannot be the name of a pool")
    cents = {pool: reader.whole(amount, f"{path}.{pool}") for pool, amount in value.items()}
    return {pool: amount for pool, amount in cents.items() if amount is not None}


def _committee(reader: Reader) -> Callable[[object, str], str | None]:
    def read(value: object, path: str) -> str | None:
        code = reader.text(value, path, most=20)
        committee = reference.joint_committee(code) if code else None
        if code and committee is None:
            reader.refuse(path, f"{short(code)} is not a known joint committee")
        return committee.code if committee else None

    return read
