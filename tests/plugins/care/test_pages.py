"""The help page, the word list and the panel, as a visitor meets them."""

import pytest
from flask import render_template

from marketplace.catalogue.services.tailored import sync_all
from marketplace.db import db, writing
from marketplace.host import ask, settings
from marketplace.host.pages import panels
from marketplace.kit.contract_suite import keeps_the_contract

CARE_HOME = {"joint_committees": ["330"]}


@pytest.mark.parametrize("plugin", ["care", "subsidies"])
def test_the_plugin_keeps_the_contract(app, plugin):
    keeps_the_contract(app, plugin)


def test_the_guide_names_its_sources_and_when_they_were_looked_at(client):
    page = client.get("/x/care/gids")
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert "naricvlaanderen.be" in text
    assert "nagekeken op 22 november 2026" in text
    assert "geen norm" in text


def test_the_word_list_says_that_nobody_reviewed_it(client):
    text = client.get("/x/care/woorden").get_data(as_text=True)
    assert "Niet nagelezen" in text
    assert "de overdracht" in text
    assert 'lang="fr"' in text


def test_searching_keeps_what_was_typed_and_shows_only_what_was_found(client):
    text = client.get("/x/care/woorden?q=tillift").get_data(as_text=True)
    assert 'value="tillift"' in text
    assert "de tillift" in text
    assert "de koorts" not in text


@pytest.mark.parametrize("typed", ["%1b%07", "a" * 10_000, "<script>alert(1)</script>", "%ff"])
def test_hostile_searches_find_nothing_and_break_nothing(client, typed):
    page = client.get(f"/x/care/woorden?q={typed}")
    assert page.status_code == 200
    assert "<script>alert" not in page.get_data(as_text=True)


def test_the_panel_is_for_care_employers_and_care_offers_only(app):
    with app.test_request_context():
        assert "Woordenlijst zorg" in panels("advice", CARE_HOME)
        assert "Woordenlijst zorg" in panels("offer", {"offer": "zorg-taalbuddy"})
        assert panels("advice", {"joint_committees": ["124"]}) == ""
        assert panels("offer", {"offer": "iets-anders"}) == ""
        assert panels("home", {}) == ""


def test_an_administrator_can_hide_the_panel(app):
    with app.test_request_context(), writing():
        settings.save("care", {"words_shown": False})
        assert panels("advice", CARE_HOME) == ""


def test_the_plugin_page_reads_its_checks(app):
    with app.test_request_context():
        for plugin in ("care", "subsidies"):
            (check,) = ask.one(plugin, "checks")
            assert check.level == "ok"


def test_offers_without_their_provider_are_left_out_and_the_rest_is_stored(app):
    with app.app_context(), writing():
        done, silent = sync_all()
        assert silent == ()
        (care,) = [one for one in done if one.plugin == "care"]
        assert {fault.code for fault in care.left_out} <= {"unknown-provider"}
        db.session.rollback()


def test_the_panel_alone_has_no_inline_style_or_script(app):
    with app.test_request_context():
        html = render_template("@care/panel.html", terms=1)
    assert "style=" not in html
    assert "<script" not in html
