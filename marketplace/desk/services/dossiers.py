"""Requests as the desk lists them, and one request as a dossier to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    exists,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from marketplace.accounts.models import Establishment, Organisation
from marketplace.advice.models import Advice
from marketplace.audit.services import record
from marketplace.db import db, writing
from marketplace.errors import NotFound
from marketplace.orders.models import Order, Referral
from marketplace.requests import facts
from marketplace.requests import services as requests
from marketplace.requests.known import Known, topics
from marketplace.requests.models import Request, RequestAnswer
from marketplace.requests.vocabulary import TOPICS


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to list; '' is everything. ``place`` is a REFNIS code, ``topic`` a slug."""

    employer: str = ""
    place: str = ""
    topic: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A request as one line of the list; ``employer`` None is a visitor without account."""

    public_id: str
    updated: datetime
    employer: str | None
    place: str | None
    status: str
    topics: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that came of a request. ``kind``: advice | order | referral."""

    kind: str
    public_id: str
    at: datetime
    title: str
    status: str


def find(wanted: Wanted) -> Select[Request]:
    """Requests with at least one answer, the last changed first."""
    query = (
        select(Request)
        .where(Request.answers.any())
        .order_by(Request.updated.desc(), Request.id.desc())
        .options(*_with_profile())
    )
    if wanted.status:
        query = query.where(Request.status == wanted.status)
    if wanted.employer:
        named = Organisation.name.icontains(wanted.employer, autoescape=True)
        query = query.where(Request.organisation.has(named))
    if wanted.place:
        query = query.where(_works_in(wanted.place))
    if wanted.topic in TOPICS:
        lane = TOPICS[wanted.topic].lane
        chosen = (("lanes", lane), (f"situations-{lane}", wanted.topic))
        query = query.where(*(_ticked(page, word) for page, word in chosen))
    return query


def row(request: Request) -> Row:
    """The line of a request that ``find`` loaded; no query."""
    known = requests.known(request)
    place = facts.place_of(known)
    return Row(
        request.public_id,
        request.updated,
        request.organisation.name if request.organisation else None,
        place.name if place else None,
        request.status,
        tuple(topic.label for topic in topics(known)),
    )


def load(public_id: str) -> tuple[Request, Known]:
    """A request with its employer and answers, whoever asks. Raises NotFound."""
    query = select(Request).where(Request.public_id == public_id).options(*_with_profile())
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound(public_id)
    return found, requests.known(found)


def milestones(request: Request) -> Sequence[Milestone]:
    """Advices, orders and referrals of a request, the newest first; one query."""
    number = cast(Advice.number, Text)
    columns = (Advice.public_id, Advice.created.label("at"), number.label("title"))
    advices = select(literal("advice").label("kind"), *columns, literal("").label("status")).where(
        Advice.request_id == request.id
    )
    agreed = [
        select(literal(kind), model.public_id, model.created, model.title, model.status)
        .join(Advice, Advice.id == model.advice_id)
        .where(Advice.request_id == request.id)
        for kind, model in (("order", Order), ("referral", Referral))
    ]
    everything = union_all(advices, *agreed).subquery()
    rows = db.session.execute(select(everything).order_by(everything.c.at.desc()))
    return [Milestone(r.kind, r.public_id, r.at, r.title, r.status) for r in rows]


def load_advice(public_id: str, request_id: str) -> Advice:
    """An advice of this request, whoever asks. Raises NotFound for any other."""
    found = db.session.scalars(
        select(Advice)
        .where(Advice.public_id == public_id)
        .options(joinedload(Advice.request).joinedload(Request.organisation))
    ).one_or_none()
    if found is None or found.request.public_id != request_id:
        raise NotFound(public_id)
    return found


def note_viewing(kind: str, public_id: str) -> None:
    """Note in the audit log that the person in hand read this; commits.

    Call it last. What was read before is let go, so that the note is written by a transaction of
    its own, which takes SQLite's write lock before it reads and cannot find its snapshot stale.
    """
    db.session.rollback()
    with writing():
        record(f"{kind}.viewed", f"{kind}:{public_id}")
        db.session.commit()


def _with_profile() -> tuple[ExecutableOption, ...]:
    sites = joinedload(Request.organisation).selectinload(Organisation.establishments)
    return (selectinload(Request.answers), sites)


def _works_in(refnis: str) -> ColumnElement[bool]:
    """The place that was answered, else the only establishment, which nobody is asked about."""
    answered = and_(RequestAnswer.request_id == Request.id, RequestAnswer.page == "place")
    there = exists().where(answered, RequestAnswer.data["refnis"].as_string() == refnis)
    settled = exists().where(
        Establishment.id == Request.establishment_id, Establishment.refnis == refnis
    )
    return or_(there, and_(~exists().where(answered), settled))


def _ticked(page: str, word: str) -> ColumnElement[bool]:
    """A word of ours in the list that a page stored; JSON quotes it the same everywhere."""
    return exists().where(
        RequestAnswer.request_id == Request.id,
        RequestAnswer.page == page,
        cast(RequestAnswer.data, Text).contains(f'"{word}"', autoescape=True),
    )
