"""The plugin page: every state is shown, and switching holds at once."""

import pytest
from sqlalchemy import delete, inspect, text

from marketplace.db import db, writing
from marketplace.host import faults
from marketplace.host.models import PluginFault
from marketplace.kit.people import PASSWORD
from tests.factories import accounts
from tests.factories import plugins as make

BROKEN = """
@impl
def panels(slot, subject):
    raise RuntimeError("de kast is leeg")
"""
CHECKED = """
@impl
def checks():
    return [Check("warning", "De lijst is oud."), Check("ok", "Alles gelezen.")]
"""


def sign_in(app):
    """An administrator and a federation in an application of one's own."""
    with app.app_context(), writing():
        accounts.person(db.session, "beheer@example.org", "administrator", name="Els")
        accounts.organisation(db.session, "federation", name="Zorgfederatie", slug="zorg")
        db.session.commit()
    client = app.test_client()
    client.post("/aanmelden", data={"email": "beheer@example.org", "password": PASSWORD})
    return client


@pytest.fixture
def witness(tmp_path):
    """A plugin with a page, that each federation may switch for itself."""
    folder = make.write_witness(tmp_path)
    manifest = folder / "plugin.toml"
    manifest.write_text(manifest.read_text() + '\nscope = "federation"\n')
    return folder


def test_every_bundled_plugin_is_on_the_list(administrator):
    page = administrator.get("/balie/uitbreidingen").text
    for title in ("Zorg en welzijn", "matching", "subsidies"):
        assert title in page
    assert 'href="/balie/uitbreidingen/care"' in page


def test_a_plugin_shows_its_version_hooks_and_checks(host_with, tmp_path):
    keeper = sign_in(host_with(make.write_plugin(tmp_path, "checked", CHECKED)))
    page = keeper.get("/balie/uitbreidingen/checked").text
    for words in ("let op", "De lijst is oud.", "in orde", "Alles gelezen.", "<code>checks</code>"):
        assert words in page


def test_a_broken_plugin_is_shown_with_its_error_and_count(host_with, tmp_path):
    keeper = sign_in(host_with(make.write_plugin(tmp_path, "broken", BROKEN)))
    keeper.get("/balie/overzicht")
    page = keeper.get("/balie/uitbreidingen").text
    assert "faalt" in page
    assert "de kast is leeg" in page
    page = keeper.get("/balie/uitbreidingen/broken").text
    assert "RuntimeError: de kast is leeg" in page
    assert "23/11/2026 10:00" in page


def test_faults_can_be_cleared(host_with, tmp_path):
    app = host_with(make.write_plugin(tmp_path, "broken", BROKEN))
    keeper = sign_in(app)
    keeper.get("/balie/overzicht")
    page = keeper.post("/balie/uitbreidingen/broken/fouten-wissen", follow_redirects=True).text
    assert "De fouten zijn gewist." in page
    assert "Er is geen fout genoteerd." in page
    with app.app_context():
        assert faults.known() == []


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [("api = 99", "api"), ("strange = 1", "unknown key"), ("this is no toml", "TOML")],
)
def test_a_plugin_that_is_left_out_is_listed_with_the_reason(host_with, tmp_path, manifest, reason):
    folder = make.write_plugin(tmp_path, "odd")
    (folder / "plugin.toml").write_text(f'id = "odd"\ntitle = "T"\nversion = "1"\n{manifest}\n')
    keeper = sign_in(host_with(folder))
    page = keeper.get("/balie/uitbreidingen").text
    assert "doet niet mee" in page
    assert reason in page
    assert "/balie/uitbreidingen/odd" not in page
    assert keeper.get("/balie/uitbreidingen/odd").status_code == 404


def test_a_plugin_that_is_gone_and_one_that_is_behind(host_with, tmp_path):
    folder = make.write_keeper(tmp_path)
    host_with(folder)
    keeper = sign_in(host_with())
    page = keeper.get("/balie/uitbreidingen").text
    assert "keeper" in page
    assert "verdwenen" in page
    assert "flask plugin purge" in page


def test_tables_that_are_behind_are_told(host_with, tmp_path, make_app):
    app = host_with(make.write_keeper(tmp_path))
    with app.app_context(), writing():
        db.session.execute(text("DELETE FROM x_keeper_version"))
        db.session.commit()
    app.extensions["schema_seen"].clear()
    keeper = sign_in(app)
    assert "tabellen lopen achter" in keeper.get("/balie/uitbreidingen").text
    page = keeper.get("/balie/uitbreidingen/keeper").text
    assert "flask schema upgrade" in page


