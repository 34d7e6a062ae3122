"""The first page: what waits, and what to do when nothing does."""

from datetime import timedelta

from marketplace import clock
from tests.factories import dossiers as make
from tests.web.desk.conftest import of


def test_nothing_waits(consultant):
    page = consultant.get("/balie/overzicht").text
    for text in ("Alles is bevestigd", "Geen partner laat", "Nog geen advies deze week"):
        assert text in page
    assert page.count("<strong>0</strong>") == 3


def test_what_waits_is_counted_and_linked(consultant, case):
    page = consultant.get("/balie/overzicht").text
    assert page.count("<strong>1</strong>") == 3
    assert "bestelling wacht op bevestiging" in page
    assert f"/balie/bestellingen/{case['order']}" in page
    assert f"/balie/doorverwijzingen/{case['referral']}" in page
    assert f"/balie/aanvragen/{case['request']}" in page


def test_a_week_begins_on_monday_in_brussels(written, home, consultant):
    """The clock stands at Monday 23 November 10:00; Sunday 23:30 in Brussels was last week."""

    def act(session):
        place = of(session, home)
        for hours in (9.5, 10.5):
            created = clock.now() - timedelta(hours=hours)
            make.advice(session, make.request(session, place, "advised"), created=created)

    written(act)
    assert "<strong>1</strong> <span>aanvraag kreeg" in consultant.get("/balie/overzicht").text


def test_two_advices_of_one_request_are_one_request(written, home, consultant):
    def act(session):
        asked = make.request(session, of(session, home), "advised")
        make.advice(session, asked, 1)
        make.advice(session, asked, 2)

    written(act)
    assert "<strong>1</strong> <span>aanvraag kreeg" in consultant.get("/balie/overzicht").text


def test_what_waits_longest_comes_first(written, home, consultant):
    def act(session):
        given = make.advice(session, make.request(session, of(session, home), "ordered"))
        for days in range(7):
            moment = clock.now() - timedelta(days=days)
            make.order(session, given, title=f"Wacht {days} dagen", created=moment)

    written(act)
    page = consultant.get("/balie/overzicht").text
    assert page.index("Wacht 6 dagen") < page.index("Wacht 5 dagen") < page.index("Wacht 2 dagen")
    assert "Wacht 1 dagen" not in page
    assert "<strong>7</strong>" in page
