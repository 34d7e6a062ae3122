"""From a delivered order to a legal invoice, and what may happen to it."""

import json

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from marketplace.db import db, writing
from marketplace.kit.errors import DomainError
from plugins.invoicing import drafting, finding, issuing, snapshot
from plugins.invoicing.models import Counter, Issued, Paper, Unchangeable

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
