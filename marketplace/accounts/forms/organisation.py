"""Forms about an organisation. ``filled(answers)`` makes one, ``answers()`` gives plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self, cast

from flask import request
from wtforms import Field, FieldList, FormField, SelectField, ValidationError
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired

from marketplace import reference
from marketplace.accounts.models import Establishment
from marketplace.i18n import _, lazy_
from marketplace.web.forms import CHOOSE, REQUIRED, Form, Text, Whole, YesNo

from .fields import Activity, Committee, EnterpriseNumber, Municipality
from .lookup import committee_name, municipality_name

MOST_COMMITTEES = 5
MOST_ROWS = 20
_YES_NO: Mapping[object, object] = {"yes": True, "no": False, "unknown": None}


class Rows(FieldList):
    """A list of rows; a row's number in the form data is a short plain number or nothing."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        pattern = re.compile(rf"{re.escape(prefix)}-(\d{{1,3}})(?:-.*)?", re.ASCII | re.DOTALL)
        for name in formdata:
            if match := pattern.fullmatch(name):
                yield int(match[1])


class CompanyForm(Form):
    """Which organisation it is."""

    enterprise_number = EnterpriseNumber(
        lazy_("Ondernemingsnummer"),
        most=40,
        hint=lazy_("10 cijfers, bijvoorbeeld 0403.019.261. Een btw-nummer met BE mag ook."),
    )
    name = Text(lazy_("Naam van uw organisatie"), render_kw={"autocomplete": "organization"})
    legal_form = SelectField(
        lazy_("Rechtsvorm"), validators=[InputRequired(CHOOSE)], validate_choice=False
    )
    headcount = Whole(
        lazy_("Hoeveel mensen werken er bij u?"),
        least=1,
        most=500_000,
        hint=lazy_("Tel iedereen in loondienst. Een schatting is goed."),
    )
    vat_recoverable = YesNo(
        lazy_("Kan uw organisatie btw terugvorderen?"),
        unknown=True,
        hint=lazy_("Een vzw of een openbaar bestuur kan dat vaak niet."),
    )

    def __init__(self, *args: object, **kw: object) -> None:
        super().__init__(*args, **kw)
        forms = [(form.code, form.name) for form in reference.legal_forms()]
        self.legal_form.choices = [("", _("Kies een rechtsvorm")), *forms]

    @classmethod
    def filled(cls, answers: Mapping[str, object] | None) -> Self:
        """The form with earlier answers."""
        return cls(data=_company(answers) if answers else None)

    def validate_legal_form(self, field: Field) -> None:
        """Refuse what is not on the list."""
        if field.data not in {form.code for form in reference.legal_forms()}:
            raise ValidationError(CHOOSE)

    def wants_row(self) -> bool:
        """No rows to add here."""
        return False

    def answers(self) -> dict[str, object]:
        """Columns of an organisation."""
        return {
            "enterprise_number": self.enterprise_number.number,
            "name": self.name.data,
            "legal_form": self.legal_form.data,
            "headcount": self.headcount.data,
            "vat_recoverable": _YES_NO[self.vat_recoverable.data],
        }


class OrganisationForm(CompanyForm):
    """The same, with figures that only some subsidies ask for."""

    turnover_eur = Whole(lazy_("Omzet per jaar, in euro"), most=100_000_000_000, required=False)
    balance_eur = Whole(lazy_("Balanstotaal, in euro"), most=100_000_000_000, required=False)
    nace = Activity(lazy_("NACE-code van uw hoofdactiviteit"), hint=lazy_("Bijvoorbeeld 87.101."))

    def answers(self) -> dict[str, object]:
        """Columns of an organisation."""
        return super().answers() | {
            "turnover_eur": self.turnover_eur.data,
            "balance_eur": self.balance_eur.data,
            "nace": self.nace.code,
        }


