"""On and off, for the deployment and per federation, without a restart; and settings."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select

from marketplace.audit import services as audit
from marketplace.audit.models import AuditEntry
from marketplace.contract.pages import Event
from marketplace.db import db, writing
from marketplace.errors import DomainError, NotFound
from marketplace.host import ask, settings, status, switch
from marketplace.jobs.models import Job
from marketplace.jobs.services import run_due
from tests.factories.plugins import WITNESS, write_plugin, write_witness

FORM = """
from marketplace.kit.forms import Form, Text, Whole

class Settings(Form):
    name = Text("Naam", default="Zorg")
    most = Whole("Meest", default=12)

@impl
def settings_form():
    return Settings
"""
RULES = "@impl\ndef rules(): return []\n@impl\ndef tell(event): pass\n"


@pytest.fixture
def house(make_app, tmp_path):
    """Plugins witness (deployment), sector (per federation) and quiet (off by default)."""
    folder = tmp_path / "plugins"
    write_witness(folder)
    write_plugin(folder, "sector", FORM + RULES, 'scope = "federation"\norder = 1')
    write_plugin(folder, "quiet", RULES, "default = false\norder = 2")
    write_plugin(folder, "leaning", RULES, 'needs = ["sector"]\norder = 3')
    app = make_app(PLUGIN_FOLDERS=[folder])
    app.extensions["federation_in_hand"] = lambda: app.extensions.get("visited")
    return app


def visit(app, federation):
    app.extensions["visited"] = federation


def turn(app, plugin_id, on, slug=""):
    with app.app_context(), writing():
        switch.turn(plugin_id, on, slug)


def active(app):
    with app.app_context():
        return sorted(switch.active())


def test_the_manifest_decides_until_somebody_switches(house):
    assert active(house) == ["leaning", "sector", "witness"]


def test_off_means_gone_and_on_means_back_without_a_restart(house):
    client = house.test_client()
    assert client.get("/x/witness/").status_code == 200
    turn(house, "witness", False)
    page = client.get("/x/witness/")
    assert page.status_code == 404
    assert "Getuige" not in page.text
    assert client.post("/x/witness/").status_code in {404, 405}
    turn(house, "witness", True)
    assert client.get("/x/witness/").status_code == 200


def test_a_closed_page_of_a_plugin_that_is_off_does_not_ask_to_sign_in(make_app, tmp_path):
    code = WITNESS.replace("witness", "hidden").replace('"public"', '"signed_in"')
    write_plugin(tmp_path / "plugins", "hidden", code, "default = false")
    app = make_app(PLUGIN_FOLDERS=[tmp_path / "plugins"])
    assert app.test_client().get("/x/hidden/").status_code == 404


def test_a_page_without_a_policy_is_closed(make_app, tmp_path):
    code = WITNESS.replace("witness", "open").replace('{"pages.home": "public"}', "{}")
    write_plugin(tmp_path / "plugins", "open", code)
    app = make_app(PLUGIN_FOLDERS=[tmp_path / "plugins"])
    assert app.test_client().get("/x/open/").status_code == 403


def test_a_federation_switches_for_its_own_visitors(house):
    turn(house, "sector", False, "agoria")
    visit(house, "agoria")
    assert active(house) == ["witness"]
    visit(house, "comeos")
    assert active(house) == ["leaning", "sector", "witness"]
    visit(house, None)
    assert active(house) == ["leaning", "sector", "witness"]


def test_off_for_the_deployment_is_off_for_every_federation(house):
    turn(house, "sector", True, "agoria")
    turn(house, "sector", False)
    visit(house, "agoria")
    assert active(house) == ["witness"]


def test_a_plugin_of_the_deployment_is_not_a_federations_to_switch(house):
    with pytest.raises(DomainError, match="beheerder van het platform"):
        turn(house, "witness", False, "agoria")


def test_what_is_not_installed_cannot_be_switched(house):
    with pytest.raises(NotFound):
        turn(house, "absent", True)


def test_a_plugin_is_idle_while_what_it_needs_is_off(house):
    turn(house, "sector", False)
    assert active(house) == ["witness"]
    with house.app_context():
        line = next(one for one in status.plugins() if one.id == "leaning")
    assert (line.state, line.reason) == ("off", "needs sector")


def test_switching_is_in_the_audit_log(house):
    turn(house, "quiet", True)
    turn(house, "sector", False, "agoria")
    with house.app_context():
        entries = db.session.execute(select(AuditEntry.action, AuditEntry.subject)).all()
        assert audit.verify() is None
    assert [tuple(one) for one in entries] == [
        ("plugin.on", "plugin:quiet"),
        ("plugin.off", "plugin:sector@agoria"),
    ]


def test_the_switches_are_read_once_a_request(house):
    reads = []
    with house.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: reads.append(args[2]))
    assert house.test_client().get("/x/witness/").status_code == 200
    assert sum("plugin_switches" in statement for statement in reads) == 1
    assert not [one for one in reads if "SAVEPOINT" in one]


def test_events_reach_the_plugins_that_were_on_when_it_happened(house):
    turn(house, "sector", False, "agoria")
    visit(house, "agoria")
    with house.app_context(), writing():
        ask.tell(Event("order.placed", "abc"))
        db.session.commit()
        assert db.session.scalars(select(Job)).all() == []
    visit(house, None)
    with house.app_context(), writing():
        ask.tell(Event("order.placed", "abc"))
        db.session.commit()
        told = [job.payload["plugin"] for job in db.session.scalars(select(Job))]
    assert told == ["sector", "leaning"]
    turn(house, "sector", False)
    assert run_due(house) == 2


def test_settings_fall_back_from_federation_to_deployment_to_the_form(house):
    with house.app_context(), writing():
        assert settings.of("sector") == {"name": "Zorg", "most": 12}
        settings.save("sector", {"name": "Zorg en welzijn", "most": 20})
        settings.save("sector", {"most": 8, "csrf_token": "x"}, "agoria")
        assert settings.of("sector") == {"name": "Zorg en welzijn", "most": 20}
        assert settings.of("sector", "agoria") == {"name": "Zorg en welzijn", "most": 8}
        assert settings.of("sector", "comeos") == {"name": "Zorg en welzijn", "most": 20}
    visit(house, "agoria")
    with house.app_context():
        assert settings.of("sector")["most"] == 8


def test_settings_and_switches_live_beside_each_other(house):
    with house.app_context(), writing():
        settings.save("sector", {"most": 20})
    turn(house, "sector", False)
    turn(house, "sector", True)
    with house.app_context():
        assert settings.of("sector")["most"] == 20


def test_a_plugin_without_a_form_has_no_settings(house):
    with house.app_context():
        assert settings.form_of("witness") is None
        assert settings.of("witness") == {}


def test_secrets_come_from_the_environment_only(house, monkeypatch):
    monkeypatch.setenv("X_SECTOR_API_KEY", "s3cret")
    assert settings.secret("sector", "api_key") == "s3cret"
    assert settings.secret("sector", "other") is None
