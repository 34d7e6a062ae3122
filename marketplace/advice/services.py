"""Give an advice: freeze the request, ask the matching plugin, store what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from marketplace import clock
from marketplace.advice import snapshot
from marketplace.advice.models import Advice
from marketplace.audit.services import record
from marketplace.catalogue import services as catalogue
from marketplace.contract.pages import Event
from marketplace.contract.values import Bundle, Recommendation, RequestFacts
from marketplace.db import db, new_public_id
from marketplace.errors import DomainError, NotFound
from marketplace.host import ask
from marketplace.i18n import _
from marketplace.requests import services as requests
from marketplace.requests.models import Request


def recommend(facts: RequestFacts, salt: str) -> tuple[RequestFacts, Recommendation]:
    """The answer of the matching plugin, with the request as it was asked today.

    Raises DomainError ``no-matching`` when no plugin answers.
    """
    asked = replace(facts, asked_on=facts.asked_on or clock.today())
    asked = replace(asked, start=asked.start or asked.asked_on)
    answer = ask.first("recommend", request=asked, salt=salt)
    if not isinstance(answer, Recommendation):
        raise DomainError(
            "no-matching",
            _("We kunnen nu geen advies berekenen. Uw aanvraag is bewaard. Probeer later."),
        )
    return asked, answer


def advise(request: Request) -> Advice:
    """Store a new advice for a request that is ready; commits. Older advices stay as they are.

    Of two posts at the same moment one stores, and both get its advice.
    """
    request_id = request.id
    try:
        return _advise(request)
    except IntegrityError:
        db.session.rollback()
        return db.session.scalars(_newest_first(request_id).limit(1)).one()


def _advise(request: Request) -> Advice:
    salt = new_public_id()
    facts, answer = recommend(requests.facts(request), salt)
    document = snapshot.document_of(facts, salt, answer, catalogue.labels(_versions(answer)))
    advice = Advice(
        request=request,
        number=_next_number(request),
        created=clock.now(),
        catalogue_version=answer.catalogue_version,
        rules_version=answer.rules_version,
        digest=snapshot.digest(document),
        document=document,
    )
    db.session.add(advice)
    db.session.flush()
    requests.mark_advised(request)
    record("advice.given", f"advice:{advice.public_id}", new={"digest": advice.digest})
    ask.tell(Event("advice.given", advice.public_id, {"request": request.public_id}))
    db.session.commit()
    return advice


def advise_with(advice: Advice, net_cents: int, hours: int) -> Advice:
    """A new advice for the same request with another budget, which the request keeps; commits."""
    requests.save_budget(advice.request, net_cents, hours)
    return advise(advice.request)


def load(public_id: str) -> Advice:
    """An advice of the person or browser in hand. Raises NotFound for any other."""
    advice = db.session.scalars(
        select(Advice).where(Advice.public_id == public_id).options(joinedload(Advice.request))
    ).one_or_none()
    if advice is None:
        raise NotFound(public_id)
    requests.check_access(advice.request)
    return advice


def history(request: Request) -> Sequence[Advice]:
    """Every advice of a request, newest first."""
    return db.session.scalars(_newest_first(request.id)).all()


def _newest_first(request_id: int) -> Select[Advice]:
    return select(Advice).where(Advice.request_id == request_id).order_by(Advice.number.desc())


def _next_number(request: Request) -> int:
    last = db.session.scalar(select(func.max(Advice.number)).where(Advice.request_id == request.id))
    return (last or 0) + 1


def _versions(answer: Recommendation) -> tuple[str, ...]:
    bundles: list[Bundle] = [answer.bundle, *(bundle for _kind, bundle in answer.alternatives)]
    chosen = {line.version_id for bundle in bundles for line in bundle.lines}
    misses = {miss.version_id for miss in answer.near_misses if miss.version_id}
    return tuple(sorted(chosen | misses))
