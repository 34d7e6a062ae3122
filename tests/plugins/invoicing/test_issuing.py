"""From a delivered order to a legal invoice, and what may happen to it."""

import json

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from marketplace.db import db, writing
from marketplace.kit.errors import DomainError
from plugins.invoicing import drafting, finding, issuing, moving, reminding, snapshot, states
from plugins.invoicing.models import Counter, Issued, Paper, Receipt, Unchangeable

from .papers import credit, invoice, many


def refused(books, public_id, act=issuing.issue):
    with pytest.raises(DomainError) as found:
        books.write(lambda: act(finding.paper_of(public_id)))
    return found.value.code


def test_a_delivered_order_is_drafted_once_however_often_it_is_told(books):
    order = books.order()
    for _time in range(3):
        books.hear("order.delivered", order)
    assert books.count() == 1
    paper = books.read(lambda: finding.invoice_of_order(order))
    assert (paper.state, paper.net_cents, paper.number) == ("draft", 240_000, None)


def test_what_is_free_is_never_invoiced(books):
    books.hear("order.delivered", books.order(cents=0))
    assert books.count() == 0


def test_other_news_makes_nothing(books):
    order = books.order()
    for name in ("order.placed", "order.confirmed", "order.cancelled", "advice.made"):
        books.hear(name, order)
    assert books.count() == 0


def test_an_invoice_is_issued_with_everything_frozen(ready):
    public_id = ready.issued()
    assert ready.of(public_id, "state", "number", "channel") == ("issued", "2026-00001", "peppol")
    assert ready.of(public_id, "net_cents", "total_cents") == (240_000, 290_400)
    issued = ready.read(lambda: finding.paper_of(public_id).issued)
    assert issuing.is_intact(issued)
    assert snapshot.from_json(issued.snapshot).due.isoformat() == "2026-12-23"


def test_an_automatic_seller_issues_at_once(books):
    books.seller(automatic=True)
    books.buyer()
    assert books.of(books.draft(), "state", "number") == ("issued", "2026-00001")


def test_what_stands_in_the_way_of_an_automatic_issue_leaves_a_draft(books):
    books.seller(automatic=True)
    assert books.of(books.draft(), "state") == ("draft",)
    assert books.of(books.draft(vat=None), "state") == ("draft",)


def test_without_seller_or_buyer_nothing_is_issued(books):
    public_id = books.draft()
    assert refused(books, public_id) == "no-seller"
    books.seller()
    assert refused(books, public_id) == "no-buyer"


def test_vat_that_nobody_reviewed_is_refused_until_a_person_decides(ready):
    public_id = ready.draft(vat=None)
    assert refused(ready, public_id) == "vat-not-reviewed"
    ready.write(lambda: drafting.complete(finding.paper_of(public_id), "", "exempt"))
    ready.issue(public_id)
    assert ready.of(public_id, "total_cents", "channel") == (240_000, "paper")


def test_a_reviewed_treatment_is_not_changed_on_a_draft(ready):
    public_id = ready.draft()
    ready.write(lambda: drafting.complete(finding.paper_of(public_id), "PO 1", "exempt"))
    ready.issue(public_id)
    assert ready.of(public_id, "total_cents", "purchase_order") == (290_400, "PO 1")


def test_a_public_body_needs_its_order_number(books):
    books.seller()
    books.buyer(public_body=True)
    public_id = books.draft()
    assert refused(books, public_id) == "no-order-number"
    books.write(lambda: drafting.complete(finding.paper_of(public_id), "PO 1", None))
    books.issue(public_id)
    assert books.of(public_id, "channel") == ("peppol",)


def test_a_refusal_gives_the_number_back(books):
    books.seller(enterprise_number="0403019262")
    books.buyer()
    public_id = books.draft()
    assert refused(books, public_id) == "not-sound"
    assert books.of(public_id, "state", "number") == ("draft", None)
    assert books.read(lambda: db.session.scalars(select(Counter)).all()) == []


def test_an_issued_invoice_is_not_issued_again_and_not_completed(ready):
    public_id = ready.issued()
    assert refused(ready, public_id) == "not-now"
    assert refused(ready, public_id, lambda paper: drafting.complete(paper, "x", None)) == "not-now"
    assert refused(ready, public_id, drafting.drop) == "not-now"


def test_a_dropped_draft_is_never_issued(ready):
    public_id = ready.draft()
    ready.write(lambda: drafting.drop(finding.paper_of(public_id)))
    assert refused(ready, public_id) == "not-now"


def test_numbers_follow_each_other_and_begin_anew_every_year(ready, clock):
    numbers = [ready.of(ready.issued(), "number")[0] for _time in range(3)]
    clock.at = clock.at.replace(year=2027)
    numbers.append(ready.of(ready.issued(), "number")[0])
    assert numbers == ["2026-00001", "2026-00002", "2026-00003", "2027-00001"]


# ---- what was issued never changes ----


def test_a_snapshot_is_read_as_it_was_written():
    for made in [invoice(), credit(), *many(30, seed=3)]:
        stored = json.loads(json.dumps(snapshot.as_json(made)))
        assert snapshot.from_json(stored) == made


@pytest.mark.parametrize("act", ["change", "delete"])
def test_the_code_refuses_to_change_what_was_issued(ready, act):
    ready.issued()
    with ready.app.app_context(), writing():
        issued = db.session.scalars(select(Issued)).one()
        if act == "change":
            issued.xml = b"<anders/>"
        else:
            db.session.delete(issued)
        with pytest.raises(Unchangeable):
            db.session.flush()
        db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE x_invoicing_issued SET digest = 'x'",
        "DELETE FROM x_invoicing_issued",
        "UPDATE x_invoicing_issued SET sequence = 2",
    ],
)
def test_the_database_refuses_it_too(ready, statement):
    ready.issued()
    with ready.app.app_context(), writing():
        with pytest.raises(DBAPIError, match="what was issued does not change"):
            db.session.execute(text(statement))
        db.session.rollback()
        assert issuing.is_intact(db.session.scalars(select(Issued)).one())


def test_control_another_table_may_change(ready):
    ready.issued()
    ready.write(lambda: db.session.execute(update(Paper).values(title="Anders")))


def test_a_changed_file_is_found():
    made = invoice()
    row = Issued(snapshot=snapshot.as_json(made), xml=b"<a/>", digest="0")
    assert not issuing.is_intact(row)


def test_a_later_change_of_seller_leaves_the_issued_one_alone(ready):
    public_id = ready.issued()
    before = ready.read(lambda: issuing.document_of(finding.paper_of(public_id)))
    ready.write(lambda: setattr(finding.paper_of(public_id).issued.seller, "name", "Nieuw"))
    assert ready.read(lambda: issuing.document_of(finding.paper_of(public_id))) == before


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
