"""One page saved by several windows at the same moment stays one answer."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from marketplace.db import db
from marketplace.requests.models import RequestAnswer
from tests.factories import requests as factory


@pytest.mark.race
def test_windows_that_save_together_leave_one_answer(app, client):
    page = factory.held(app, client, {}).replace("nakijken", "place")
    cookie = client.get_cookie("session").value

    def save(town):
        window = app.test_client()
        window.set_cookie("session", cookie)
        return window.post(page, data={"municipality": town}).status_code

    towns = ["Aalst", "Gent"] * 4
    with ThreadPoolExecutor(len(towns)) as windows:
        statuses = list(windows.map(save, towns))
    assert statuses == [302] * len(towns)
    with app.app_context():
        answers = db.session.scalars(select(RequestAnswer)).all()
    assert [answer.page for answer in answers] == ["place"]
    assert answers[0].data["municipality"] in towns
