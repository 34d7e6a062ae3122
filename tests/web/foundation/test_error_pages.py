"""Every failure is a Dutch page that says what to do, and shows nothing of the inside."""

import os

import pytest
from flask import Response, abort
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.web.errors import PAGES

INSIDE = ("Traceback", "RuntimeError", "sqlalchemy", "werkzeug", ".py", "canary", "Internal Server")


@pytest.fixture
def house(app):
    def fails(status):
        if status == 500:
            raise RuntimeError("canary")
        if status == 503:
            raise OperationalError("select canary", {}, Exception("canary"))
        abort(status)

    def absent():
        raise NotFound

    def ready_made():
        abort(Response("al klaar", 418))

    app.add_url_rule("/faal/<int:status>", "fails", fails)
    app.add_url_rule("/weg", "absent", absent)
    app.add_url_rule("/al-klaar", "ready_made", ready_made)
    app.extensions["policies"] |= dict.fromkeys(("fails", "absent", "ready_made"), "public")
    return app


@pytest.mark.parametrize("status", sorted(PAGES))
def test_a_failure_says_what_happened_and_what_to_do(house, status):
    answer = house.test_client().get(f"/faal/{status}")
    assert answer.status_code == status
    title, advice = map(str, PAGES[status])
    assert f"<h1>{title}</h1>" in answer.text
    assert advice in answer.text
    assert 'lang="nl"' in answer.text
    assert not [word for word in INSIDE if word in answer.text]


@pytest.mark.parametrize(("status", "like"), [(406, 400), (415, 400), (422, 400), (502, 500)])
def test_a_rare_failure_has_a_page_too(house, status, like):
    answer = house.test_client().get(f"/faal/{status}")
    assert answer.status_code == status
    assert str(PAGES[like][0]) in answer.text


def test_what_is_absent_is_404(house):
    answer = house.test_client().get("/weg")
    assert answer.status_code == 404
    assert "Naar de startpagina" in answer.text


def test_a_wrong_method_says_so_and_names_the_right_ones(client):
    answer = client.post("/healthz")
    assert answer.status_code == 405
    assert "Dit kan niet op deze pagina" in answer.text
    assert "GET" in answer.headers["Allow"]


def test_an_answer_that_a_view_made_itself_is_left_alone(house):
    answer = house.test_client().get("/al-klaar")
    assert (answer.status_code, answer.text) == (418, "al klaar")


def parts(*fields: tuple[str, str]) -> bytes:
    """A form as a browser sends it in parts."""
    head = '--b\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    return ("".join(head.format(*field) for field in fields) + "--b--\r\n").encode()


@pytest.mark.parametrize(
    "body",
    [
        parts(("name", "a" * 2_000_001)),
        parts(("name", "a" * 500_001)),
        parts(*((f"n{number}", "a") for number in range(1_001))),
    ],
    ids=["too-large", "one-field-too-large", "too-many-fields"],
)
def test_too_much_is_refused_in_dutch(client, body):
    answer = client.post("/voorbeelden", data=body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 413
    assert "Dit is te groot" in answer.text


@pytest.mark.parametrize(
    "body", [b"name=%ff%fe", b"name=%00", b"%%%", b"name=\xed\xa0\x80", b"=&&;;", b"name[]=1"]
)
def test_bytes_that_are_no_text_are_answered(client, body):
    answer = client.post(
        "/voorbeelden", data=body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert "Kijk deze punten na" in answer.text


@pytest.mark.parametrize(
    "address", ["/%00", "/aanbod/%ff", "/aanbod?page=%00", "/aanbod/" + "a" * 5000, "/..%2f..%2fx"]
)
def test_odd_addresses_are_answered(client, address):
    assert client.get(address).status_code < 500


def test_a_wrong_host_is_refused_without_being_repeated(make_app):
    client = make_app(TRUSTED_HOSTS=["localhost"]).test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/aanmelden", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "Wij begrijpen uw vraag niet" in answer.text
    assert "evil.example" not in answer.text + str(answer.headers)


@pytest.fixture
def cut_off(make_app, tmp_path):
    """A house whose database cannot be reached."""
    app = make_app(JOBS_ENGINE="worker")
    url = "postgresql+psycopg://nobody@/x?host=" + str(tmp_path / "no-socket")
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'gone' / 'x.db'}"
    lost = make_app(JOBS_ENGINE="worker", SQLALCHEMY_DATABASE_URI=url)
    if (tmp_path / "gone").exists():
        for name in os.listdir(tmp_path / "gone"):
            (tmp_path / "gone" / name).unlink()
        (tmp_path / "gone").rmdir()
    return lost


def test_without_its_database_the_house_says_that_it_is_busy(cut_off):
    with cut_off.app_context(), pytest.raises(OperationalError):
        db.session.execute(text("select 1"))
    answer = cut_off.test_client().get("/aanbod")
    assert answer.status_code == 503
    assert "Het is even te druk" in answer.text
    assert not [word for word in INSIDE if word in answer.text]


def test_without_its_database_the_house_is_alive_but_not_ready(cut_off):
    client = cut_off.test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "database: OperationalError" in answer.text
    assert client.get("/metrics").status_code == 200
