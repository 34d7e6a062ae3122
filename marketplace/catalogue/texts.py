"""An offer version in words: price, hours, levels, group, reach. Templates only print these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marketplace import clock, money, reference
from marketplace.catalogue import services
from marketplace.catalogue.facets import topic_word
from marketplace.catalogue.models import OfferVersion, Provider
from marketplace.catalogue.prices import gross_cents, groups
from marketplace.catalogue.vocabulary import (
    ACTIVITIES,
    AREAS,
    EVIDENCE,
    MODES,
    NATURES,
    REGIONS,
    ROLES,
    SHIFTS,
    VAT,
)
from marketplace.contract.values import Price
from marketplace.i18n import _, n_

_NAMED_PLACES = 5

Facts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Card:
    """One offer in a list."""

    slug: str
    title: str
    summary: str
    owner: str
    provider: str
    nature: str
    price: str
    demo: bool
    facts: list[str]


def card(version: OfferVersion) -> Card:
    """The version as a line in a list."""
    facts = [mode_text(version)]
    if version.level_from:
        facts.append(level_text(version))
    if version.hours:
        facts.append(hours_text(version))
    provider = version.offer.provider
    return Card(
        slug=version.offer.slug,
        title=version.title,
        summary=version.summary,
        owner=provider.kind,
        provider=provider.name,
        nature=str(NATURES[version.nature]),
        price=price_text(version),
        demo=version.demo and version.price_kind != "free",
        facts=facts,
    )


def cards(slugs: Sequence[str], nature: str = "", most: int = 12) -> list[tuple[Card, str]]:
    """Cards of published offers with the area of each, by title, in two queries at most."""
    return [(card(one), reach_text(one.reach)) for one in services.shown(slugs, nature, most)]


def offer_facts(version: OfferVersion, left: int | None) -> Facts:
    """What the offer page lists about the offer itself."""
    facts = [
        (_("Doelgroep"), role_text(version)),
        (_("Niveau Nederlands"), level_text(version)),
        (_("Groep"), group_text(version)),
        (_("Uren"), hours_text(version)),
        (_("Duur"), pace_text(version)),
        (_("Start"), lead_text(version)),
        (_("Waar"), mode_text(version)),
        (_("Diensten"), shift_text(version)),
        (_("Gebied"), reach_text(version.reach)),
        (_("Talen"), language_text(version)),
        (_("U krijgt"), listed(version.activities, ACTIVITIES, "")),
        (_("Onderwerpen"), ", ".join(topic_word(topic) for topic in version.topics)),
    ]
    if version.joint_committees:
        facts.append((_("Paritair comité"), ", ".join(version.joint_committees)))
    if left is not None:
        facts.append((_("Vrije plaatsen"), str(left)))
    return facts


def proofs(provider: Provider) -> list[dict[str, str | None]]:
    """The evidence of a provider, each with its source and the day it was checked."""
    return [
        {
            "text": str(EVIDENCE[proof["code"]]),
            "source": proof["source"],
            "url": proof.get("url"),
            "checked_on": day_text(proof["checked_on"]),
        }
        for proof in provider.evidence
    ]


def day_text(iso: str) -> str:
    """A date as people write it: ``1/11/2026``."""
    year, month, day = iso.split("-")
    return f"{int(day)}/{int(month)}/{year}"


def published_text(version: OfferVersion) -> str:
    """The number of a version and the day in Brussels on which it was published."""
    day = day_text(clock.local(version.published_at).date().isoformat())
    return _("Versie %(number)s van %(day)s.", number=version.number, day=day)


def price_of(version: OfferVersion) -> Price:
    """The price model of a version."""
    tiers = tuple((up_to, cents) for up_to, cents in version.price_tiers)
    return Price(version.price_kind, version.price_cents, tiers)


def price_text(version: OfferVersion) -> str:
    """The price in a few words, such as ``800 euro per groep``."""
    if version.price_kind == "free":
        return _("gratis")
    if version.price_kind == "tiered":
        least = min(cents for _up_to, cents in version.price_tiers)
        return _("vanaf %(price)s", price=money.euro(least))
    price = money.euro(version.price_cents)
    if version.price_kind == "per_group":
        return _("%(price)s per groep", price=price)
    if version.price_kind == "per_participant":
        return _("%(price)s per deelnemer", price=price)
    return _("%(price)s in totaal", price=price)


def vat_text(version: OfferVersion) -> str:
    """What VAT comes on top of the price, if somebody reviewed it."""
    if version.vat is None:
        return _("Zonder btw. Hoeveel btw erbij komt, is nog niet nagekeken.")
    treatment = reference.vat_treatment(version.vat)
    if treatment.percent:
        return _("Zonder btw. Er komt %(percent)s %% btw bij.", percent=treatment.percent)
    return _("Er komt geen btw bij: %(why)s.", why=VAT[version.vat])


def price_lines(version: OfferVersion) -> list[dict[str, object]]:
    """Gross prices for a few head counts, as lines of the macro ``price_table``."""
    price = price_of(version)
    if price.kind == "free":
        return [{"label": _("Voor elke groep"), "cents": 0}]
    if price.kind == "fixed":
        return [{"label": _("In totaal"), "cents": price.cents}]
    if price.kind == "tiered":
        return [_tier_line(up_to, cents) for up_to, cents in price.tiers]
    return [_count_line(price, count, version.group_max) for count in _counts(version)]


def _counts(version: OfferVersion) -> list[int]:
    one_group = version.group_max or max(version.group_min, 5)
    return sorted({version.group_min, one_group, max(12, version.group_min)})


def _count_line(price: Price, count: int, group_max: int | None) -> dict[str, object]:
    made = groups(count, group_max)
    note = n_("%(num)s groep", "%(num)s groepen", made) if price.kind == "per_group" else ""
    label = n_("%(num)s deelnemer", "%(num)s deelnemers", count)
    return {"label": label, "cents": gross_cents(price, count, group_max), "note": note}


def _tier_line(up_to: int, cents: int) -> dict[str, object]:
    return {"label": _("Tot en met %(count)s deelnemers", count=up_to), "cents": cents}


def hours_text(version: OfferVersion) -> str:
    """Paid hours off the floor per participant."""
    if version.hours == 0:
        return _("geen uren van de vloer")
    return _("%(hours)s uur van de vloer per deelnemer", hours=version.hours)


def pace_text(version: OfferVersion) -> str:
    """How long it takes, and how much a week."""
    length = n_("%(num)s week", "%(num)s weken", version.weeks)
    if not version.hours_per_week:
        return length
    return _("%(weeks)s, %(hours)s uur per week", weeks=length, hours=version.hours_per_week)


def lead_text(version: OfferVersion) -> str:
    """How soon it can start."""
    if version.lead_days == 0:
        return _("meteen")
    return n_("ten vroegste na %(num)s dag", "ten vroegste na %(num)s dagen", version.lead_days)


def level_text(version: OfferVersion) -> str:
    """From which level to which."""
    if version.level_from is None or version.level_to is None:
        return _("elk niveau")
    if version.level_from == version.level_to:
        return _("niveau %(level)s", level=version.level_from)
    return _("van %(first)s naar %(last)s", first=version.level_from, last=version.level_to)


def group_text(version: OfferVersion) -> str:
    """How many people make a group."""
    if version.group_max is None:
        return n_("vanaf %(num)s deelnemer", "vanaf %(num)s deelnemers", version.group_min)
    if version.group_min == version.group_max:
        return n_("%(num)s deelnemer", "%(num)s deelnemers", version.group_max)
    return _("%(least)s tot %(most)s deelnemers", least=version.group_min, most=version.group_max)


def listed(codes: Sequence[str], words: Mapping[str, object], every: str) -> str:
    """Codes as Dutch words with commas; ``every`` when there are none."""
    return ", ".join(str(words[code]) for code in codes) or every


def mode_text(version: OfferVersion) -> str:
    """Where it takes place."""
    return listed(version.modes, MODES, _("waar u kiest"))


def shift_text(version: OfferVersion) -> str:
    """In which shifts it can be planned."""
    return listed(version.shifts, SHIFTS, _("elke dienst"))


def role_text(version: OfferVersion) -> str:
    """Which kinds of group it is for."""
    return listed(version.roles, ROLES, _("iedereen"))


def language_text(version: OfferVersion) -> str:
    """Languages spoken beside Dutch."""
    found = [reference.language(code) for code in version.languages]
    beside = ", ".join(one.name for one in found if one)
    return (
        _("Nederlands, met hulp in %(languages)s", languages=beside) if beside else _("Nederlands")
    )


def reach_text(areas: Sequence[str]) -> str:
    """The area in words; more than five municipalities are counted."""
    words: Mapping[str, object] = {**REGIONS, **AREAS}
    named = [str(words[area]) for area in areas if area in words]
    found = [reference.municipality(area) for area in areas if area not in words]
    places = [one.name for one in found if one]
    named += places[:_NAMED_PLACES]
    if rest := len(places) - _NAMED_PLACES:
        more = n_("nog %(num)s gemeente", "nog %(num)s gemeenten", rest)
        named += [more] if rest > 0 else []
    return ", ".join(named) or _("Vlaanderen en Brussel")
