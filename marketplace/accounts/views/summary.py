"""Rows for a summary list: what an organisation told us, with links to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

from flask import url_for

from marketplace import reference
from marketplace.accounts.forms.lookup import committee_name, municipality_name
from marketplace.i18n import _

Answers: TypeAlias = Mapping[str, object]
Row: TypeAlias = Mapping[str, object]


def registration_rows(pages: Mapping[str, Answers]) -> list[Row]:
    """All answers of a registration, each with a link back to its page."""
    links = {page: url_for("accounts.register_page", page=page) for page in pages}
    places = cast(Sequence[Mapping[str, str]], pages["vestigingen"]["establishments"])
    return [
        *company_rows(pages["organisatie"], links["organisatie"]),
        committee_row(pages["paritair-comite"], links["paritair-comite"]),
        _row(
            _("Vestigingen"),
            ", ".join(place_label(place["name"], place["refnis"]) for place in places),
            links["vestigingen"],
        ),
    ]


def company_rows(answers: Answers, url: str | None) -> list[Row]:
    """Number, name, legal form, headcount and VAT."""
    form = reference.legal_form(str(answers["legal_form"] or ""))
    number = str(answers["enterprise_number"] or "")
    vat = {True: _("Ja"), False: _("Nee"), None: _("Dat weet ik niet")}
    recoverable = cast("bool | None", answers["vat_recoverable"])
    return [
        _row(_("Naam"), answers["name"], url),
        _row(_("Ondernemingsnummer"), _dotted(number), url),
        _row(_("Rechtsvorm"), form.name if form else None, url),
        _row(_("Aantal medewerkers"), answers["headcount"], url),
        _row(_("Btw terugvorderen"), vat[recoverable], url),
    ]


def figure_rows(answers: Answers, url: str | None) -> list[Row]:
    """Turnover, balance and activity, which only some subsidies ask for."""
    return [
        _row(_("Omzet per jaar"), _euro(answers["turnover_eur"]), url),
        _row(_("Balanstotaal"), _euro(answers["balance_eur"]), url),
        _row(_("NACE-code"), _activity(answers["nace"]), url),
    ]


def committee_row(answers: Answers, url: str | None) -> Row:
    """The joint committees in one row."""
    codes = cast(Sequence[str], answers["joint_committees"])
    return _row(_("Paritair comité"), "; ".join(committee_name(code) for code in codes), url)


def place_label(name: str, refnis: str) -> str:
    """Name of a place of work, with its municipality when that says more."""
    municipality = municipality_name(refnis)
    return name if name == municipality else f"{name} ({municipality})"


def _row(key: str, value: object, url: str | None) -> Row:
    return {"key": key, "value": value, "url": url}


def _dotted(number: str) -> str:
    return f"{number[:4]}.{number[4:7]}.{number[7:]}" if number else ""


def _euro(amount: object) -> str | None:
    return None if amount is None else f"{amount:,} euro".replace(",", ".")


def _activity(code: object) -> str | None:
    found = reference.nace(str(code)) if code else None
    return f"{found.code} {found.name}" if found else None
