"""Read the open pots as one employer meets them, in one query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from flask import g
from sqlalchemy import Select, func, select

from marketplace.contract.answers import Priced
from marketplace.contract.values import RequestFacts
from marketplace.kit.clock import local, today
from marketplace.kit.models import session
from marketplace.kit.organisations import Organisation, current_organisation

from ..records import Record
from .models import Pot, Share
from .records import PREFIX, PotFacts, records_of


def records_for(request: RequestFacts, items: Sequence[Priced]) -> tuple[Record, ...]:
    """The open pots as rules for the employer in hand. Read when an advice begins (it asks without
    items first) and kept for the rest of it, so that all its lines see the same amounts.
    """
    kept: tuple[RequestFacts, tuple[Record, ...]] | None = g.get("subsidy_pots")
    if kept is None or kept[0] is not request or not items:
        employer = current_organisation("employer")
        found = _open_pots(employer.public_id if employer else "", request.asked_on or today())
        kept = g.subsidy_pots = (request, records_of(found))
    return kept[1]


def facts_of(organisation: str, rules: Iterable[str]) -> Sequence[PotFacts]:
    """The open pots with these record ids as this employer (public id) meets them."""
    wanted = [rule.removeprefix(PREFIX) for rule in rules]
    return _facts(_query(organisation).where(Pot.public_id.in_(wanted)))


def _open_pots(organisation: str, asked_on: date) -> Sequence[PotFacts]:
    return _facts(_query(organisation).where(Pot.last_day >= asked_on))


def _query(organisation: str) -> Select[Pot, str, int]:
    held = (Share.pot_id == Pot.id) & (Share.organisation == organisation)
    return (
        select(Pot, Organisation.name, func.coalesce(Share.held_cents, 0))
        .join(Organisation, Organisation.id == Pot.organisation_id)
        .outerjoin(Share, held)
        .where(Pot.closed.is_(None))
        .order_by(Pot.id)
        .execution_options(populate_existing=True)
    )


def _facts(query: Select[Pot, str, int]) -> Sequence[PotFacts]:
    return [
        PotFacts(
            id=pot.id,
            version=pot.version,
            public_id=pot.public_id,
            title=pot.title,
            federation=federation,
            page=pot.page,
            kind=pot.kind,
            amount_cents=pot.amount_cents,
            percent=pot.percent,
            training_cap_cents=pot.training_cap_cents,
            employer_cap_cents=pot.employer_cap_cents,
            left_cents=pot.left_cents,
            first_day=pot.first_day,
            last_day=pot.last_day,
            joint_committees=tuple(pot.joint_committees),
            offers=tuple(pot.offers),
            stack_order=pot.stack_order,
            changed_on=local(pot.changed).date(),
            held_cents=held,
        )
        for pot, federation, held in session.execute(query)
    ]
