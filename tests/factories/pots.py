"""Pots and the lines that count on them, in the session in hand; the caller commits."""

from dataclasses import replace
from datetime import date

from marketplace.contract.answers import Aid, OrderFacts
from marketplace.db import new_public_id
from marketplace.kit.testing import some_request
from plugins.subsidies.pots import booking
from plugins.subsidies.pots.keeping import Terms, open_pot
from tests.factories.dossiers import LINE

TERMS = Terms(
    title="Pot voor de zorg",
    page="https://federatie.example/pot",
    kind="per_participant",
    amount_cents=50_00,
    percent=None,
    training_cap_cents=None,
    employer_cap_cents=None,
    total_cents=1_000_00,
    first_day=date(2027, 1, 1),
    last_day=date(2027, 12, 31),
    joint_committees=["330"],
    offers=[],
    stack_order=20,
)


def pot(federation, key=None, **terms):
    """A pot of this federation, with a movement for its total."""
    return open_pot(federation, replace(TERMS, **terms), key or new_public_id())


def aid(public_id, cents, title="Pot voor de zorg"):
    """What an advice counts from a pot."""
    return Aid(f"pot-{public_id}", cents, "certain", pool=f"subsidies:pot-{public_id}", title=title)


def line(*aids):
    """A line of an advice for twelve people that counts these aids."""
    return replace(LINE, aid=aids)


def reserve(order, organisation, *aids):
    """Book for an order of this employer, as the hook does. Raises Refused."""
    booking.reserve(some_request(), line(*aids), OrderFacts(order, organisation))
