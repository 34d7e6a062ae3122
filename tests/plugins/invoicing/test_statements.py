"""Bank statements: exact money is booked, the rest waits for a person, and twice is once."""

import sys
from importlib.resources import files

import pytest
from sqlalchemy import select

from marketplace.db import db
from marketplace.jobs.models import Job
from marketplace.kit.errors import DomainError
from plugins.invoicing import parties, statements
from plugins.invoicing.models import Entry
from plugins.invoicing.statements import camt_file, coda_file, intake, match, queue
from plugins.invoicing.terms import communication_of, shown

from .bank_files import camt, coda

FORMATS = {"coda": coda, "camt": camt}
UNKNOWN = shown(communication_of(2030, 9, 9))


@pytest.fixture(params=FORMATS)
def bank(request):
    return FORMATS[request.param]


@pytest.fixture
def owed(ready):
    """An open invoice of 2,904 euro: its id and what must be said when paying."""
    public_id = ready.issued()
    return public_id, shown(ready.communication(public_id))


def take(books, data):
    return books.write(lambda: intake.take(data))


def entries(books):
    return books.read(lambda: db.session.scalars(select(Entry).order_by(Entry.id)).all())


def told(books, name):
    """The facts of the events of this name that were queued for plugins."""
    found = books.read(lambda: db.session.scalars(select(Job)).all())
    facts = [job.payload.get("facts", {}) for job in found if job.kind == "plugin.tell"]
    return [one for one in facts if one.get("name") == name]


# ---- reading ----


def test_both_formats_say_the_same(bank):
    data = bank([(290_400, "+++260/0010/00071+++", "Den Boomgaard"), (5, "dank u", "Café Zoë")])
    reader = {"coda": coda_file, "camt": camt_file}[bank.__name__]
    first, second = reader.read(data)
    assert (first.cents, first.payer, first.account) == (
        290_400,
        "Den Boomgaard",
        "BE68539007547034",
    )
    assert first.day.isoformat() == "2026-11-23"
    assert (second.cents, second.message, second.payer) == (5, "dank u", "Café Zoë")
    assert second.communication is None


def test_the_sample_of_the_coda_package_is_read():
    lines = coda_file.read((files("coda") / "CODA.txt").read_bytes())
    assert lines
    assert all(line.cents > 0 for line in lines)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"<a/>",
        b"<Document><BkToCstmrStmt/></Document>",
        b"<not xml",
        b"0" * 128,
        b"1" * 300,
        b"\xff\xfe\x00",
        b"9" + b" " * 127,
        b'<!DOCTYPE a [<!ENTITY b "c">]><Document><BkToCstmrStmt>&b;</BkToCstmrStmt></Document>',
        coda([(100, "x", "y")])[:-140],
        coda([(100, "x", "y")]).replace(b"0000000000001000", b"0000000000002000", 1),
        camt([(100, "x", "y")]).replace(b"2026-11-23", b"gisteren"),
        camt([(100, "x", "y")]).replace(b">1.00<", b">1.001<"),
        camt([(100, "x", "y")]).replace(b">1.00<", b">NaN<"),
        camt([(100, "x", "y")]).replace(b">1.00<", b">-1.00<"),
    ],
)
def test_what_is_no_statement_is_refused_and_nothing_is_kept(books, data):
    with pytest.raises(DomainError) as refused:
        take(books, data)
    assert refused.value.code == "unreadable"
    assert entries(books) == []


def test_without_the_extra_a_person_reads_why(books, monkeypatch):
    monkeypatch.delattr(statements, "coda_file")
    monkeypatch.setitem(sys.modules, "plugins.invoicing.statements.coda_file", None)
    with pytest.raises(DomainError, match="De beheerder voegt dat toe"):
        take(books, coda([(100, "x", "y")]))


def test_a_statement_that_stands_in_a_file_twice_is_kept_once(ready):
    data = coda([(100, "x", "y")])
    assert take(ready, data + data).new == 1


def test_another_currency_is_refused(books, bank):
    with pytest.raises(DomainError, match="euro"):
        take(books, bank([(100, "x", "y")], currency="USD"))


def test_what_goes_out_or_is_not_booked_yet_is_left_out():
    data = camt([(100, "in", "y"), (200, "uit", "y"), (300, "later", "y")])
    _first, out, later = data.split(b"<Ntry>")[1:]
    data = data.replace(out, out.replace(b"CRDT", b"DBIT"))
    data = data.replace(later, later.replace(b"BOOK", b"PDNG"))
    assert [line.message for line in camt_file.read(data)] == ["in"]


# ---- matching ----


@pytest.mark.parametrize(
    ("cents", "open_cents", "verdict"),
    [
        (100, 100, "exact"),
        (99, 100, "partial"),
        (101, 100, "over"),
        (100, 0, "over"),
        (100, None, "unknown"),
    ],
)
def test_only_the_exact_amount_explains_itself(cents, open_cents, verdict):
    assert match.judge(cents, open_cents) == verdict


def test_the_exact_amount_is_booked_and_told(ready, owed, bank):
    public_id, said = owed
    taken = take(ready, bank([(290_400, said, "Den Boomgaard")]))
    assert (taken.new, taken.settled, taken.waiting) == (1, 1, 0)
    assert ready.of(public_id, "state", "open_cents") == ("paid", 0)
    news = told(ready, "money.received")
    assert {one["facts"]["amount_cents"] for one in news} == {290_400}
    assert {one["subject"] for one in news} == {ready.of(public_id, "order")[0]}


