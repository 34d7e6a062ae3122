"""Credit notes, money that is booked, the states that follow, and reminders."""

import pytest
from sqlalchemy import select

from marketplace.db import db
from marketplace.kit.errors import DomainError
from plugins.invoicing import finding, issuing, moving, reminding, states
from plugins.invoicing.models import Paper, Receipt

# ---- credit notes ----


def test_a_credit_note_has_the_next_number_and_names_its_invoice(ready):
    public_id = ready.issued()
    note = ready.credit(public_id, 40_000)
    assert ready.of(note, "kind", "number", "total_cents") == ("credit", "2026-00002", 48_400)
    document = ready.read(lambda: issuing.document_of(finding.paper_of(note)))
    assert (document.original, document.reason) == ("2026-00001", "Te veel aangerekend")
    assert ready.of(public_id, "state", "open_cents") == ("issued", 242_000)


def test_credits_never_take_back_more_than_the_invoice(ready):
    public_id = ready.issued()
    ready.credit(public_id, 200_000, "a")
    with pytest.raises(DomainError, match="meer crediteren"):
        ready.credit(public_id, 40_001, "b")
    ready.credit(public_id, 40_000, "c")
    assert ready.of(public_id, "state", "credited_cents") == ("credited", 290_400)
    with pytest.raises(DomainError):
        ready.credit(public_id, 1, "d")


def test_odd_parts_together_take_back_exactly_the_total(ready):
    public_id = ready.issued(cents=101)
    for key, cents in enumerate((33, 33, 35)):
        ready.credit(public_id, cents, str(key))
    assert ready.of(public_id, "total_cents", "credited_cents", "state") == (122, 122, "credited")


def test_the_same_key_is_one_credit_note(ready):
    public_id = ready.issued()
    assert ready.credit(public_id, 100, "k") == ready.credit(public_id, 100, "k")
    assert ready.of(public_id, "credited_net_cents") == (100,)


def test_a_draft_and_a_credit_note_cannot_be_credited(ready):
    with pytest.raises(DomainError):
        ready.credit(ready.draft(), 100)
    note = ready.credit(ready.issued(), 100, "a")
    with pytest.raises(DomainError):
        ready.credit(note, 100, "b")


# ---- money ----


def book(books, public_id, cents, reference):
    return books.write(lambda: moving.book(finding.paper_of(public_id), cents, reference))


def test_money_is_booked_once_per_reference(ready):
    public_id = ready.issued()
    assert book(ready, public_id, 90_400, "r1")
    assert not book(ready, public_id, 90_400, "r1")
    assert ready.of(public_id, "state", "open_cents") == ("partly_paid", 200_000)
    assert book(ready, public_id, 200_000, "r2")
    assert ready.of(public_id, "state", "open_cents") == ("paid", 0)
    assert ready.read(lambda: len(db.session.scalars(select(Receipt)).all())) == 2


def test_more_than_is_open_is_refused(ready):
    public_id = ready.issued()
    for cents in (290_401, 0, -5):
        with pytest.raises(DomainError):
            book(ready, public_id, cents, "r")
    assert ready.of(public_id, "paid_cents") == (0,)


def test_what_another_plugin_was_paid_is_booked_as_the_difference(ready):
    public_id = ready.issued()
    (order,) = ready.of(public_id, "order")
    for paid in (100_000, 100_000, 290_400, 290_400, 0):
        ready.hear("payment.paid", order, paid_cents=paid)
    assert ready.of(public_id, "state", "paid_cents") == ("paid", 290_400)


def test_what_was_paid_before_the_issue_is_taken_off(ready):
    order = ready.order()
    ready.hear("payment.paid", order, paid_cents=290_400)
    ready.hear("order.delivered", order)
    public_id = ready.issue(ready.read(lambda: finding.invoice_of_order(order).public_id))
    document = ready.read(lambda: issuing.document_of(finding.paper_of(public_id)))
    assert (document.prepaid_cents, document.payable_cents) == (290_400, 0)
    assert ready.of(public_id, "state") == ("paid",)


def test_strange_facts_of_a_payment_book_nothing(ready):
    public_id = ready.issued()
    (order,) = ready.of(public_id, "order")
    for facts in ({}, {"paid_cents": None}, {"paid_cents": "5"}, {"paid_cents": True}):
        ready.hear("payment.paid", order, **facts)
    assert ready.of(public_id, "paid_cents") == (0,)


# ---- states ----


def test_every_state_has_its_word_and_leads_only_to_states():
    assert set(states.WORDS) == set(states.STATES)
    assert set().union(*states.STATES.values()) <= set(states.STATES)
    assert set(states.STATES) >= states.OPEN


@pytest.mark.parametrize(
    ("before", "wanted"),
    [(a, b) for a in states.STATES for b in states.STATES if b not in states.STATES[a]],
)
def test_what_the_table_does_not_allow_is_refused(before, wanted):
    with pytest.raises(DomainError):
        moving.move(Paper(state=before), wanted)


# ---- reminders ----


def late(clock, days):
    clock.at = clock.at.replace(year=2027, month=1, day=days)


def test_a_late_invoice_is_reminded_after_a_pause_and_not_for_ever(ready, clock):
    public_id = ready.issued()
    seen = []
    for day in range(1, 31):
        late(clock, day)
        ready.write(reminding.remind_late)
        ready.run_jobs()
        seen.append(ready.of(public_id, "reminders")[0])
    assert seen[0] == 1
    assert sorted(set(seen)) == [1, 2, 3]
    assert ready.of(public_id, "state") == ("reminded",)
    assert seen.index(2) - seen.index(1) == 7


def test_what_is_not_late_or_paid_is_not_reminded(ready, clock):
    public_id = ready.issued()
    assert ready.write(reminding.remind_late) == 0
    with pytest.raises(DomainError, match="niet te laat"):
        ready.write(lambda: reminding.remind(finding.paper_of(public_id)))
    late(clock, 20)
    book(ready, public_id, 290_400, "r")
    assert ready.write(reminding.remind_late) == 0


def test_money_that_came_meanwhile_stops_a_queued_reminder(ready, clock):
    public_id = ready.issued()
    late(clock, 20)
    assert ready.write(reminding.remind_late) == 1
    book(ready, public_id, 290_400, "r")
    ready.run_jobs()
    assert ready.of(public_id, "reminders", "state") == (0, "paid")
