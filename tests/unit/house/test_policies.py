"""Every address has a policy; one without is closed and fails here."""

from marketplace.web import policy


def unguarded(app):
    policies = app.extensions["policies"]
    return sorted({rule.endpoint for rule in app.url_map.iter_rules()} - set(policies))


def test_every_endpoint_has_a_policy(app):
    assert len(app.extensions["policies"]) > 10
    assert unguarded(app) == []


def test_no_policy_is_left_behind(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert sorted(set(app.extensions["policies"]) - endpoints) == []


def test_every_policy_is_known(app):
    known = {"public", "machine", "webhook", *policy.ROLES}
    assert set(app.extensions["policies"].values()) <= known


def test_control_an_endpoint_without_policy_is_found_and_closed(app):
    app.add_url_rule("/vergeten", "forgotten", lambda: "geheim")
    assert unguarded(app) == ["forgotten"]
    answer = app.test_client().get("/vergeten")
    assert answer.status_code == 403
    assert "geheim" not in answer.text