@pytest.mark.parametrize(("cents", "why"), [(100, "partial"), (290_401, "over")])
def test_another_amount_waits_for_a_person(ready, owed, bank, cents, why):
    public_id, said = owed
    take(ready, bank([(cents, said, "x")]))
    (entry,) = entries(ready)
    assert (entry.state, entry.why) == ("waiting", why)
    assert ready.of(public_id, "paid_cents") == (0,)


def test_an_unknown_communication_waits_and_is_told_to_others(ready, owed, bank):
    take(ready, bank([(290_400, UNKNOWN, "x"), (100, "bedankt", "y")]))
    assert [one.why for one in entries(ready)] == ["unknown", "unknown"]
    assert len({one["subject"] for one in told(ready, "bank.received")}) == 2
    assert told(ready, "money.received") == []


def test_money_that_another_plugin_claims_no_longer_waits(ready, bank):
    take(ready, bank([(100, UNKNOWN, "x")]))
    (entry,) = entries(ready)
    ready.hear("bank.claimed", entry.public_id)
    assert entries(ready)[0].state == "elsewhere"


def test_money_on_another_account_is_not_for_this_invoice(ready, owed, bank):
    public_id, said = owed
    take(ready, bank([(290_400, said, "x")], account="BE43068999999501"))
    assert entries(ready)[0].why == "unknown"
    assert ready.of(public_id, "paid_cents") == (0,)


def test_money_on_the_account_of_the_paper_is_for_it_when_the_seller_has_another_now(ready, owed):
    public_id, said = owed
    account = "BE43068999999501"
    ready.write(lambda: setattr(parties.seller_row("agii"), "iban", account))
    take(ready, coda([(290_400, said, "x")]))
    assert ready.of(public_id, "state") == ("paid",)


def test_paying_twice_is_over(ready, owed, bank):
    _public_id, said = owed
    take(ready, bank([(290_400, said, "x"), (290_400, said, "x")]))
    assert [one.why for one in entries(ready)] == ["", "over"]


def test_the_same_file_twice_changes_nothing(ready, owed, bank):
    public_id, said = owed
    data = bank([(290_400, said, "x"), (100, "bedankt", "y"), (100, "bedankt", "y")])
    take(ready, data)
    before = [(one.public_id, one.state) for one in entries(ready)]
    again = take(ready, data)
    assert (again.new, again.known) == (0, 3)
    assert [(one.public_id, one.state) for one in entries(ready)] == before
    assert ready.of(public_id, "paid_cents") == (290_400,)


def test_the_next_statement_of_the_account_is_new(ready, bank):
    take(ready, bank([(100, "x", "y")], number=1))
    assert take(ready, bank([(100, "x", "y")], number=2)).new == 1


def test_a_file_of_many_lines_asks_no_query_per_line(ready, bank, count_queries):
    few, many = bank([(1, "x", "y")] * 2), bank([(1, "x", "y")] * 40, number=2)
    counts = []
    for data in (few, many):
        with count_queries() as queries:
            take(ready, data)
        counts.append(sum(one.startswith("SELECT") for one in queries))
    assert counts[1] - counts[0] < 38, counts


# ---- decisions ----


def decide(books, act):
    (entry,) = entries(books)
    books.write(lambda: act(queue.entry_of(entry.public_id)))
    return entries(books)[0]


def test_a_part_is_assigned_and_the_rest_stays_open(ready, owed, bank):
    public_id, said = owed
    take(ready, bank([(90_400, said, "x")]))
    entry = decide(ready, lambda one: queue.assign(one, "2026-00001"))
    assert (entry.state, entry.over_cents) == ("matched", 0)
    assert ready.of(public_id, "state", "open_cents") == ("partly_paid", 200_000)


def test_what_is_over_is_booked_up_to_the_invoice_and_goes_back(ready, owed, bank):
    public_id, said = owed
    take(ready, bank([(300_000, said, "x")]))
    entry = decide(ready, lambda one: queue.assign(one, " 2026-00001 "))
    assert (entry.state, entry.over_cents) == ("refund", 9_600)
    assert ready.of(public_id, "state") == ("paid",)
    assert decide(ready, queue.given_back).state == "refunded"


def test_a_wrong_number_changes_nothing(ready, owed, bank):
    take(ready, bank([(100, UNKNOWN, "x")]))
    for number in ("2026-00002", "", "%", "x" * 20):
        with pytest.raises(DomainError, match="geen open factuur"):
            decide(ready, lambda one, number=number: queue.assign(one, number))
    assert entries(ready)[0].state == "waiting"


def test_money_is_ignored_or_sent_back_with_a_reason_and_once(ready, bank):
    take(ready, bank([(100, "subsidie", "x")]))
    entry = decide(ready, lambda one: queue.ignore(one, "Dit is een subsidie."))
    assert (entry.state, entry.note) == ("ignored", "Dit is een subsidie.")
    for act in (
        lambda one: queue.ignore(one, "x"),
        lambda one: queue.give_back(one, "x"),
        queue.given_back,
    ):
        with pytest.raises(DomainError, match="al"):
            decide(ready, act)


def test_what_is_to_be_sent_back_stays_on_the_list_until_it_was(ready, bank):
    take(ready, bank([(100, "fout", "x")]))
    assert decide(ready, lambda one: queue.give_back(one, "Verkeerd betaald.")).over_cents == 100
    assert ready.read(lambda: len(db.session.scalars(queue.waiting()).all())) == 1
    decide(ready, queue.given_back)
    assert ready.read(lambda: len(db.session.scalars(queue.waiting()).all())) == 0
