"""What every page of a request shows around its own content."""

from __future__ import annotations

from flask import current_app, url_for

from marketplace import clock
from marketplace.i18n import _
from marketplace.requests import facts
from marketplace.requests.known import Known
from marketplace.requests.models import Request
from marketplace.requests.vocabulary import AGENCIES


def frame(asked: Request, known: Known) -> dict[str, object]:
    """The request, when it was saved last, who helps, and where the advice is asked."""
    return {
        "asked": asked,
        "saved": saved(asked) if asked.answers else None,
        "help_line": help_line(known),
        "advice_url": _advice_url(asked),
    }


def saved(asked: Request) -> str:
    """When the last answer was saved, on a Brussels clock."""
    moment = clock.local(asked.updated)
    if moment.date() == clock.today():
        return str(_("bewaard om %(time)s", time=f"{moment:%H:%M}"))
    return str(_("bewaard op %(day)s om %(time)s", day=f"{moment:%-d/%-m}", time=f"{moment:%H:%M}"))


def help_line(known: Known | None = None) -> dict[str, object]:
    """Whom to turn to: the competent agency once the place is known."""
    place = facts.place_of(known) if known else None
    name = _("U kunt terecht bij %(agency)s.", agency=AGENCIES[place.agency]) if place else None
    return {"name": name, "url": url_for("requests.landing", _anchor="agentschap")}


def _advice_url(asked: Request) -> str | None:
    if "advice.create" not in current_app.view_functions:
        return None
    return url_for("advice.create", public_id=asked.public_id)
