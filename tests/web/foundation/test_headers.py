"""Headers of every answer: pages, files, redirects and errors alike."""

import pytest
from flask import abort

from marketplace.web.security import HEADERS

ADDRESSES = [
    "/",
    "/aanbod",
    "/aanmelden",
    "/voorbeelden",
    "/static/css/base.css",
    "/static/bestaat-niet.css",
    "/bestaat-niet",
    "/account",
    "/healthz",
    "/readyz",
    "/metrics",
    "/x/matching/",
    "/kapot",
    "/verboden",
]


@pytest.fixture
def client(app):
    def broken():
        raise RuntimeError("kapot")

    app.add_url_rule("/kapot", "broken", broken)
    app.add_url_rule("/verboden", "forbidden", lambda: abort(403))
    app.extensions["policies"] |= {"broken": "public", "forbidden": "public"}
    return app.test_client()


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "PATCH"])
def test_every_answer_carries_the_headers(client, address, method):
    with client.open(address, method=method) as answer:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert answer.headers["X-Request-Id"]


def test_every_address_of_the_house_carries_the_headers(app, client):
    for rule in app.url_map.iter_rules():
        filled = dict.fromkeys(rule.arguments, "bestaat-niet")
        answer = client.get(app.url_map.bind("localhost").build(rule.endpoint, filled))
        assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


def test_the_content_policy_allows_nothing_inline_and_no_stranger():
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert not any("http" in sources or "*" in sources for sources in policy.values())


def test_pages_are_not_kept_by_browsers_on_shared_machines(client):
    assert client.get("/aanmelden").headers["Cache-Control"] == "no-store"


def test_production_insists_on_tls(make_app):
    app = make_app(ENVIRONMENT="production", TRUSTED_HOSTS=None)
    answer = app.test_client().get("/healthz")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(make_app):
    app = make_app(ENVIRONMENT="production", TRUSTED_HOSTS=None, WTF_CSRF_ENABLED=True)
    cookie = app.test_client().get("/aanmelden", base_url="https://localhost").headers["Set-Cookie"]
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax"))


@pytest.mark.parametrize(("hops", "seen"), [(0, "127.0.0.1"), (1, "203.0.113.7")])
def test_who_a_visitor_is_comes_from_a_proxy_only_when_one_is_named(make_app, hops, seen):
    from flask import request

    app = make_app(PROXIES=hops)
    app.add_url_rule("/wie", "who", lambda: str(request.remote_addr))
    app.extensions["policies"]["who"] = "public"
    answer = app.test_client().get("/wie", headers={"X-Forwarded-For": "203.0.113.7"})
    assert answer.text == seen
