"""Consultants list and read requests; they change nothing, and every reading is noted."""

import pytest
from sqlalchemy import select

from marketplace.audit.models import AuditEntry
from marketplace.db import db
from tests.factories import dossiers as make
from tests.web.desk.conftest import of


def test_the_list_is_empty_at_first_and_says_what_it_is_for(consultant):
    page = consultant.get("/balie/aanvragen").text
    assert "Er zijn nog geen aanvragen" in page


def test_a_request_without_one_answer_is_not_listed(written, client, consultant):
    client.post("/aanvraag")
    assert "Er zijn nog geen aanvragen" in consultant.get("/balie/aanvragen").text


def test_a_row_shows_who_where_what_and_how_far(written, home, consultant):
    written(lambda session: make.request(session, of(session, home), "advised"))
    written(lambda session: make.request(session, refnis="44021"))
    page = consultant.get("/balie/aanvragen").text
    for text in ("Woonzorgcentrum Den Boomgaard", "Aalst", "Advies klaar", "23/11/2026"):
        assert text in page
    assert "zonder account" in page
    assert "Gent" in page
    assert "Nederlands op de werkvloer" in page


@pytest.fixture
def three(written, home):
    """An employer's request in Aalst, and two of visitors elsewhere."""

    def act(session):
        place = of(session, home)
        make.request(session, place, "advised", refnis=None).establishment = place.establishments[0]
        make.request(session, refnis="44021", status="draft")
        make.request(
            session, refnis="44021", topic="diversity-training", lane="together", status="ready"
        )

    written(act)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("stand=draft", 1),
        ("stand=ordered", 0),
        ("gemeente=Gent", 2),
        ("gemeente=9300", 1),
        ("werkgever=boomgaard", 1),
        ("werkgever=%25", 0),
        ("onderwerp=dutch-on-the-floor", 2),
        ("onderwerp=diversity-training", 1),
        ("onderwerp=diversity-training&gemeente=Aalst", 0),
        ("stand=draft&gemeente=9000&onderwerp=dutch-on-the-floor", 1),
    ],
)
def test_filters_are_the_address(three, consultant, query, count):
    page = consultant.get(f"/balie/aanvragen?{query}").text
    assert page.count('href="/balie/aanvragen/') == count
    if not count:
        assert "Wij vinden geen aanvraag" in page


def test_a_topic_whose_lane_was_dropped_does_not_count(written, consultant):
    def act(session):
        asked = make.request(session)
        next(one for one in asked.answers if one.page == "lanes").data = {"lanes": ["people"]}

    written(act)
    page = consultant.get("/balie/aanvragen?onderwerp=dutch-on-the-floor").text
    assert "Wij vinden geen aanvraag" in page


def test_an_answered_place_wins_from_the_establishment(written, home, consultant):
    def act(session):
        place = of(session, home)
        make.request(session, place, refnis="44021").establishment = place.establishments[0]

    written(act)
    assert "Wij vinden geen" in consultant.get("/balie/aanvragen?gemeente=Aalst").text
    assert "Den Boomgaard" in consultant.get("/balie/aanvragen?gemeente=Gent").text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("gemeente=Parijs", "Wij kennen deze gemeente niet"),
        ("werkgever=a%07b", "onzichtbaar teken"),
        (f"werkgever={'x' * 5000}", "ten hoogste 100 tekens"),
        ("stand=weg", "Kies een waarde"),
        ("onderwerp='", "Kies een waarde"),
    ],
)
def test_a_wrong_filter_is_said_beside_it_and_left_out(three, consultant, query, message):
    answer = consultant.get(f"/balie/aanvragen?{query}")
    assert answer.status_code == 200
    assert message in answer.text
    assert answer.text.count('href="/balie/aanvragen/') == 3


def test_long_lists_have_pages_that_keep_the_filter(written, consultant):
    written(lambda session: [make.request(session, status="ready") for _ in range(51)])
    page = consultant.get("/balie/aanvragen?stand=ready").text
    assert page.count('href="/balie/aanvragen/') == 50
    assert "stand=ready&amp;page=2" in page
    assert (
        consultant.get("/balie/aanvragen?stand=ready&page=2").text.count("/balie/aanvragen/") == 1
    )


def test_a_dossier_shows_everything_and_lets_nothing_be_changed(consultant, case):
    page = consultant.get(f"/balie/aanvragen/{case['request']}").text
    for text in (
        "Woonzorgcentrum Den Boomgaard",
        "0403019261",
        "4.000 euro",
        "Advies 1",
        "Bestelling: Taalcoaching op de werkvloer",
        "Doorverwijzing: Taalcoaching op de werkvloer",
        "Bevestig de bestelling.",
        "Nederlands op de werkvloer",
    ):
        assert text in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in main
    assert "/aanvraag/" not in main


def test_a_dossier_without_account_and_without_answers_can_be_read(written, consultant):
    def act(session):
        asked = make.request(session, refnis=None, status="draft")
        asked.answers = asked.answers[:1]
        return asked.public_id

    page = consultant.get(f"/balie/aanvragen/{written(act)}").text
    assert "Werkgever zonder account" in page
    assert "nog niet gekend" in page
    assert "Er is nog geen advies gegeven" in page


def test_the_advice_is_read_as_it_was_given(consultant, case):
    page = consultant.get(f"/balie/aanvragen/{case['request']}/advies/{case['advice']}").text
    assert "Advies 1: 1 van 1 nood gedekt" in page
    assert "Taalcoaching op de werkvloer" in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in main


def test_an_advice_of_another_request_is_absent(written, consultant, case):
    other = written(lambda session: make.request(session).public_id)
    assert consultant.get(f"/balie/aanvragen/{other}/advies/{case['advice']}").status_code == 404
    assert consultant.get(f"/balie/aanvragen/{case['request']}/advies/x").status_code == 404


def test_an_absent_dossier_is_absent_and_not_noted(consultant, actions):
    assert consultant.get("/balie/aanvragen/weg").status_code == 404
    assert "request.viewed" not in actions()


def test_every_reading_is_noted_with_who_did_it(app, consultant, case):
    consultant.get(f"/balie/aanvragen/{case['request']}")
    consultant.get(f"/balie/aanvragen/{case['request']}/advies/{case['advice']}")
    with app.app_context():
        query = select(AuditEntry).where(AuditEntry.action.endswith(".viewed"))
        found = {(one.action, one.subject, one.actor) for one in db.session.scalars(query)}
    who = f"person:{consultant.person_id}"
    assert found == {
        ("request.viewed", f"request:{case['request']}", who),
        ("advice.viewed", f"advice:{case['advice']}", who),
    }


def test_reading_waits_for_nobody_who_writes(app, written, consultant, case):
    """The note is written by a transaction of its own, whatever was committed meanwhile."""
    for _ in range(3):
        assert consultant.get(f"/balie/aanvragen/{case['request']}").status_code == 200
        written(lambda session: make.request(session))
