"""Reserve, use and release by the portable booking rule, in the transaction in hand.

A counter moves by an update that asks whether it may; the row count says whether it did, and a
CHECK stands behind it. The row of the pot is taken before that of the employer, and pots in the
order of their ids, so that two orders never wait for each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from sqlalchemy import CursorResult, Update, exists, insert, literal, select, update

from marketplace.contract.answers import Line, OrderFacts
from marketplace.contract.pages import Event, Refused
from marketplace.contract.values import RequestFacts
from marketplace.kit import orders
from marketplace.kit.clock import now, today
from marketplace.kit.i18n import _
from marketplace.kit.models import session

from .models import Movement, Pot, Reservation, Share
from .reading import facts_of
from .records import PREFIX, PotFacts, still_gives

STATES: Mapping[str, frozenset[str]] = {
    "reserved": frozenset({"used", "released"}),
    "used": frozenset(),
    "released": frozenset(),
}
BECOMES: Mapping[str, str] = {
    "order.delivered": "used",
    "order.cancelled": "released",
    "referral.closed": "used",
    "referral.declined": "released",
    "referral.withdrawn": "released",
}
"""What an event makes of the reservations of its order or referral."""

CHUNK = 500


def reserve(request: RequestFacts, line: Line, order: OrderFacts) -> None:
    """Hold what the line counts on from each pot. Raises Refused when a pot, or what one employer
    may have of it, gives less than the line was advised.
    """
    counted = {
        aid.rule: aid
        for aid in line.aid
        if aid.rule.startswith(PREFIX) and aid.certainty == "certain" and aid.cents
    }
    if not counted:
        return
    pots = {pot.rule: pot for pot in facts_of(order.organisation, counted)}
    for aid in counted.values():
        pot = pots.get(aid.rule)
        if pot is None or not still_gives(pot, request, line, aid):
            raise Refused(
                "pot-changed",
                _("De pot “%(title)s” is intussen veranderd.", title=aid.title) + _again(),
            )
    for rule, pot in sorted(pots.items(), key=lambda item: item[1].id):
        _take(pot, order, cast(int, counted[rule].cents))


def settle(event: Event) -> None:
    """Turn what an order reserved into used or released; told twice, it does so once."""
    state = BECOMES.get(event.name)
    if state is None:
        return
    before = [old for old, after in STATES.items() if state in after]
    held = select(
        Reservation.id, Reservation.pot_id, Reservation.organisation, Reservation.cents
    ).where(Reservation.order_id == event.subject, Reservation.state.in_(before))
    for row in session.execute(held.order_by(Reservation.pot_id)).all():
        moved = update(Reservation).where(Reservation.id == row.id, Reservation.state.in_(before))
        if _moved(moved.values(state=state, changed=now())):
            used = row.cents if state == "used" else 0
            _count(row.pot_id, row.id, state, -row.cents, used)
            if state == "released":
                _give_back(row.pot_id, row.organisation, row.cents)


def settle_missed() -> int:
    """Settle what orders still hold that ended while nobody told us, as when the plugin was off;
    gives how many such orders there were.
    """
    waiting = select(Reservation.order_id).where(Reservation.state == "reserved").distinct()
    ids = session.scalars(waiting.order_by(Reservation.order_id)).all()
    missed = 0
    for start in range(0, len(ids), CHUNK):
        for public_id, name in sorted(orders.standing(ids[start : start + CHUNK]).items()):
            if name in BECOMES:
                settle(Event(name, public_id))
                missed += 1
    return missed


def _take(pot: PotFacts, order: OrderFacts, cents: int) -> None:
    if not _moved(
        update(Pot)
        .where(Pot.id == pot.id, Pot.version == pot.version, Pot.closed.is_(None))
        .where(Pot.left_cents >= cents)
        .values(reserved_cents=Pot.reserved_cents + cents)
    ):
        raise Refused(
            "pot-emptier",
            _("In de pot “%(title)s” zit minder dan bij uw advies.", title=pot.title) + _again(),
        )
    if not _moved(_of_employer(pot, order.organisation, cents)):
        raise Refused(
            "pot-share-used",
            _("U kreeg intussen al meer uit de pot “%(title)s”.", title=pot.title) + _again(),
        )
    held = Reservation(
        pot_id=pot.id,
        order_id=order.order,
        organisation=order.organisation,
        cents=cents,
        month=today().replace(day=1),
        changed=now(),
    )
    session.add(held)
    session.flush()
    session.add(_movement(pot.id, held.id, "reserved", cents, 0))


def _of_employer(pot: PotFacts, organisation: str, cents: int) -> Update:
    """The row of the employer is made here when there is none: whoever made it too waits for the
    pot's row, which this transaction has.
    """
    own = (Share.pot_id == pot.id, Share.organisation == organisation)
    first = select(literal(pot.id), literal(organisation), literal(0)).where(
        ~exists(select(Share.id).where(*own))
    )
    session.execute(insert(Share).from_select(["pot_id", "organisation", "held_cents"], first))
    moved = Share.held_cents + cents
    taking = update(Share).where(*own).values(held_cents=moved)
    cap = pot.employer_cap_cents
    return taking if cap is None else taking.where(moved <= cap)


def _give_back(pot_id: int, organisation: str, cents: int) -> None:
    own = (Share.pot_id == pot_id, Share.organisation == organisation)
    session.execute(
        update(Share)
        .where(*own)
        .values(held_cents=Share.held_cents - cents)
        .execution_options(synchronize_session=False)
    )


def _count(pot_id: int, reservation_id: int, kind: str, reserved: int, used: int) -> None:
    session.execute(
        update(Pot)
        .where(Pot.id == pot_id)
        .values(reserved_cents=Pot.reserved_cents + reserved, used_cents=Pot.used_cents + used)
        .execution_options(synchronize_session=False)
    )
    session.add(_movement(pot_id, reservation_id, kind, reserved, used))


def _movement(pot_id: int, reservation_id: int, kind: str, reserved: int, used: int) -> Movement:
    return Movement(
        pot_id=pot_id,
        reservation_id=reservation_id,
        at=now(),
        kind=kind,
        reserved_cents=reserved,
        used_cents=used,
    )


def _moved(statement: Update) -> bool:
    done = session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[object]", done).rowcount == 1


def _again() -> str:
    return " " + _("Bereken uw plan opnieuw, dan ziet u wat u nu betaalt.")
