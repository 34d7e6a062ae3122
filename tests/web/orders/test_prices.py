"""The price that a person can check, what has to be asked for, the agenda and the reminders."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from sqlalchemy import func, select, update

from marketplace.advice.models import Advice
from marketplace.advice.prices import price_view
from marketplace.db import db, writing
from marketplace.jobs.models import Job
from marketplace.jobs.services import run_due
from marketplace.orders.models import Order
from marketplace.orders.services import cancel_order
from tests.factories.dossiers import LINE
from tests.factories.orders import NOTE, agree, key_of, mails, page_of
from tests.factories.requests import fill_in

FIRST, LAST = "2027-01-05", "2027-01-25"
AIDS = [
    {
        "rule": "fonds",
        "cents": 20_000,
        "certainty": "certain",
        "title": "Steun van het fonds",
        "source": "https://fonds.example/steun",
        "checked_on": "2026-11-01",
        "claimed": True,
        "apply": "Vraag dit aan met het formulier.",
        "apply_by": LAST,
        "more": "/x/subsidies/fonds",
    },
    {
        "rule": "premie",
        "cents": 10_000,
        "most_cents": 30_000,
        "certainty": "possible",
        "title": "Premie <b>van de gemeente</b>",
        "apply_by": FIRST,
        "more": "javascript:alert(1)",
    },
    {
        "rule": "verlof",
        "cents": 190_848,
        "certainty": "certain",
        "title": "Verlof",
        "wage_side": True,
    },
]
PRICED = {
    "gross_cents": 240_000,
    "net_cents": 270_400,
    "vat": "standard",
    "vat_cents": 50_400,
    "refused": [{"code": "kmop-not-non-profit", "facts": {}}],
}


@pytest.fixture
def advised(market, employer):
    """The public id of an advice whose lines have every kind of aid."""
    return advise(market, employer, AIDS)


def advise(market, employer, aids):
    check = fill_in(employer)
    public_id = employer.post(check.replace("/nakijken", "/advies")).location.rsplit("/", 1)[1]
    with market.app_context(), writing():
        advice = db.session.scalars(select(Advice)).one()
        document = json.loads(json.dumps(advice.document))
        for line in document["answer"]["bundle"]["lines"]:
            line.update(PRICED | {"aid": aids})
        db.session.execute(update(Advice).values(document=document))  # past its own guard
        db.session.commit()
    return public_id


@pytest.fixture
def ordered(market, employer, advised):
    """The address of an order of that advice."""
    return agree(employer, page_of(market, advised, "agency")).location


def reminders(app):
    return [mail for mail in mails(app) if "Vraag uw steun op tijd aan" in mail]


def run_on(app, day):
    clock = app.extensions["clock"]
    before, clock.at = clock.at, datetime.combine(day, datetime.min.time(), UTC).replace(hour=12)
    run_due(app)
    clock.at = before


def events(raw):
    return icalendar.Calendar.from_ical(raw).walk("VEVENT")


def pages(app, employer, advised, ordered):
    yield employer.get(f"/advies/{advised}").text
    yield employer.get(page_of(app, advised, "partner")).text
    yield employer.get(ordered).text


def test_the_card_shows_every_cent_with_its_certainty_source_deadline_and_reasons(
    market, employer, advised, ordered
):
    for page in pages(market, employer, advised, ordered):
        for words in (
            "Brutoprijs, zonder btw",
            "Btw, 21 %",
            "504 euro",
            "U krijgt de btw niet terug",
            "U betaalt op de factuur",
            "2.904 euro",
            "Steun van het fonds",
            "−200 euro",
            "Netto voor u",
            "2.704 euro",
            "Niet meegeteld",
            "100 tot 300 euro",
            "1.908,48 euro",
            "Komt op uw loonkosten, niet op de factuur",
            "Vraag dit aan ten laatste op 25 januari 2027",
            'href="/x/subsidies/fonds"',
            'href="https://fonds.example/steun"',
            "fonds.example, nagekeken op 1 november 2026",
            "Waarom andere steun niet geldt",
        ):
            assert words in page, words
        assert "javascript:" not in page
        assert "<b>van de gemeente" not in page


def test_what_to_ask_for_stands_in_the_order_of_its_last_day(market, employer, advised, ordered):
    for page in (employer.get(f"/advies/{advised}").text, employer.get(ordered).text):
        asked = page.split("Wat u nu moet aanvragen")[1]
        first, last = asked.index("Ten laatste op 5 januari"), asked.index("Ten laatste op 25 jan")
        assert first < last
        assert "Vraag dit aan met het formulier." in asked
        assert "Zet in uw agenda" in asked


def test_a_day_that_is_past_is_marked_and_not_reminded_of(market, employer):
    past = [AIDS[0] | {"apply_by": "2026-11-22"}, AIDS[1] | {"apply_by": "2026-11-23"}]
    advised = advise(market, employer, past)
    order = agree(employer, page_of(market, advised, "agency")).location
    assert employer.get(order).text.count("voorbij") == 1
    assert [mail.count("Premie") > 0 for mail in reminders(market)] == [True]


def test_the_agenda_has_a_day_per_deadline_with_an_alarm_a_week_before(
    market, employer, advised, ordered
):
    answer = employer.get(f"{ordered}/agenda.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    first, last = sorted(events(answer.data), key=lambda one: one.decoded("dtstart"))
    assert first.decoded("dtstart") == date(2027, 1, 5)
    assert last.decoded("dtend") == date(2027, 1, 26)
    for event in (first, last):
        [alarm] = event.walk("VALARM")
        assert alarm.decoded("trigger") == timedelta(days=-7)
        assert event.decoded("url").endswith(ordered)


def test_the_agenda_keeps_its_identity_and_has_no_other_twice(market, employer, advised, ordered):
    for address in (f"{ordered}/agenda.ics", f"/advies/{advised}/agenda.ics"):
        one, two = (employer.get(address).data for _ in range(2))
        assert one == two
        ids = [str(event["uid"]) for event in events(one)]
        assert len(ids) == len(set(ids))


def test_an_agenda_of_somebody_else_or_without_deadlines_is_not_found(
    market, employer, advised, ordered, signed_in
):
    stranger = signed_in("employer", email="ander@example.org")
    for address in (f"{ordered}/agenda.ics", f"/advies/{advised}/agenda.ics"):
        assert employer.get(address).status_code == 200
        assert stranger.get(address).status_code == 404
    assert market.test_client().get(f"/advies/{advised}/agenda.ics").status_code == 404
    with market.app_context(), writing():
        order = db.session.scalars(select(Order)).one()
        order.line = dict(order.line) | {"aid": []}
        db.session.commit()
    assert employer.get(f"{ordered}/agenda.ics").status_code == 404


def test_a_reminder_is_mailed_a_week_before_each_last_day_and_once(market, ordered):
    run_on(market, date(2026, 12, 28))
    assert reminders(market) == []
    run_on(market, date(2026, 12, 29))
    run_on(market, date(2026, 12, 30))
    [mail] = reminders(market)
    assert "5 januari 2027" in mail
    assert ordered in mail
    run_on(market, date(2027, 1, 20))
    assert len(reminders(market)) == 2


def test_how_early_the_reminder_comes_is_a_setting(market, employer, advised):
    market.config["REMIND_DAYS"] = 30
    agree(employer, page_of(market, advised, "agency"))
    run_on(market, date(2026, 12, 6))
    assert len(reminders(market)) == 1


def test_a_cancelled_order_is_not_reminded_of(market, ordered):
    with market.test_request_context(), writing():
        cancel_order(db.session.scalars(select(Order)).one())
    run_on(market, date(2027, 1, 20))
    assert reminders(market) == []


def test_a_worker_that_comes_after_the_last_day_sends_nothing(market, ordered):
    run_on(market, date(2027, 2, 1))
    assert reminders(market) == []


def test_the_same_post_twice_queues_each_reminder_once(market, employer, advised):
    url = page_of(market, advised, "agency")
    key = key_of(employer.get(url).text)
    for _post in range(2):
        employer.post(url, data={"key": key})
    assert queued(market) == 2


def test_a_referral_shows_its_price_and_is_not_reminded_of(market, employer, advised):
    page = employer.get(agree(employer, page_of(market, advised, "partner"), **NOTE).location).text
    assert "Netto voor u" in page
    assert f"/advies/{advised}/agenda.ics" in page
    assert queued(market) == 0


def queued(app):
    with app.app_context():
        jobs = select(func.count()).select_from(Job).where(Job.kind == "orders.remind")
        return db.session.scalar(jobs)


def test_a_cancelled_order_asks_for_nothing_any_more(market, employer, ordered):
    assert "Wat u nu moet aanvragen" in employer.get(ordered).text
    employer.post(f"{ordered}/annuleren")
    assert "Wat u nu moet aanvragen" not in employer.get(ordered).text


def test_what_is_free_has_no_row_for_vat(app):
    with app.test_request_context():
        for gross, rows in ((0, ["gross", "net"]), (100, ["gross", "vat", "net"])):
            line = replace(LINE, gross_cents=gross, aid=(), vat=None)
            assert [row["kind"] for row in price_view(line, None).rows] == rows
