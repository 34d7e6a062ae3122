"""The gate before every page: one table of policies, closed by default."""

from urllib.parse import parse_qs, urlsplit

import pytest

from marketplace.web import policy

ROLES = ("employer", "consultant", "partner", "federation", "administrator")


@pytest.fixture
def probe(app):
    """An address per policy, and one that nobody gave a policy."""
    for name in ("public", "machine", *policy.ROLES):
        app.add_url_rule(f"/p/{name}", f"p_{name}", lambda: "binnen", methods=["GET", "POST"])
        policy.register(app, {f"p_{name}": name})
    app.add_url_rule("/p/none", "p_none", lambda: "binnen")
    return app


def inside(answer):
    return answer.status_code == 200 and answer.text == "binnen"


def test_everybody_reaches_what_is_public(probe, client):
    assert inside(client.get("/p/public"))


@pytest.mark.parametrize("name", sorted(policy.ROLES))
def test_a_visitor_is_asked_to_sign_in_and_comes_back(probe, client, name):
    answer = client.get(f"/p/{name}?page=2&q=a%26b")
    assert answer.status_code == 302
    where = urlsplit(answer.headers["Location"])
    assert (where.netloc, where.path) == ("", "/aanmelden")
    assert parse_qs(where.query)["next"] == [f"/p/{name}?page=2&q=a%26b"]


def test_a_form_that_was_refused_is_not_where_a_visitor_comes_back(probe, client):
    answer = client.post("/p/employer")
    assert answer.status_code == 302
    assert "next" not in answer.headers["Location"]


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_the_way_back_never_leaves_the_site(signed_in, client, path):
    email = signed_in("employer").email
    form = {"email": email, "password": "een lang wachtwoord", "next": path}
    answer = client.post(f"/aanmelden?next={path}", data=form)
    assert answer.status_code == 302
    assert not urlsplit(answer.headers["Location"]).netloc
    assert "evil" not in answer.headers["Location"]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_its_own_policies_only(probe, signed_in, role):
    browser = signed_in(role)
    reached = {name for name in policy.ROLES if inside(browser.get(f"/p/{name}"))}
    assert reached == {name for name, roles in policy.ROLES.items() if role in roles}
    assert "signed_in" in reached


def test_an_address_without_a_policy_is_closed_for_everybody(probe, client, administrator):
    assert client.get("/p/none").status_code == 403
    assert administrator.get("/p/none").status_code == 403


def test_an_unknown_policy_is_refused_at_start(app):
    with pytest.raises(ValueError, match="unknown policy"):
        policy.register(app, {"x": "everybody"})


def test_a_role_that_is_taken_away_ends_at_once(probe, employer, app):
    from marketplace.accounts.models import Membership
    from marketplace.db import db

    assert inside(employer.get("/p/employer"))
    with app.app_context():
        db.session.query(Membership).delete()
        db.session.commit()
    assert not inside(employer.get("/p/employer"))


# ---- the machine ----


@pytest.mark.parametrize(
    ("address", "status"), [("127.0.0.1", 200), ("::1", 200), ("10.0.0.9", 404)]
)
def test_without_a_token_only_this_machine_reads_the_figures(client, address, status):
    answer = client.get("/metrics", environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("header", "status"),
    [("Bearer s3cret", 200), ("Bearer wrong", 404), ("Bearer ", 404), ("", 404), ("s3crét", 404)],
)
def test_with_a_token_only_its_bearer_does(make_app, header, status):
    client = make_app(METRICS_TOKEN="s3cret").test_client()
    assert client.get("/metrics", headers={"Authorization": header}).status_code == status


def test_in_production_nobody_does_without_a_token(make_app):
    client = make_app(ENVIRONMENT="production", TRUSTED_HOSTS=None).test_client()
    assert client.get("/metrics").status_code == 404


# ---- every address of the house ----


def addresses(app):
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            filled = dict.fromkeys(rule.arguments, "bestaat-niet")
            yield rule.endpoint, app.url_map.bind("localhost").build(rule.endpoint, filled), rule


@pytest.mark.parametrize("role", [None, *ROLES])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_address_lets_in_exactly_whom_its_policy_names(app, client, signed_in, role, method):
    browser = signed_in(role) if role else client
    wrong = []
    for endpoint, address, rule in addresses(app):
        if method not in rule.methods or endpoint in {"accounts.sign_out", *ENDS}:
            continue
        name = policy.policy_of(app, endpoint)
        status = browser.open(address, method=method).status_code
        if name in policy.ROLES and role not in policy.ROLES[name]:
            right = status == (403 if role else 302)
        else:
            right = status < 500 and status != 403
        if not right:
            wrong.append((method, address, name, status))
    assert wrong == []


ENDS = {"accounts.sign_out_everywhere"}