class SectorForm(Form):
    """The joint committees, one per row."""

    committees = Rows(Committee(lazy_("Paritair comité")), max_entries=MOST_COMMITTEES)

    @classmethod
    def filled(cls, answers: Mapping[str, object] | None) -> Self:
        """The form with earlier answers, and one empty row when there are none."""
        codes = cast(Sequence[str], (answers or {}).get("joint_committees", ()))
        form = cls(data={"committees": [committee_name(code) for code in codes]})
        if not form.committees.entries:
            form.committees.append_entry()
        return form

    def wants_row(self) -> bool:
        """Whether the button for one more row was pressed; adds it."""
        return _one_more(self.committees, MOST_COMMITTEES)

    def answers(self) -> dict[str, object]:
        """The codes, each once."""
        codes = (row.code for row in self.committees if row.code)
        return {"joint_committees": list(dict.fromkeys(codes))}


class EstablishmentRow(PlainForm):
    """One place of work inside a longer form; an empty row counts for nothing."""

    municipality = Municipality(lazy_("Gemeente of postcode"), required=False)
    name = Text(lazy_("Naam van deze vestiging"), most=120, required=False)

    def validate(self, *args: object, **kw: object) -> bool:
        """A name without a municipality is half a row."""
        valid: bool = super().validate(*args, **kw)
        if self["name"].data and not self.municipality.data:
            return _refuse(self.municipality, REQUIRED)
        return valid


class EstablishmentsForm(Form):
    """The places of work, one per row."""

    establishments = Rows(FormField(EstablishmentRow), max_entries=MOST_ROWS)

    @classmethod
    def filled(cls, answers: Mapping[str, object] | None) -> Self:
        """The form with earlier answers, and one empty row when there are none."""
        rows = cast(Sequence[Mapping[str, str]], (answers or {}).get("establishments", ()))
        form = cls(data={"establishments": [_typed(row["name"], row["refnis"]) for row in rows]})
        if not form.establishments.entries:
            form.establishments.append_entry()
        form.establishments[0].municipality.flags.required = True
        return form

    def wants_row(self) -> bool:
        """Whether the button for one more row was pressed; adds it."""
        return _one_more(self.establishments, MOST_ROWS)

    def validate(self, *args: object, **kw: object) -> bool:
        """There is at least one place of work."""
        valid: bool = super().validate(*args, **kw)
        first = self.establishments[0].municipality
        if not first.errors and not any(row.municipality.data for row in self.establishments):
            return _refuse(first, _("Typ de gemeente waar uw mensen werken."))
        return valid

    def answers(self) -> dict[str, object]:
        """Name and REFNIS code per place of work; without a name, that of the municipality."""
        rows = (row for row in self.establishments if row.municipality.refnis)
        return {"establishments": [_row(row.municipality.refnis, row["name"].data) for row in rows]}


class EstablishmentForm(Form):
    """One place of work."""

    municipality = Municipality(
        lazy_("Gemeente of postcode"), hint=lazy_("De plaats waar uw mensen werken.")
    )
    name = Text(lazy_("Naam van deze vestiging"), most=120, required=False)

    @classmethod
    def filled(cls, place: Establishment | None) -> Self:
        """The form of a place of work, or an empty one."""
        return cls(data=_typed(place.name, place.refnis) if place else None)

    def answers(self) -> dict[str, str]:
        """Name and REFNIS code."""
        return _row(str(self.municipality.refnis), self["name"].data)


def _company(answers: Mapping[str, object]) -> dict[str, object]:
    recoverable = answers.get("vat_recoverable")
    number = str(answers.get("enterprise_number") or "")
    return {
        **answers,
        "enterprise_number": _dotted(number),
        "vat_recoverable": next(word for word, means in _YES_NO.items() if means is recoverable),
    }


def _dotted(number: str) -> str:
    return f"{number[:4]}.{number[4:7]}.{number[7:]}" if number else ""


def _typed(name: str, refnis: str) -> dict[str, str]:
    place = municipality_name(refnis)
    return {"municipality": place, "name": "" if name == place else name}


def _row(refnis: str, name: str | None) -> dict[str, str]:
    return {"name": name or municipality_name(refnis), "refnis": refnis}


def _refuse(field: Field, message: object) -> bool:
    field.errors = [*field.errors, message]
    return False


def _one_more(rows: FieldList, most: int) -> bool:
    if "more" not in request.form:
        return False
    if len(rows) < most:
        rows.append_entry()
    return True
