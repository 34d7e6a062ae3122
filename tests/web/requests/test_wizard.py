"""The wizard as a visitor without JavaScript meets it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from marketplace.db import db
from marketplace.errors import DomainError
from marketplace.requests import services
from marketplace.requests.models import Request, RequestAnswer
from tests.factories import requests as factory


def page_of(url):
    return url.rsplit("/", 1)[1]


def stored(app):
    with app.app_context():
        return {row.page: row.data for row in db.session.scalars(select(RequestAnswer))}


def test_a_visitor_fills_in_everything_without_an_account(app, client):
    url = factory.fill_in(client)
    page = client.get(url).text
    assert "Aalst" in page
    assert "ten hoogste 4.000 euro en 120 uur" in page
    assert "Vraag uw advies" in page
    with app.app_context():
        request = db.session.scalars(select(Request)).one()
        facts = services.facts(request)
    assert [need.topic for need in facts.needs] == ["dutch-on-the-floor", "clear-language"]
    assert facts.budget.net_cents == 400_000


def test_each_page_has_one_question_as_its_heading_and_says_why(client):
    url = factory.begin(client)
    while page_of(url) != "nakijken":
        page = client.get(url).text
        assert page.count("<h1") == 1
        assert "Waarom vragen we dit?" in page
        assert "Stap:" in page
        assert "Later verdergaan" in page
        url = client.post(url, data=factory.typed(page_of(url))).location


def test_a_post_is_saved_at_once_and_the_next_page_says_when(app, client):
    first = factory.begin(client)
    assert "bewaard om" not in client.get(first).text
    second = client.post(first, data={"municipality": "Aalst"}).location
    assert "bewaard om 10:00" in client.get(second).text
    assert stored(app) == {"place": {"municipality": "Aalst", "refnis": "41002"}}


def test_an_answer_of_another_day_shows_the_day(app, client, clock):
    second = client.post(factory.begin(client), data={"municipality": "Aalst"}).location
    clock.at += timedelta(days=1)
    assert "bewaard op 23/11 om 10:00" in client.get(second).text


def test_a_browser_that_goes_back_finds_what_was_typed(client):
    first = factory.begin(client)
    second = client.post(first, data={"municipality": "Aalst"}).location
    assert 'value="Aalst"' in client.get(first).text
    assert f'href="{first}"' in client.get(second).text


@pytest.mark.parametrize("pages", [1, 5, 12])
def test_after_the_server_is_killed_every_answer_is_back(make_app, pages):
    client = make_app().test_client()
    url = factory.begin(client)
    for _page in range(pages):
        url = client.post(url, data=factory.typed(page_of(url))).location
    later = make_app().test_client()
    later.set_cookie("session", client.get_cookie("session").value)
    answer = later.get(url)
    assert answer.status_code == 200
    assert len(stored(make_app())) == pages


def test_two_saves_are_one_answer(app, client):
    first = factory.begin(client)
    locations = {client.post(first, data={"municipality": "Gent"}).location for _ in range(2)}
    assert len(locations) == 1
    client.post(first, data={"municipality": "Aalst"})
    assert stored(app) == {"place": {"municipality": "Aalst", "refnis": "41002"}}


def test_a_change_from_the_check_leads_straight_back(app, client):
    check = factory.fill_in(client)
    budget = check.replace("nakijken", "budget")
    assert f'href="{budget}"' in client.get(check).text
    assert client.post(budget, data={"euro": "0", "hours": "0"}).location == check
    assert "ten hoogste 0 euro en 0 uur" in client.get(check).text


def test_a_new_situation_asks_only_its_own_questions(client):
    check = factory.fill_in(client)
    more = ["dutch-on-the-floor", "clear-language", "language-practice"]
    page = check.replace("nakijken", "situations-language")
    url = client.post(page, data={"topics": more}).location
    assert page_of(url) == "same.language-practice"
    url = client.post(url, data={"same": "dutch-on-the-floor"}).location
    assert page_of(url) == "priorities"
    assert "Vraag uw advies" not in client.get(check).text


def test_the_same_draft_is_handed_out_until_something_is_filled_in(client):
    first = factory.begin(client)
    assert factory.begin(client) == first
    client.post(first, data={"municipality": "Aalst"})
    assert factory.begin(client) != first


def test_somebody_elses_request_is_not_found(app, client):
    url = factory.begin(client)
    base = url.rsplit("/", 1)[0]
    stranger = app.test_client()
    for address in (url, base, f"{base}/nakijken", f"{base}/later", "/aanvraag/bestaat-niet"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(url, data={"municipality": "Gent"}).status_code == 404
    assert stranger.post(f"{base}/later", data={"email": "a@b.be"}).status_code == 404


def test_a_page_that_went_away_leads_to_the_task_list(client):
    first = factory.begin(client)
    base = first.rsplit("/", 1)[0]
    for answer in (client.get(f"{base}/priorities"), client.post(f"{base}/group.mentoring")):
        assert answer.location == base
    assert client.get(f"{base}/bestaat-niet").status_code == 404
    assert client.get(f"{base}/group.yoga").status_code == 404


def test_the_task_list_links_what_can_be_done_and_blocks_the_check(client):
    url = client.post(factory.begin(client), data={"municipality": "Aalst"}).location
    page = client.get(url.rsplit("/", 1)[0]).text
    assert "Bezig" in page
    assert "Nog niet begonnen" in page
    assert "Kan nog niet beginnen" in page
    assert "nakijken" not in page


def test_changing_an_answer_asks_for_a_new_advice(session, app, client):
    request = factory.request(session, status="advised")
    services.save_page(request, "budget", {"euro": 0, "hours": 0})
    assert request.status == "draft"


def test_an_ordered_request_can_no_longer_change(session):
    request = factory.request(session, status="ordered")
    with pytest.raises(DomainError) as refused:
        services.save_page(request, "budget", {"euro": 0, "hours": 0})
    assert refused.value.code == "request-ordered"


def test_what_was_typed_stays_when_the_request_is_closed(app, client):
    check = factory.fill_in(client)
    with app.app_context():
        db.session.scalars(select(Request)).one().status = "ordered"
        db.session.commit()
    answer = client.post(check.replace("nakijken", "headcount"), data={"headcount": "77"})
    assert answer.status_code == 422
    assert "Begin een nieuwe" in answer.text
    assert 'value="77"' in answer.text


def test_the_statuses_go_one_way(session):
    request = factory.request(session)
    with pytest.raises(DomainError):
        services.mark_ordered(request)
    services.mark_advised(request)
    services.mark_ordered(request)
    services.mark_ordered(request)
    assert request.status == "ordered"


def test_an_open_page_stops_the_advice(session):
    answers = {key: data for key, data in factory.CARE.items() if key != "vat"}
    with pytest.raises(DomainError) as refused:
        services.facts(factory.request(session, answers))
    assert refused.value.code == "request-incomplete"


def queries(app, client, url):
    """The statements of one page; a look for due jobs comes after the answer."""
    seen = []
    with app.app_context():
        engine = db.engine

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get(url).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return [one for one in seen if not one.startswith("BEGIN") and " jobs" not in one]


@pytest.mark.parametrize("who", ["client", "employer"])
def test_a_page_takes_few_queries_however_many_needs_there_are(app, request, who):
    browser = request.getfixturevalue(who)
    check = factory.fill_in(browser)
    pages = ("sector", "group.clear-language", "budget", "nakijken")
    few = {page: queries(app, browser, check.replace("nakijken", page)) for page in pages}
    topics = ["dutch-on-the-floor", "clear-language", "language-practice", "safety-language"]
    browser.post(check.replace("nakijken", "situations-language"), data={"topics": topics})
    many = {page: queries(app, browser, check.replace("nakijken", page)) for page in pages}
    assert [len(seen) for seen in many.values()] == [len(seen) for seen in few.values()]
    for seen in few.values():
        assert len(seen) <= 6, "\n".join(seen)


def test_no_page_and_no_stored_answer_is_about_a_person(app, client):
    factory.fill_in(client)
    columns = {column.name for table in (Request, RequestAnswer) for column in table.__table__.c}
    fields = {key for data in stored(app).values() for key in data}
    forbidden = re.compile(r"name|email|phone|nationality|origin|religion|birth|mother|gender")
    assert not [key for key in columns | fields if forbidden.search(key)]
