"""Logs: one line per request with its id, and nothing that a person typed."""

import json
import re

import pytest

CANARY = "Kanarie-Janssens-0470123456"


@pytest.fixture
def lines(make_app, capsys, monkeypatch):
    """Make an application that logs as in production, and read what it wrote."""
    app = make_app(ENVIRONMENT="production", TRUSTED_HOSTS=None, SESSION_COOKIE_SECURE=False)

    def broken():
        raise ValueError(f"no such person: {CANARY}")

    app.add_url_rule("/kapot", "broken", broken)
    app.extensions["policies"]["broken"] = "public"

    def read():
        out = capsys.readouterr()
        assert out.out == ""
        return [json.loads(line) for line in out.err.splitlines()]

    return app.test_client(), read


def test_a_request_is_one_line_with_the_id_of_its_answer(lines):
    client, read = lines
    answer = client.get("/healthz")
    [line] = read()
    assert line["event"] == "request"
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert (line["method"], line["endpoint"], line["status"]) == ("GET", "health.alive", 200)
    assert line["milliseconds"] >= 0
    assert line["timestamp"].endswith("Z")


def test_two_requests_have_two_ids(lines):
    client, read = lines
    ids = {client.get("/healthz").headers["X-Request-Id"] for _ in range(5)}
    assert len(ids) == 5
    assert {line["request_id"] for line in read()} == ids


def test_a_crash_tells_where_and_not_what(lines):
    client, read = lines
    answer = client.get("/kapot")
    crash = next(line for line in read() if line["event"] == "unhandled_error")
    assert crash["exception"] == "ValueError"
    assert "broken" in crash["trace"][-1]
    assert crash["request_id"] == answer.headers["X-Request-Id"]
    assert CANARY not in json.dumps(crash)


def test_nothing_that_a_person_typed_reaches_the_log(lines):
    client, read = lines
    client.get(f"/{CANARY}")
    client.get(f"/aanbod?q={CANARY}&page={CANARY}")
    client.get(f"/verder/{CANARY}")
    client.get("/kapot", headers={"User-Agent": CANARY, "Referer": CANARY, "Cookie": CANARY})
    for address in ("/aanmelden", "/wachtwoord-vergeten", "/registreren/account", "/aanvraag"):
        form = dict.fromkeys(("email", "password", "name", "next", "number"), CANARY)
        client.post(address, data=form)
    written = read()
    assert len(written) >= 8
    assert CANARY not in json.dumps(written)
    assert not re.search(r"0470123456", json.dumps(written))


def test_a_line_cannot_be_forged(lines):
    client, read = lines
    client.get("/healthz%0a%7B%22event%22%3A%22forged%22%7D")
    client.get("/healthz", headers={"X-Request-Id": '{"event": "forged"}'})
    assert "forged" not in {line["event"] for line in read()}
