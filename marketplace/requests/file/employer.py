"""The employer of a request file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from stdnum.be import vat
from stdnum.exceptions import ValidationError

from marketplace import reference
from marketplace.contract.values import Employer, Related
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
    "related",
    "public_share_percent",
)
MOST_RELATED = 100
RELATED = ("share_percent", "headcount", "turnover_eur", "balance_eur")
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
        related=_related(reader, employer.get("related")),
        public_share_percent=_percent(
            reader, employer.get("public_share_percent"), "employer.public_share_percent"
        ),
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


def _related(reader: Reader, value: object) -> tuple[Related, ...] | None:
    path = "employer.related"
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > MOST_RELATED:
        reader.refuse(path, f"must be a list of at most {MOST_RELATED} firms, not {short(value)}")
        return None
    found = [_firm(reader, firm, f"{path}[{index}]") for index, firm in enumerate(value)]
    return tuple([firm for firm in found if firm])


def _firm(reader: Reader, value: object, path: str) -> Related | None:
    firm = reader.record(value, path, RELATED)
    share = _percent(reader, firm.get("share_percent"), f"{path}.share_percent")
    if isinstance(value, dict) and firm.get("share_percent") is None:
        reader.refuse(f"{path}.share_percent", "is missing")
    headcount, turnover, balance = (
        reader.whole(firm.get(key), f"{path}.{key}") for key in RELATED[1:]
    )
    return None if share is None else Related(share, headcount, turnover, balance)


def _percent(reader: Reader, value: object, path: str) -> int | None:
    found = reader.whole(value, path)
    if found is None or found <= 100:
        return found
    reader.refuse(path, "must be from 0 to 100")
    return None
