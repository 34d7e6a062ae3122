"""What a plugin brings to the screen: pages, static files, templates, links, panels, commands."""

from __future__ import annotations

import json

import pytest

from marketplace.contract.pages import NavItem
from marketplace.host import pages
from tests.factories.plugins import WITNESS, write_plugin, write_witness


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "plugins"


def test_two_plugins_may_have_a_template_of_the_same_name(make_app, folder):
    for plugin_id in ("one", "two"):
        code = WITNESS.replace("witness", plugin_id)
        write_plugin(folder, plugin_id, code, files={"templates/home.html": f"I am {plugin_id}"})
    client = make_app(PLUGIN_FOLDERS=[folder]).test_client()
    assert client.get("/x/one/").text == "I am one"
    assert client.get("/x/two/").text == "I am two"


def test_a_site_overrides_a_template_of_a_plugin(make_app, folder, tmp_path):
    write_witness(folder)
    app = make_app(PLUGIN_FOLDERS=[folder])
    site = tmp_path / "templates"
    (site / "@witness").mkdir(parents=True)
    (site / "@witness" / "home.html").write_text("Our own words")
    app.jinja_loader.loaders[0].searchpath.insert(0, str(site))
    assert app.test_client().get("/x/witness/").text == "Our own words"


def test_static_files_are_served_to_everybody_and_nothing_beside_them(make_app, folder):
    write_witness(folder)
    (folder / "witness" / "static").mkdir()
    (folder / "witness" / "static" / "look.css").write_text("p {}")
    client = make_app(PLUGIN_FOLDERS=[folder]).test_client()
    with client.get("/x/witness/static/look.css") as found:
        assert found.text == "p {}"
    for path in ("../plugin.toml", "..%2fplugin.toml", "../__init__.py", "absent.css"):
        assert client.get(f"/x/witness/static/{path}").status_code == 404


def test_the_menu_shows_the_houses_links_then_the_plugins(make_app, folder):
    write_witness(folder)
    app = make_app(PLUGIN_FOLDERS=[folder])
    app.extensions["nav"][:] = [
        lambda: NavItem("Gezond", "health.alive"),
        lambda: NavItem("Alleen voor partners", "health.alive", ("partner",)),
        lambda: NavItem("Dicht", "health.metrics"),
    ]
    with app.test_request_context("/x/witness/deeper"):
        assert pages.nav_items() == [
            {"label": "Gezond", "url": "/healthz", "current": False},
            {"label": "Getuige", "url": "/x/witness/", "current": True},
        ]


@pytest.mark.parametrize(
    "item", ['NavItem("A", "pages.gone")', 'NavItem("A", "health.alive")', "NavItem(1, 2)"]
)
def test_a_link_to_nowhere_is_not_shown(make_app, folder, item):
    write_witness(folder)
    write_plugin(folder, "lost", f"@impl\ndef nav(): return [{item}]")
    app = make_app(PLUGIN_FOLDERS=[folder])
    app.extensions["nav"].clear()
    with app.test_request_context("/"):
        assert [one["label"] for one in pages.nav_items()] == ["Getuige"]


def test_a_person_with_several_roles_gets_the_menu_of_the_first(make_app, folder):
    code = WITNESS.replace('"Getuige"', 'f"voor {role}"')
    write_plugin(folder, "witness", code)
    app = make_app(PLUGIN_FOLDERS=[folder])
    app.extensions["nav"].clear()
    app.extensions["identify"] = lambda: frozenset({"employer", "consultant"})
    with app.test_request_context("/"):
        assert pages.nav_items()[0]["label"] == "voor consultant"


def test_text_in_a_panel_is_escaped(make_app, folder):
    code = "@impl\ndef panels(slot): return [Panel('@loud/p.html', {'text': '<b>Hoi</b>'})]"
    write_plugin(folder, "loud", code, files={"templates/p.html": "<p>{{ text }}</p>"})
    app = make_app(PLUGIN_FOLDERS=[folder])
    with app.test_request_context("/"):
        assert pages.panels("home") == "<p>&lt;b&gt;Hoi&lt;/b&gt;</p>"


def test_a_slot_that_does_not_exist_is_a_mistake_of_the_page(make_app, folder):
    app = make_app(PLUGIN_FOLDERS=[folder])
    with app.test_request_context("/"), pytest.raises(LookupError, match="no slot 'hoem'"):
        pages.panels("hoem")


def test_a_plugin_adds_commands_that_see_the_database(make_app, folder):
    code = (
        "import click\nfrom flask.cli import with_appcontext\n"
        "from marketplace.kit.clock import today\n"
        "@click.command('dagtaak')\n@with_appcontext\ndef daily(): click.echo(today())\n"
        "@impl\ndef commands(): return [daily]\n"
    )
    write_plugin(folder, "worker", code)
    app = make_app(PLUGIN_FOLDERS=[folder])
    result = app.test_cli_runner().invoke(args=["dagtaak"])
    assert (result.exception, result.output) == (None, "2026-11-23\n")


SIGNED = """
from marketplace.contract.pages import Companion
pages = Blueprint("pages", __name__)

@pages.post("/seen")
def seen():
    return "seen"

@pages.post("/form")
def form():
    return "form"

@impl
def blueprints():
    return [pages]

@impl
def permissions():
    return {"pages.seen": "webhook", "pages.form": "public"}

@impl
def companions(url):
    return [Companion(("twin", "serve"), {"X_TWIN_FOR": url})]
"""


def test_what_programs_post_needs_no_csrf_token_and_what_people_post_does(make_app, folder):
    write_plugin(folder, "twin", SIGNED)
    client = make_app(PLUGIN_FOLDERS=[folder], WTF_CSRF_ENABLED=True).test_client()
    assert client.post("/x/twin/seen").text == "seen"
    assert client.post("/x/twin/form").status_code == 400


def test_a_plugin_names_what_the_demo_runs_beside_it(make_app, folder):
    write_plugin(folder, "twin", SIGNED)
    app = make_app(PLUGIN_FOLDERS=[folder])
    told = app.test_cli_runner().invoke(args=["demo", "companions", "http://127.0.0.1:8000"])
    (found,) = json.loads(told.output)
    assert found == {
        "command": ["twin", "serve"],
        "environment": {"X_TWIN_FOR": "http://127.0.0.1:8000"},
    }
