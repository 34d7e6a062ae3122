"""The form of every page, by the name of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from marketplace.requests.flow import Step
from marketplace.requests.forms import needs, organisation, plan
from marketplace.requests.forms.base import PageForm
from marketplace.requests.known import Known
from marketplace.requests.vocabulary import Topic

Builder = Callable[[Known, Topic | None], type[PageForm]]

FORMS: Mapping[str, Builder] = {
    "place": organisation.place,
    "sector": organisation.sector,
    "legal-form": organisation.legal_form,
    "headcount": organisation.headcount,
    "turnover": organisation.turnover,
    "vat": organisation.vat,
    "lanes": needs.lanes,
    "situations-language": needs.situations("language"),
    "situations-together": needs.situations("together"),
    "situations-people": needs.situations("people"),
    "same": needs.same,
    "role": needs.role,
    "group": needs.group,
    "level": needs.level,
    "languages": needs.languages,
    "shifts": needs.shifts,
    "time": needs.time,
    "modes": needs.modes,
    "dates": plan.dates,
    "budget": plan.budget,
    "priorities": plan.priorities,
}


def form_for(step: Step, known: Known) -> PageForm:
    """The form of a page with what was saved before; a posted form wins over that."""
    asked = step.asked
    build = plan.of_plugin(asked[1]) if asked else FORMS[step.page.name](known, step.topic)
    return build.filled(known.answers.get(step.key) or build.proposal(known))
