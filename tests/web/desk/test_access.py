"""Who may come in: consultants and administrators, and some pages only the latter."""

import pytest

from marketplace.desk.views import POLICY

PAGES = ("overzicht", "aanvragen", "bestellingen", "doorverwijzingen", "regels", "uitbreidingen")
KEPT = ("taken", "logboek", "logboek/controle", "uitbreidingen/care/instellingen")


def test_every_page_has_a_policy_and_no_policy_is_without_page(app):
    pages = {one.endpoint for one in app.url_map.iter_rules() if one.endpoint.startswith("desk.")}
    assert pages == set(POLICY)


@pytest.mark.parametrize("path", [*PAGES, *KEPT, "aanvragen/x"])
def test_a_visitor_is_asked_to_sign_in(client, path):
    answer = client.get(f"/balie/{path}")
    assert answer.status_code == 302
    assert "/aanmelden" in answer.location


@pytest.mark.parametrize("role", ["employer", "partner", "federation"])
def test_others_stay_out(signed_in, role):
    browser = signed_in(role)
    for path in (*PAGES, *KEPT, "aanvragen/x"):
        assert browser.get(f"/balie/{path}").status_code == 403
    assert "/balie" not in browser.get("/aanbod").text


def test_a_consultant_reads_but_does_not_keep_the_house(consultant):
    for path in PAGES:
        assert consultant.get(f"/balie/{path}").status_code == 200
    for path in KEPT:
        assert consultant.get(f"/balie/{path}").status_code == 403
    for path in ("aan", "uit", "fouten-wissen", "instellingen", "instellingen/terug"):
        assert consultant.post(f"/balie/uitbreidingen/care/{path}").status_code == 403
    assert consultant.post("/balie/taken/opnieuw").status_code == 403


def test_the_menu_shows_what_one_may_reach_and_where_one_is(consultant, administrator):
    page = consultant.get("/balie/aanvragen").text
    assert 'href="/balie/aanvragen" aria-current="page"' in page
    assert page.count('aria-current="page"') == 1
    assert "/balie/taken" not in page
    page = administrator.get("/balie/taken").text
    assert 'href="/balie/taken" aria-current="page"' in page
    assert "/balie/logboek" in page


def test_desk_people_land_on_the_desk(consultant):
    answer = consultant.get("/balie")
    assert answer.status_code == 302
    assert answer.location == "/balie/overzicht"


@pytest.mark.parametrize(
    "path",
    [
        "/balie/bestellingen/x/bevestigen",
        "/balie/uitbreidingen/care/uit",
        "/balie/uitbreidingen/care/instellingen",
        "/balie/taken/opnieuw",
    ],
)
def test_a_post_without_token_changes_nothing(app, administrator, path):
    app.config["WTF_CSRF_ENABLED"] = True
    assert administrator.post(path).status_code == 400
