"""What the dossier page shows: facts, timeline, next step and the answers, ready to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import url_for

from marketplace.contract.values import Place
from marketplace.desk import words
from marketplace.desk.next_step import next_step
from marketplace.desk.services.dossiers import Milestone
from marketplace.i18n import _
from marketplace.money import euro
from marketplace.orders.models import STATUS_WORDS
from marketplace.requests import facts
from marketplace.requests import services as requests
from marketplace.requests.known import Known
from marketplace.requests.models import Request
from marketplace.requests.summary import summary
from marketplace.requests.vocabulary import AGENCIES, STATUSES


def dossier_page(
    asked: Request, known: Known, milestones: Sequence[Milestone]
) -> Mapping[str, object]:
    """The context of the template."""
    step = next_step(asked.status, milestones)
    return {
        "asked": asked,
        "told": summary(known),
        "facts": dossier_facts(asked, known),
        "step": step,
        "step_url": milestone_url(asked, step.about) if step.about else None,
        "events": [event(asked, one) for one in milestones],
        "status": (STATUSES[asked.status], words.REQUEST_TONES[asked.status]),
    }


def dossier_facts(asked: Request, known: Known) -> Sequence[tuple[str, object]]:
    """What is good to have at hand: who, where, which agency, how large, what it may cost."""
    employer, place = facts.employer_of(known), facts.place_of(known)
    budget = facts.budget_of(known)
    unknown = _("nog niet gekend")
    return [
        (_("Ondernemingsnummer"), employer.enterprise_number or unknown),
        (_("Plaats van het werk"), place.name if place else unknown),
        (_("Bevoegd"), _agency(place) or unknown),
        (_("Paritair comité"), ", ".join(employer.joint_committees) or unknown),
        (_("Medewerkers"), unknown if employer.headcount is None else employer.headcount),
        (_("Budget"), euro(budget.net_cents) if budget else unknown),
        (_("Vrij te maken"), _("%(hours)d uur", hours=budget.hours) if budget else unknown),
        (_("Begonnen"), words.when(asked.created)),
        *([(_("Via federatie"), _federation(asked))] if asked.federation else []),
        (_("Gewijzigd"), words.when(asked.updated)),
    ]


def event(asked: Request, one: Milestone) -> Mapping[str, object]:
    """A milestone as the timeline macro wants it."""
    titles = {
        "advice": _("Advies %(number)s", number=one.title),
        "order": _("Bestelling: %(title)s", title=one.title),
        "referral": _("Doorverwijzing: %(title)s", title=one.title),
    }
    return {
        "when": words.when(one.at),
        "iso": one.at.isoformat(),
        "title": titles[one.kind],
        "text": STATUS_WORDS.get(one.status),
        "url": milestone_url(asked, one),
    }


def milestone_url(asked: Request, one: Milestone) -> str:
    """The desk's page of an advice, order or referral."""
    if one.kind == "advice":
        return url_for("desk.advice", public_id=asked.public_id, advice_id=one.public_id)
    return url_for(f"desk.{one.kind}", public_id=one.public_id)


def _agency(place: Place | None) -> object:
    return AGENCIES.get(place.agency, place.agency) if place else None


def _federation(asked: Request) -> str:
    """The federation that the request came through, with its campaign."""
    name = requests.federation_name(asked.federation or "")
    return " · ".join(filter(None, (name, asked.campaign)))
