"""Many processes issue for one seller at once: no number is missing and none is given twice."""

import multiprocessing
from collections import Counter as Count

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from marketplace.db import db, writing
from marketplace.kit.errors import DomainError
from plugins.invoicing import finding, issuing, moving, numbering
from plugins.invoicing.models import Counter, Entry, Issued, Paper, SellerRow
from plugins.invoicing.statements import intake

from .bank_files import coda

pytestmark = pytest.mark.race

ISSUERS = 16
FEW, MANY = 48, 10_000
PATIENCE = 3600


def together(app, act):
    """Run ``act(number)`` in sixteen processes that start at once; gives what each answered."""
    fork = multiprocessing.get_context("fork")
    barrier, results = fork.Barrier(ISSUERS), fork.Queue()

    def one(number):
        with app.test_request_context():
            db.engine.dispose(close=False)  # the parent's connections are not ours
            barrier.wait(60)
            try:
                results.put(act(number))
            except Exception as error:
                results.put(repr(error))
                raise

    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    processes = [fork.Process(target=one, args=(number,)) for number in range(ISSUERS)]
    for process in processes:
        process.start()
    found = [results.get(timeout=PATIENCE) for _ in processes]
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    return found


def drafts(books, count):
    """So many drafts of one order; what tells them apart is their origin."""
    first = books.draft()

    def copy():
        paper = finding.paper_of(first)
        names = (
            "kind",
            "slug",
            "order",
            "organisation",
            "buyer_name",
            "title",
            "lines",
            "net_cents",
        )
        facts = {name: getattr(paper, name) for name in names}
        made = [Paper(origin=f"copy:{n}", **facts) for n in range(count - 1)]
        db.session.add_all(made)
        db.session.flush()
        return [first, *(one.public_id for one in made)]

    return books.write(copy)


def attempt(name, takes_back):
    """Whether it was done: SQLite turns a writer away who waited for ten seconds."""
    try:
        with writing():
            issuing.issue(finding.paper_of(name))
            db.session.rollback() if takes_back else db.session.commit()
        return True
    except OperationalError:
        db.session.rollback()
        return False
    finally:
        db.session.remove()


def series(books):
    return books.read(
        lambda: db.session.scalars(select(Issued.sequence).order_by(Issued.sequence)).all()
    )


def test_numbers_stay_gapless_under_sixteen_issuers(ready, request):
    count = MANY if request.config.getoption("--drill") else FEW
    names = drafts(ready, count)

    def issue(number):
        """Every third paper is first issued and taken back, as when something fails at the end."""
        mine = names[number::ISSUERS]
        for place, name in enumerate(mine):
            if place % 3 == 0:
                attempt(name, takes_back=True)
            while not attempt(name, takes_back=False):
                pass
        return len(mine)

    assert sum(together(ready.app, issue)) == count
    assert series(ready) == list(range(1, count + 1))


def test_control_a_number_that_is_read_and_written_apart_is_given_twice(ready):
    seller = ready.read(lambda: db.session.scalars(select(SellerRow.id)).one())
    ready.write(lambda: numbering.draw(seller, 2026))

    def draw(_number):
        mine = []
        for _time in range(20):
            last = db.session.scalars(select(Counter.last)).one()
            db.session.rollback()
            with writing():
                db.session.execute(update(Counter).values(last=last + 1))
                db.session.commit()
            mine.append(last + 1)
        return mine

    drawn = Count(number for mine in together(ready.app, draw) for number in mine)
    assert max(drawn.values()) > 1


def test_one_draft_is_issued_once_however_many_press(ready):
    name = ready.draft()

    def issue(_number):
        with writing():
            try:
                issuing.issue(finding.paper_of(name))
                db.session.commit()
            except DomainError as error:
                db.session.rollback()
                return error.code
        return "issued"

    assert Count(together(ready.app, issue)) == {"issued": 1, "not-now": ISSUERS - 1}
    assert series(ready) == [1]


def test_credits_at_once_never_exceed_the_invoice(ready):
    name = ready.issued()

    def credit(number):
        with writing():
            try:
                issuing.credit(finding.paper_of(name), 50_000, "Samen", f"k{number}")
                db.session.commit()
            except DomainError as error:
                db.session.rollback()
                return error.code
        return "credited"

    said = Count(together(ready.app, credit))
    assert 1 <= said["credited"] <= 4
    (taken,) = ready.of(name, "credited_net_cents")
    assert taken == said["credited"] * 50_000
    assert len(series(ready)) == 1 + said["credited"]


def test_the_same_money_at_once_is_booked_once(ready):
    name = ready.issued()

    def book(_number):
        with writing():
            try:
                done = moving.book(finding.paper_of(name), 290_400, "een en hetzelfde")
                db.session.commit()
            except DomainError:
                db.session.rollback()
                return False
        return done

    assert sum(together(ready.app, book)) == 1
    assert ready.of(name, "state", "paid_cents") == ("paid", 290_400)


def test_one_file_taken_in_at_once_is_kept_once(ready):
    data = coda([(100, "bedankt", "x"), (200, "bedankt", "y")])

    def take(_number):
        with writing():
            try:
                new = intake.take(data).new
                db.session.commit()
            except DomainError as error:
                db.session.rollback()
                return error.code
        return new

    said = Count(together(ready.app, take))
    assert said[2] == 1
    assert set(said) <= {2, 0, "not-now"}
    assert ready.read(lambda: len(db.session.scalars(select(Entry)).all())) == 2
