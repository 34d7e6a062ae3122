"""CAMT.053, the ISO 20022 statement, read with the standard library behind defusedxml."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ..terms import communication_in
from .lines import StatementLine, not_euro, plain, unreadable


def read(data: bytes) -> tuple[StatementLine, ...]:
    """What came in and was booked. Raises DomainError ``unreadable`` or ``not-euro``."""
    try:
        root = fromstring(data, forbid_dtd=True)
        found = root.findall(".//{*}BkToCstmrStmt/{*}Stmt")
        if not found:
            raise unreadable()
        return tuple(line for one in found for line in _lines(one))
    except (ParseError, DefusedXmlException, ValueError, InvalidOperation, AttributeError):
        raise unreadable() from None


def _lines(statement: Element) -> Iterator[StatementLine]:
    account = plain(_need(statement, "Acct/Id/IBAN"), 34)
    name = plain(_need(statement, "Id"), 60)
    for number, entry in enumerate(_all(statement, "Ntry"), 1):
        status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
        is_back = _text(entry, "RvslInd") == "true"
        if _text(entry, "CdtDbtInd") != "CRDT" or status != "BOOK" or is_back:
            continue
        details = _all(entry, "NtryDtls/TxDtls") or [entry]
        for part, detail in enumerate(details, 1):
            yield _line(account, name, f"{number}.{part}", entry, detail)


def _line(
    account: str, statement: str, sequence: str, entry: Element, detail: Element
) -> StatementLine:
    amount = _find(detail, "Amt")
    if amount is None:
        amount = _find(detail, "AmtDtls/TxAmt/Amt")
    if amount is None:
        amount = _find(entry, "Amt")
    if amount is None or amount.get("Ccy") != "EUR":
        raise not_euro()
    message = _text(detail, "RmtInf/Strd/CdtrRefInf/Ref") or _text(detail, "RmtInf/Ustrd")
    payer = _text(detail, "RltdPties/Dbtr/Nm") or _text(detail, "RltdPties/Dbtr/Pty/Nm")
    return StatementLine(
        account=account,
        statement=statement,
        sequence=sequence,
        day=date.fromisoformat((_text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm"))[:10]),
        cents=_cents(str(amount.text)),
        communication=communication_in(message),
        message=plain(message, 400),
        payer=plain(payer, 140),
        payer_account=plain(_text(detail, "RltdPties/DbtrAcct/Id/IBAN"), 40),
    )


def _cents(text: str) -> int:
    cents = Decimal(text.strip()) * 100
    if cents != cents.to_integral_value() or not 0 < cents < 10**14:
        raise ValueError(text)
    return int(cents)


def _path(names: str) -> str:
    return "/".join(f"{{*}}{name}" for name in names.split("/"))


def _find(parent: Element, names: str) -> Element | None:
    return parent.find(_path(names))


def _all(parent: Element, names: str) -> list[Element]:
    return parent.findall(_path(names))


def _text(parent: Element, names: str) -> str:
    found = _find(parent, names)
    return (found.text or "").strip() if found is not None else ""


def _need(parent: Element, names: str) -> str:
    found = _text(parent, names)
    if not found:
        raise ValueError(names)
    return found
