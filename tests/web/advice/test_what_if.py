"""What if: another budget gives an answer at once, and stores nothing until it is kept."""

import pytest
from sqlalchemy import func, select

from marketplace.advice.models import Advice
from marketplace.db import db, writing
from marketplace.host import switch
from marketplace.requests.models import RequestAnswer
from tests.factories.requests import filled


@pytest.fixture
def advised(market, client):
    """The address of an advice for the care home."""
    check = filled(client)
    return client.post(check.replace("/nakijken", "/advies")).location


def budget(app):
    with app.app_context():
        row = select(RequestAnswer.data).where(RequestAnswer.page == "budget")
        return db.session.scalars(row).one()


def given(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Advice))


def test_a_preview_says_what_changes_and_stores_nothing(market, client, advised):
    answer = client.post(f"{advised}/wat-als", data={"net": "0", "hours": "120"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "0 euro van 0 euro" in answer.text
    assert "goedkoper" in answer.text
    assert "Valt weg" in answer.text
    assert "Bewaar dit plan" in answer.text
    assert (given(market), budget(market)["euro"]) == (1, 400_000)


def test_the_same_budget_is_the_plan_in_hand(client, advised):
    answer = client.post(f"{advised}/wat-als", data={"net": "4000", "hours": "120"})
    assert "Dit is het plan dat u nu ziet." in answer.text
    assert "Bewaar dit plan" not in answer.text


def test_what_is_kept_is_what_was_shown_and_a_second_press_keeps_it_once(market, client, advised):
    change = {"net": "1.000", "hours": "120"}
    shown = client.post(f"{advised}/wat-als", data=change).text
    kept = [client.post(f"{advised}/opnieuw", data=change).location for _press in range(2)]
    assert kept[0] == kept[1] != advised
    assert (given(market), budget(market)["euro"]) == (2, 100_000)
    with market.app_context():
        newest = db.session.scalars(select(Advice).order_by(Advice.number.desc())).first()
        titles = newest.document["titles"]
        for line in newest.document["answer"]["bundle"]["lines"]:
            title = titles[line["version_id"]]["title"]
            assert title in shown or title in client.get(advised).text


@pytest.mark.parametrize(
    ("net", "hours", "told"),
    [
        ("vierduizend", "120", "Typ een bedrag zoals 4000"),
        ("4000", "9" * 40, "Typ een heel getal"),
        ("4000", "", "Vul dit veld in"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_kept(market, client, advised, net, hours, told):
    answer = client.post(f"{advised}/wat-als", data={"net": net, "hours": hours})
    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert told in answer.text
    assert f'value="{net}"' in answer.text
    assert given(market) == 1


def test_somebody_else_gets_no_preview(market, advised):
    answer = market.test_client().post(f"{advised}/wat-als", data={"net": "1", "hours": "1"})
    assert answer.status_code == 404


def test_a_preview_needs_a_token(make_app, client, advised):
    guarded = make_app(WTF_CSRF_ENABLED=True).test_client()
    with client.session_transaction() as mine, guarded.session_transaction() as cookie:
        cookie.update(mine)
    answer = guarded.post(f"{advised}/wat-als", data={"net": "1", "hours": "1"})
    assert answer.status_code == 400


def test_without_an_answer_the_budget_stays_as_it_was(market, client, advised):
    with market.app_context(), writing():
        switch.turn("matching", on=False)
        db.session.commit()
    for address in ("wat-als", "opnieuw"):
        answer = client.post(f"{advised}/{address}", data={"net": "7", "hours": "7"})
        assert answer.status_code == 422
        assert "We kunnen nu geen advies berekenen." in answer.text
    assert budget(market) == {"euro": 400_000, "hours": 120}


def test_the_page_asks_at_once_with_htmx_and_posts_without(client, advised):
    page = client.get(advised).text
    assert f'action="{advised}/opnieuw"' in page
    assert f'hx-post="{advised}/wat-als"' in page
    assert "htmx.min.js" in page
    assert '"allowEval":false' in page
    assert 'id="what-if-result" class="what-if-result" aria-live="polite"' in page


def test_asking_again_with_nothing_changed_is_the_same_advice(market, client, advised):
    with market.app_context():
        request = db.session.scalars(select(Advice)).one().request.public_id
    assert client.post(f"/aanvraag/{request}/advies").location == advised
    assert given(market) == 1
