"""The pages about the employer: only what the profile does not already tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wtforms import ValidationError

from marketplace import reference
from marketplace.contract.values import Json
from marketplace.i18n import _, lazy_
from marketplace.requests.forms.base import PageForm
from marketplace.requests.known import Known, Site, committee_words
from marketplace.requests.vocabulary import COMMITTEES, DO_NOT_KNOW, Topic
from marketplace.web.forms import Choice, Choices, Text, Whole, YesNo

MOST_EUR = 10**12
MOST_PEOPLE = 500_000
OTHER = "other"


class PlaceForm(PageForm):
    """A municipality by name or postal code; stored with its REFNIS code."""

    municipality = Text(
        lazy_("Gemeente of postcode"),
        most=100,
        hint=lazy_("De plaats waar het werk gebeurt. Dat is niet altijd het adres van de zetel."),
        render_kw={"autocomplete": "address-level2"},
    )

    def validate_municipality(self, field: Text) -> None:
        """Refuse what is no municipality of Flanders or Brussels, or may be several."""
        if not field.errors and (fault := place_fault(field.data or "")):
            raise ValidationError(fault)

    def answers(self) -> dict[str, Json]:
        """The answers with the REFNIS code of the place."""
        found = reference.municipality(self.municipality.data or "")
        return super().answers() | {"refnis": found.refnis if found else None}


def place_fault(text: str) -> str | None:
    """Why a text names no place of work, in Dutch; None when it does."""
    if not text.strip():
        return str(_("Vul een gemeente of een postcode in."))
    if reference.municipality(text):
        return None
    several = ", ".join(found.name for found in reference.municipalities_for(text))
    if several:
        return str(_("Dit kan meer dan één gemeente zijn. Kies er één: %(names)s.", names=several))
    return str(_("Wij kennen deze gemeente niet. Typ een gemeente in Vlaanderen of Brussel."))


def place(known: Known, _topic: Topic | None) -> type[PageForm]:
    """A municipality, or one of the employer's establishments."""
    return _site_form(known.profile.sites) if known.profile.sites else PlaceForm


def _site_form(sites: Sequence[Site]) -> type[PageForm]:
    choices = [(site.public_id, f"{site.name}, {_town(site.refnis)}") for site in sites]

    class SiteForm(PageForm):
        site = Choice(lazy_("Vestiging"), [*choices, (OTHER, lazy_("Een andere plaats"))])
        municipality = Text(lazy_("Gemeente of postcode van de andere plaats"), 100, False)

        @classmethod
        def proposal(cls, known: Known) -> Mapping[str, Json]:
            return {"site": sites[0].public_id}

        def validate(self, extra_validators: object = None) -> bool:
            fine = bool(super().validate(extra_validators))
            elsewhere = self.site.data == OTHER and not self.municipality.errors
            fault = place_fault(self.municipality.data or "") if elsewhere else None
            if fault:
                self.refuse(fault, "municipality")
            return fine and not fault

        def answers(self) -> dict[str, Json]:
            refnis = {site.public_id: site.refnis for site in sites}.get(self.site.data)
            found = reference.municipality(self.municipality.data or "")
            if refnis is None and found:
                return super().answers() | {"refnis": found.refnis}
            return super().answers() | {"refnis": refnis, "municipality": None}

    return SiteForm


def _town(refnis: str) -> str:
    found = reference.municipality(refnis)
    return found.name if found else refnis


class SectorForm(PageForm):
    """Joint committees ticked or typed, and the NACE code as a hint."""

    columns = True
    usual = Choices(lazy_("Kies alles wat past"), COMMITTEES)
    other = Text(
        lazy_("Andere paritaire comités"),
        most=100,
        required=False,
        hint=lazy_("Typ de nummers met een komma ertussen, bijvoorbeeld 116, 207."),
    )
    nace = Text(
        lazy_("NACE-code"),
        most=12,
        required=False,
        hint=lazy_("De code van uw activiteit in de Kruispuntbank, bijvoorbeeld 87.101."),
    )

    @classmethod
    def proposal(cls, known: Known) -> Mapping[str, Json]:
        """What the profile says."""
        ticked = {code for code, _label in COMMITTEES}
        codes = known.profile.employer.joint_committees
        return {
            "usual": [code for code in codes if code in ticked],
            "other": ", ".join(code for code in codes if code not in ticked),
            "nace": known.profile.employer.nace,
        }

    def validate_other(self, field: Text) -> None:
        """Refuse numbers that are no joint committee."""
        words = committee_words(field.data or "")
        strange = [word for word in words if reference.joint_committee(word) is None]
        if strange and not field.errors:
            code = strange[0][:20]
            raise ValidationError(
                _("Wij kennen geen paritair comité “%(code)s”. Kijk het nummer na.", code=code)
            )

    def validate_nace(self, field: Text) -> None:
        """Refuse what is no code of NACE-BEL 2025."""
        if not field.errors and reference.nace(field.data or "") is None:
            raise ValidationError(
                _("Wij kennen deze NACE-code niet. Kijk hem na of laat dit leeg.")
            )


def sector(_known: Known, _topic: Topic | None) -> type[PageForm]:
    """The joint committees of the people concerned."""
    return SectorForm


def legal_form(_known: Known, _topic: Topic | None) -> type[PageForm]:
    """The legal forms people know, and "I do not know"."""
    forms = [(form.short, form.name) for form in reference.legal_forms()]

    class LegalForm(PageForm):
        legal_form = Choice(lazy_("Rechtsvorm"), [*forms, DO_NOT_KNOW])

        @classmethod
        def proposal(cls, known: Known) -> Mapping[str, Json]:
            return {"legal_form": known.profile.employer.legal_form}

    return LegalForm


class HeadcountForm(PageForm):
    """The size of the whole organisation; empty is unknown."""

    headcount = Whole(
        lazy_("Aantal medewerkers"),
        1,
        MOST_PEOPLE,
        required=False,
        hint=lazy_("Tel iedereen in de hele organisatie. Weet u het niet? Laat dit dan leeg."),
    )

    @classmethod
    def proposal(cls, known: Known) -> Mapping[str, Json]:
        """What the profile says."""
        return {"headcount": known.profile.employer.headcount}


def headcount(_known: Known, _topic: Topic | None) -> type[PageForm]:
    """How many people work there."""
    return HeadcountForm


class TurnoverForm(PageForm):
    """Turnover and balance sheet total in whole euro; empty is unknown."""

    turnover = Whole(lazy_("Jaaromzet in euro"), 0, MOST_EUR, required=False)
    balance = Whole(
        lazy_("Balanstotaal in euro"),
        0,
        MOST_EUR,
        required=False,
        hint=lazy_("Weet u het niet? Laat dit dan leeg."),
    )

    @classmethod
    def proposal(cls, known: Known) -> Mapping[str, Json]:
        """What the profile says."""
        employer = known.profile.employer
        return {"turnover": employer.turnover_eur, "balance": employer.balance_eur}


def turnover(_known: Known, _topic: Topic | None) -> type[PageForm]:
    """The figures that decide who is a small or medium company."""
    return TurnoverForm


class VatForm(PageForm):
    """Whether VAT is a cost."""

    vat = YesNo(lazy_("Btw terugkrijgen"), unknown=True)

    @classmethod
    def proposal(cls, known: Known) -> Mapping[str, Json]:
        """What the profile says."""
        recoverable = known.profile.employer.vat_recoverable
        return {} if recoverable is None else {"vat": "yes" if recoverable else "no"}


def vat(_known: Known, _topic: Topic | None) -> type[PageForm]:
    """Whether the employer gets VAT back."""
    return VatForm