def test_switching_off_asks_first_and_holds_at_once(host_with, witness):
    app = host_with(witness)
    keeper = sign_in(app)
    assert keeper.get("/x/witness/").status_code == 200
    page = keeper.get("/balie/uitbreidingen/witness/uit").text
    assert "uitzetten?" in page
    assert "blijven bewaard" in page
    assert keeper.get("/x/witness/").status_code == 200
    page = keeper.post("/balie/uitbreidingen/witness/uit", follow_redirects=True).text
    assert "staat nu uit." in page
    assert "Getuige" not in page
    assert keeper.get("/x/witness/").status_code == 404
    page = keeper.post("/balie/uitbreidingen/witness/aan", follow_redirects=True).text
    assert "staat nu aan." in page
    assert keeper.get("/x/witness/").status_code == 200


def test_a_federation_is_switched_for_itself(host_with, witness):
    app = host_with(witness)
    keeper = sign_in(app)
    data = {"federatie": "zorg"}
    page = keeper.get("/balie/uitbreidingen/witness/uit?federatie=zorg").text
    assert "voor Zorgfederatie?" in page
    page = keeper.post("/balie/uitbreidingen/witness/uit", data=data, follow_redirects=True).text
    assert "staat nu uit voor Zorgfederatie." in page
    assert "de federatie" in page
    assert keeper.get("/x/witness/").status_code == 200
    page = keeper.post("/balie/uitbreidingen/witness/aan", data=data, follow_redirects=True).text
    assert "staat nu aan voor Zorgfederatie." in page


def test_off_for_the_platform_cannot_be_on_for_a_federation(host_with, witness):
    keeper = sign_in(host_with(witness))
    keeper.post("/balie/uitbreidingen/witness/uit")
    page = keeper.get("/balie/uitbreidingen/witness").text
    assert "eerst voor het platform" in page


def test_a_federation_may_not_choose_for_a_plugin_of_the_platform(host_with, tmp_path):
    keeper = sign_in(host_with(make.write_witness(tmp_path)))
    data = {"federatie": "zorg"}
    page = keeper.post("/balie/uitbreidingen/witness/uit", data=data, follow_redirects=True).text
    assert "Alleen de beheerder van het platform" in page
    assert "Per federatie" not in page


def test_what_needs_it_is_named_before_it_is_switched_off(host_with, tmp_path, witness):
    leaner = make.write_plugin(tmp_path, "leaner", manifest='needs = ["witness"]')
    keeper = sign_in(host_with(witness, leaner))
    page = keeper.get("/balie/uitbreidingen/witness/uit").text
    assert "hebben haar nodig en stoppen ook: T." in page
    keeper.post("/balie/uitbreidingen/witness/uit")
    assert "needs witness" in keeper.get("/balie/uitbreidingen/leaner").text


@pytest.mark.parametrize("path", ["aan", "uit", "fouten-wissen", "instellingen/terug"])
@pytest.mark.parametrize(
    ("plugin", "slug"), [("weg", ""), ("care", "weg"), ("core", ""), ("%00", "")]
)
def test_what_is_not_there_is_404(administrator, path, plugin, slug):
    data = {"federatie": slug}
    if path == "fouten-wissen" and slug:
        return
    answer = administrator.post(f"/balie/uitbreidingen/{plugin}/{path}", data=data)
    assert answer.status_code == 404


def test_every_switch_is_in_the_audit_log(administrator, actions):
    administrator.post("/balie/uitbreidingen/care/uit")
    administrator.post("/balie/uitbreidingen/care/fouten-wissen")
    administrator.post("/balie/uitbreidingen/care/aan")
    assert actions()[-3:] == ["plugin.off", "plugin.faults_cleared", "plugin.on"]


def test_a_house_without_plugins_says_how_to_add_one(host_with):
    app = host_with()
    with app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("the tests of one server share the tables of plugins")
        db.session.execute(text("PRAGMA foreign_keys = OFF"))
        for name in inspect(db.engine).get_table_names():
            if name.startswith("x_"):
                db.session.execute(text(f"DROP TABLE {name}"))
        db.session.commit()
    keeper = sign_in(app)
    assert "Er zijn geen uitbreidingen" in keeper.get("/balie/uitbreidingen").text


def test_old_faults_stay_visible_on_a_plugin_that_is_well(host_with, witness, clock):
    app = host_with(witness)
    with app.app_context(), writing():
        db.session.execute(delete(PluginFault))
        now = clock.now().replace(day=1)
        facts = {"count": 3, "since": now, "last": now, "error": "OSError: oud"}
        db.session.add(PluginFault(plugin="witness", hook="nav", **facts))
        db.session.commit()
    keeper = sign_in(app)
    page = keeper.get("/balie/uitbreidingen/witness").text
    assert "nav: OSError: oud" in page
    assert "Wis de fouten" in page
