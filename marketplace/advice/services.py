"""Give an advice: freeze the request, ask the matching plugin, store what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace import clock
from marketplace.advice import snapshot, sources
from marketplace.advice.models import Advice
from marketplace.audit.services import record
from marketplace.catalogue import services as catalogue
from marketplace.contract.answers import Bundle, Recommendation
from marketplace.contract.pages import Event
from marketplace.contract.values import Budget, Json, RequestFacts
from marketplace.db import db, new_public_id, reading
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

    A request keeps the salt of its first advice: nobody can try for a luckier one, and asking
    again with nothing changed, such as by a double click, gives the advice that is there.
    """
    _wait_for_turn(request)
    return _advise(request)


def advise_with(advice: Advice, net_cents: int, hours: int) -> Advice:
    """The advice for the same request with another budget, which the request keeps; commits.

    Both are stored or neither is. Raises DomainError as ``advise`` does.
    """
    _wait_for_turn(advice.request)
    try:
        requests.put_budget(advice.request, net_cents, hours)
        return _advise(advice.request)
    except DomainError:
        db.session.rollback()
        raise


def preview(advice: Advice, net_cents: int, hours: int) -> snapshot.Document:
    """What ``advise_with`` would store, as a document; nothing is. Raises DomainError likewise."""
    facts = replace(requests.facts(advice.request), budget=Budget(net_cents, hours))
    return _document(facts, _salt(advice))[1]


def _wait_for_turn(request: Request) -> None:
    """Advices of one request are made one after the other: its row is locked until the commit."""
    row = select(Request).where(Request.id == request.id).with_for_update()
    db.session.scalars(row.execution_options(populate_existing=True)).one()


def _advise(request: Request) -> Advice:
    newest = db.session.scalars(_newest_first(request.id).limit(1)).first()
    salt = _salt(newest) if newest else new_public_id()
    answer, document = _document(requests.facts(request), salt)
    digest = snapshot.digest(document)
    requests.mark_advised(request)
    if newest is None or newest.digest != digest:
        sources.keep(answer.sources)
        number = newest.number + 1 if newest else 1
        newest = _add(request, number, answer, document, digest)
    db.session.commit()
    return newest


def _document(facts: RequestFacts, salt: str) -> tuple[Recommendation, dict[str, Json]]:
    asked, answer = recommend(facts, salt)
    titles = snapshot.titles_of(catalogue.labels(_versions(answer)))
    digests = sources.digests_of(answer.sources)
    return answer, snapshot.document_of(asked, salt, answer, titles, digests)


def _add(
    request: Request,
    number: int,
    answer: Recommendation,
    document: dict[str, Json],
    digest: str,
) -> Advice:
    advice = Advice(
        request=request,
        number=number,
        created=clock.now(),
        catalogue_version=answer.catalogue_version,
        rules_version=answer.rules_version,
        digest=digest,
        document=document,
    )
    db.session.add(advice)
    db.session.flush()
    record("advice.given", f"advice:{advice.public_id}", new={"digest": digest})
    ask.tell(Event("advice.given", advice.public_id, {"request": request.public_id}))
    return advice


def load(public_id: str) -> Advice:
    """An advice of the person or browser in hand. Raises NotFound for any other."""
    advice = find(public_id)
    requests.check_access(advice.request)
    return advice


def look(public_id: str) -> Advice:
    """As ``load``, in a transaction that only reads: it waits for nobody and nobody for it."""
    with reading():
        return load(public_id)


def find(public_id: str) -> Advice:
    """An advice, whoever asks: for the command line. Raises NotFound when absent."""
    advice = db.session.scalars(
        select(Advice).where(Advice.public_id == public_id).options(joinedload(Advice.request))
    ).one_or_none()
    if advice is None:
        raise NotFound(public_id)
    return advice


def every_id() -> Sequence[str]:
    """The ids of all advices, the oldest first."""
    return db.session.scalars(select(Advice.public_id).order_by(Advice.id)).all()


def history(request: Request) -> Sequence[Advice]:
    """Every advice of a request, newest first."""
    return db.session.scalars(_newest_first(request.id)).all()


def _newest_first(request_id: int) -> Select[Advice]:
    return select(Advice).where(Advice.request_id == request_id).order_by(Advice.number.desc())


def _salt(advice: Advice) -> str:
    return str(advice.document["salt"])


def _versions(answer: Recommendation) -> tuple[str, ...]:
    """The offers that the page names: chosen, near misses, and what a miss is compared with."""
    bundles: list[Bundle] = [answer.bundle, *(bundle for _kind, bundle in answer.alternatives)]
    chosen = {line.version_id for bundle in bundles for line in bundle.lines}
    misses = {miss.version_id for miss in answer.near_misses if miss.version_id}
    versions = {one.offer: one.version_id for one in answer.certificates}
    told = [one for one in answer.certificates if one.version_id in misses]
    by = {str(one.facts["by"]) for one in told if "by" in one.facts}
    return tuple(sorted(chosen | misses | {versions[slug] for slug in by & versions.keys()}))
