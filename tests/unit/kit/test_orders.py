"""What a plugin may know of an order."""

import pytest

from marketplace.errors import NotFound
from marketplace.kit import orders
from tests.factories import dossiers
from tests.factories.accounts import organisation, person


def placed(session, **changes):
    house = organisation(session)
    who = person(session, role="employer", place=house)
    given = dossiers.advice(session, dossiers.request(session, house, status="advised"))
    return dossiers.order(session, given, placed_by=who.public_id, **changes)


@pytest.mark.parametrize(
    ("line", "vat_cents"),
    [({"vat": "standard"}, 50_400), ({"vat": "exempt"}, 0), ({"vat": None}, 0), ({}, 0)],
)
def test_what_is_to_be_paid_is_the_gross_price_with_its_vat(app, session, line, vat_cents):
    order = placed(session, line=line)
    facts = orders.facts_of(order.public_id)
    assert (facts.gross_cents, facts.vat_cents) == (240_000, vat_cents)
    assert facts.due_cents == 240_000 + vat_cents
    assert facts.organisation == order.organisation.public_id
    assert [one.order for one in orders.facts_of_request(facts.request)] == [order.public_id]
    assert orders.buyer_email(facts.placed_by) == "an@example.org"


def test_half_a_cent_of_vat_is_rounded_up(app, session):
    order = placed(session, line={"vat": "standard"}, gross_cents=50)
    assert orders.facts_of(order.public_id).vat_cents == 11


def test_an_order_of_nobody_in_hand_is_not_found(app, session):
    order = placed(session)
    with app.test_request_context():
        for ask in (orders.own_facts, orders.facts_of):
            with pytest.raises(NotFound):
                ask("bestaat-niet")
        with pytest.raises(NotFound):
            orders.own_facts(order.public_id)
