"""No page may be framed, and no form goes without the session's token, unless it is registered."""

import pytest
from flask import session

from marketplace.web import cross_site
from marketplace.web.security import HEADERS

OWN = "default-src 'none'; frame-ancestors https://zorg.example"


def page():
    session["seen"] = "yes"
    return "ok", {"Content-Security-Policy": OWN}


@pytest.fixture
def site(make_app):
    """A page as written by somebody who forgot everything, and the same page registered."""
    app = make_app(WTF_CSRF_ENABLED=True)
    for kind in ("forgotten", *cross_site.KINDS):

        def view():
            return page()

        view.__name__ = kind
        app.add_url_rule(f"/{kind}", kind, view, methods=["GET", "POST"])
        app.extensions["policies"][kind] = "public"
    cross_site.register(app, {kind: kind for kind in cross_site.KINDS})
    return app.test_client()


def framable(answer):
    policy = answer.headers["Content-Security-Policy"]
    return "X-Frame-Options" not in answer.headers and "frame-ancestors 'none'" not in policy


@pytest.mark.parametrize(
    ("address", "framed"),
    [("/forgotten", False), ("/read", False), ("/framed", True), ("/posted", True)],
)
def test_only_a_registered_page_keeps_its_own_word_on_frames(site, address, framed):
    answer = site.get(address)
    assert framable(answer) is framed
    if not framed:
        assert answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "cookie"),
    [("/forgotten", True), ("/read", False), ("/framed", False), ("/posted", False)],
)
def test_a_registered_page_sets_no_cookie_and_does_not_vary_by_it(site, address, cookie):
    answer = site.get(address)
    assert ("Set-Cookie" in answer.headers) is cookie
    assert ("Cookie" in answer.headers.get("Vary", "")) is cookie


@pytest.mark.parametrize(
    ("address", "status"), [("/forgotten", 400), ("/framed", 400), ("/posted", 200)]
)
def test_only_a_posted_page_answers_for_its_own_form_token(site, address, status):
    assert site.post(address).status_code == status


def test_a_framed_page_without_ancestors_of_its_own_may_not_be_framed(app):
    app.add_url_rule("/kaal", "bare", lambda: ("ok", {"Content-Security-Policy": "img-src *"}))
    app.extensions["policies"]["bare"] = "public"
    cross_site.register(app, {"bare": "framed"})
    assert not framable(app.test_client().get("/kaal"))


def test_an_unknown_kind_is_refused(app):
    with pytest.raises(ValueError, match="unknown kind 'open'"):
        cross_site.register(app, {"requests.start": "open"})


def test_every_page_of_the_house_denies_framing(app):
    client = app.test_client()
    opened = app.extensions["cross_site"]
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in opened:
            filled = dict.fromkeys(rule.arguments, "bestaat-niet")
            answer = client.get(app.url_map.bind("localhost").build(rule.endpoint, filled))
            assert not framable(answer), rule.rule


@pytest.mark.parametrize(
    ("came", "cookie"), [("cross-site", False), ("same-origin", True), (None, True)]
)
def test_a_form_that_another_site_posts_replaces_no_session(app, came, cookie):
    app.add_url_rule("/formulier", "form", page, methods=["POST"])
    app.extensions["policies"]["form"] = "public"
    headers = {"Sec-Fetch-Site": came} if came else {}
    answer = app.test_client().post("/formulier", headers=headers)
    assert ("Set-Cookie" in answer.headers) is cookie
