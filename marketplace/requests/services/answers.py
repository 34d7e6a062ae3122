"""What was answered: read it, save one page, and hand the whole on as facts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from marketplace import clock
from marketplace.accounts import services as accounts
from marketplace.contract.rules import Question
from marketplace.contract.values import Budget, Json, RequestFacts
from marketplace.db import db
from marketplace.errors import DomainError, NotFound
from marketplace.host import ask
from marketplace.i18n import _
from marketplace.requests import flow
from marketplace.requests.asking import concerns
from marketplace.requests.facts import (
    Incomplete,
    budget_of,
    employer_of,
    needs_of,
    place_of,
    request_facts,
)
from marketplace.requests.known import Asked, Known, Profile, Site
from marketplace.requests.models import Request, RequestAnswer


def known(request: Request) -> Known:
    """The answers and the profile; plugins are asked once, when the walk first needs it."""
    answers = {answer.page: answer.data for answer in request.answers}
    profile = _profile(request)
    return Known(answers, profile, cache(lambda: _asked(Known(answers, profile))))


def save_page(request: Request, page: str, data: Mapping[str, Json]) -> None:
    """Store the answers of one page and commit; the last save wins, a repeat changes nothing.

    Raises NotFound for a page this request does not have, DomainError once something was ordered.
    """
    _put_page(request, page, data)
    db.session.commit()


def put_budget(request: Request, net_cents: int, hours: int) -> None:
    """Store another budget, in euro cents and paid hours, in the transaction in hand.

    Raises as save_page does.
    """
    _put_page(request, "budget", {"euro": net_cents, "hours": hours})
    db.session.expire(request, ["answers"])


def _put_page(request: Request, page: str, data: Mapping[str, Json]) -> None:
    if flow.step(known(request), page) is None:
        raise NotFound(page)
    request.become("draft")
    _store(request, page, dict(data))
    if page == "place":
        _set_establishment(request, data)
    request.updated = clock.now()


def facts(request: Request) -> RequestFacts:
    """The contract's facts as asked today. Raises DomainError when a page is still open."""
    told = known(request)
    if flow.following(told) is None:
        try:
            return request_facts(told, asked_on=clock.today())
        except Incomplete:
            pass
    raise DomainError(
        "request-incomplete",
        _("Uw aanvraag is nog niet volledig. Vul eerst de open vragen in."),
    )


def _store(request: Request, page: str, data: dict[str, Json]) -> None:
    now = clock.now()
    values = {"data": data, "saved_at": now}
    row = RequestAnswer.request_id == request.id, RequestAnswer.page == page
    if _changed(update(RequestAnswer).where(*row).values(**values)):
        return
    try:
        with db.session.begin_nested():
            db.session.add(RequestAnswer(request_id=request.id, page=page, **values))
    except IntegrityError:  # the same page was saved at the same moment; the last one wins
        _changed(update(RequestAnswer).where(*row).values(**values))


def _changed(statement: object) -> bool:
    return bool(db.session.execute(statement).rowcount)  # type: ignore[call-overload]


def _set_establishment(request: Request, data: Mapping[str, Json]) -> None:
    site = data.get("site")
    request.establishment = None
    if request.organisation is not None and isinstance(site, str) and site != "other":
        request.establishment = accounts.establishment(request.organisation, site)


def _profile(request: Request) -> Profile:
    organisation = request.organisation
    if organisation is None:
        return Profile()
    sites = (Site(site.public_id, site.name, site.refnis) for site in organisation.establishments)
    return Profile(accounts.employer_facts(organisation), tuple(sites))


def _asked(told: Known) -> Asked:
    """The questions of every plugin that concern what is known; none before there is a need."""
    place, needs = place_of(told), needs_of(told)
    if place is None or not needs:
        return ()
    so_far = RequestFacts(
        place=place,
        budget=budget_of(told) or Budget(0, 0),
        needs=needs,
        employer=employer_of(told),
        start=told.day("dates", "start"),
        asked_on=clock.today(),
    )
    found: list[tuple[str, Question]] = []
    for plugin_id, questions in ask.ask("questions", request=so_far).values:
        assert isinstance(questions, list | tuple)  # noqa: S101 - the host checked the answer
        found += [(f"{plugin_id}.{one.key}", one) for one in questions if concerns(one, so_far)]
    return tuple(found)
