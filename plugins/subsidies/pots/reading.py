"""Read the open pots as one employer meets them, in one query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import g
from sqlalchemy import ColumnElement, RowMapping, func, select

from marketplace.contract.answers import Priced
from marketplace.contract.values import RequestFacts
from marketplace.kit.clock import local, today
from marketplace.kit.models import session
from marketplace.kit.organisations import Organisation, current_organisation

from ..records import Record
from .models import Pot, Share
from .records import PREFIX, PotFacts, records_of

PLAIN = (
    "id",
    "version",
    "public_id",
    "title",
    "page",
    "kind",
    "amount_cents",
    "percent",
    "training_cap_cents",
    "employer_cap_cents",
    "left_cents",
    "first_day",
    "last_day",
    "stack_order",
)
"""What a pot and its facts have in the same form."""


def with_pots(
    request: RequestFacts, items: Sequence[Priced], rules: tuple[Record, ...]
) -> tuple[Record, ...]:
    """The rules and the open pots as rules for the employer in hand. Read when an advice begins
    (it asks without items first) and kept for the rest of it: all its lines see the same amounts,
    and what the same tuple of rules comes to is worked out once.
    """
    kept: tuple[RequestFacts, tuple[Record, ...]] | None = g.get("subsidy_rules")
    if kept is None or kept[0] is not request or not items:
        employer = current_organisation("employer")
        from_now = Pot.last_day >= (request.asked_on or today())
        found = records_of(_facts(employer.public_id if employer else "", from_now))
        kept = g.subsidy_rules = (request, (*rules, *found) if found else rules)
    return kept[1]


def facts_of(organisation: str, rules: Iterable[str]) -> Sequence[PotFacts]:
    """The open pots with these record ids as this employer (public id) meets them."""
    wanted = [rule.removeprefix(PREFIX) for rule in rules]
    return _facts(organisation, Pot.public_id.in_(wanted))


def _facts(organisation: str, which: ColumnElement[bool]) -> list[PotFacts]:
    held = (Share.pot_id == Pot.id) & (Share.organisation == organisation)
    columns = [getattr(Pot, name) for name in PLAIN]
    rows = session.execute(
        select(
            *columns,
            Pot.joint_committees,
            Pot.offers,
            Pot.changed,
            Organisation.name.label("federation"),
            func.coalesce(Share.held_cents, 0).label("held_cents"),
        )
        .join(Organisation, Organisation.id == Pot.organisation_id)
        .outerjoin(Share, held)
        .where(Pot.closed.is_(None), which)
        .order_by(Pot.id)
    )
    return [_fact(row) for row in rows.mappings()]


def _fact(row: RowMapping) -> PotFacts:
    return PotFacts(
        **{name: row[name] for name in (*PLAIN, "federation", "held_cents")},
        joint_committees=tuple(row["joint_committees"]),
        offers=tuple(row["offers"]),
        changed_on=local(row["changed"]).date(),
    )
