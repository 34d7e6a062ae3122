"""A plugin that cannot be taken in is left out with the reason, and the site works."""

from __future__ import annotations

import sys

import pytest
from sqlalchemy import MetaData, select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry, relationship

from marketplace.db import Base, db
from marketplace.host import status
from marketplace.jobs.models import Job
from tests.factories.plugins import TABLE, write_plugin, write_witness

MAPPED = TABLE.format(id="broken")
BAD_MAPPER = MAPPED + "    nobody: Mapped['NoSuch'] = relationship('NoSuch')\n"
ON_CORE = (
    "from marketplace.db import Base\n"
    "class Guest(Base):\n"
    "    __tablename__ = 'x_broken_guests'\n"
    "    id: Mapped[int] = mapped_column(primary_key=True)\n"
    "    nobody: Mapped['NoSuch'] = relationship('NoSuch')\n"
)
BLUEPRINT = """
pages = Blueprint("pages", __name__)
pages.add_url_rule("/", "home", lambda: "Hallo")
{more}
@impl
def blueprints():
    return [pages]
"""

BROKEN = {
    "an import that is not there": ("import nothing_like_it", "ModuleNotFoundError"),
    "a syntax error": ("def (:", "SyntaxError"),
    "any error": ("1 / 0", "ZeroDivisionError"),
    "sys.exit": ("sys.exit(1)", "SystemExit: 1"),
    "a name that core no longer has": ("from marketplace.kit import gone", "ImportError"),
    "a misspelt hook": ("@impl\ndef ruels(): return []", "there is no hook named ruels"),
    "an argument too many": ("@impl\ndef rules(request): return []", "PluginValidationError"),
    "a wrapper": ("@impl(wrapper=True)\ndef rules(): return (yield)", "may not wrap the others"),
    "a broken mapper": (BAD_MAPPER, "InvalidRequestError"),
    "a model on core's base": (ON_CORE, "Guest: models of a plugin use kit.models.plugin_registry"),
    "a table without prefix": (
        MAPPED.replace("x_broken_notes", "notes"),
        "tables must be named x_broken_…: notes",
    ),
    "a table that is the house's": (
        MAPPED.replace("x_broken_notes", "x_broken_version"),
        "tables must be named x_broken_…",
    ),
    "half a model": (MAPPED + "1 / 0", "ZeroDivisionError"),
    "a blueprint that fails half way": (
        BLUEPRINT.format(more="pages.record(lambda state: 1 / 0)"),
        "ZeroDivisionError",
    ),
    "two views of one name": (
        BLUEPRINT.format(more="pages.add_url_rule('/2', 'home', lambda: 'Dag')"),
        "AssertionError",
    ),
    "a function before every page": (
        BLUEPRINT.format(more="pages.before_app_request(lambda: 1 / 0)"),
        "may not act on every page: before_request_funcs",
    ),
    "an error page for everybody": (
        BLUEPRINT.format(more="pages.app_errorhandler(404)(lambda error: 1 / 0)"),
        "may not act on every page: error_handler_spec",
    ),
    "a filter of the house": (
        BLUEPRINT.format(more="pages.app_template_filter('euro')(lambda cents: 1 / 0)"),
        "may not act on every page: filters",
    ),
    "a policy that does not exist": (
        BLUEPRINT.format(more="@impl\ndef permissions(): return {'pages.home': 'anybody'}\n"),
        "unknown policy 'anybody'",
    ),
    "a policy for a page that does not exist": (
        BLUEPRINT.format(more="@impl\ndef permissions(): return {'pages.hoem': 'public'}\n"),
        "pages that do not exist: x_broken.pages.hoem",
    ),
    "a command of the house": (
        "import click\n@impl\ndef commands(): return [click.Command('jobs')]",
        "there is already a command 'jobs'",
    ),
}


@pytest.fixture
def folder(tmp_path):
    write_witness(tmp_path / "plugins")
    return tmp_path / "plugins"


def found(app, plugin_id="broken"):
    with app.app_context():
        return next(line for line in status.plugins() if line.id == plugin_id)


def site_works(app):
    client = app.test_client()
    assert client.get("/x/witness/").status_code == 200
    assert client.get("/a-page-that-is-not-there").status_code == 404
    with app.app_context():
        assert db.session.scalars(select(Job)).all() == []
    return True


@pytest.mark.parametrize("fault", BROKEN)
def test_it_is_left_out_with_the_reason(make_app, folder, fault):
    code, reason = BROKEN[fault]
    write_plugin(folder, "broken", code, "order = 1")
    app = make_app(PLUGIN_FOLDERS=[folder])
    assert site_works(app)
    assert app.test_client().get("/x/broken/").status_code == 404
    assert found(app).state == "left out"
    assert reason in found(app).reason
    assert "plugins.broken" not in sys.modules
    assert not [name for name in Base.metadata.tables if "broken" in name or name == "notes"]


@pytest.mark.parametrize("fault", BROKEN)
def test_mended_it_is_taken_in_at_the_next_start(make_app, folder, fault):
    write_plugin(folder, "broken", BROKEN[fault][0])
    make_app(PLUGIN_FOLDERS=[folder])
    write_plugin(folder, "broken", BLUEPRINT.format(more=""))
    app = make_app(PLUGIN_FOLDERS=[folder])
    assert found(app).state == "on"
    assert site_works(app)


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        ("api = 2", "not TOML"),
        ('id = "broken"\ntitle = "T"\nversion = "1"\napi = 9', "this house speaks api 1"),
        ("colour = 1", "unknown key: colour"),
        ("order = true", "order must be int"),
        ('needs = ["absent"]', "needs absent, which takes no part"),
        ("personal_data = true", "personal_data needs the hooks export_person and erase_person"),
    ],
)
def test_a_wrong_manifest_leaves_it_out(make_app, folder, manifest, reason):
    write_plugin(folder, "broken", manifest=manifest)
    app = make_app(PLUGIN_FOLDERS=[folder])
    assert site_works(app)
    assert reason in found(app).reason


def test_what_needs_a_left_out_plugin_is_left_out_too(make_app, folder):
    write_plugin(folder, "broken", "1 / 0")
    write_plugin(folder, "middle", manifest='needs = ["broken"]')
    write_plugin(folder, "outer", manifest='needs = ["middle"]')
    app = make_app(PLUGIN_FOLDERS=[folder])
    assert site_works(app)
    assert found(app, "middle").reason == "needs broken, which takes no part"
    assert found(app, "outer").reason == "needs middle, which takes no part"


def test_a_folder_without_code_is_left_out(make_app, folder):
    (write_plugin(folder, "broken") / "__init__.py").unlink()
    app = make_app(PLUGIN_FOLDERS=[folder])
    assert site_works(app)
    assert "__init__.py" in found(app).reason


def test_every_application_in_a_process_takes_the_same_plugins_in(make_app, folder):
    write_plugin(folder, "broken", MAPPED + BLUEPRINT.format(more=""))
    for _ in range(3):
        assert list(make_app(PLUGIN_FOLDERS=[folder]).extensions["host"].plugins) == [
            "broken",
            "witness",
        ]


def test_a_template_that_is_missing_or_not_its_own_only_loses_its_panel(make_app, folder):
    for plugin_id, template in (("broken", "@broken/gone.html"), ("thief", "@witness/panel.html")):
        code = f"@impl\ndef panels(slot): return [Panel('{template}')]"
        write_plugin(folder, plugin_id, code)
    app = make_app(PLUGIN_FOLDERS=[folder])
    page = app.test_client().get("/x/witness/")
    assert page.status_code == 200
    assert page.text.count("Paneel in home") == 1
    assert "TemplateNotFound: @broken/gone.html" in found(app).reason
    assert "not a template of this plugin" in found(app, "thief").reason


@pytest.mark.parametrize("act", ["1 / 0", "sys.exit(1)", "return 42"])
def test_a_page_that_crashes_shows_our_error_page_and_is_counted(make_app, folder, act):
    view = f"@pages.get('/crash')\ndef crash():\n    {act}\n"
    policy = "@impl\ndef permissions(): return {'pages.crash': 'public'}\n"
    write_plugin(folder, "broken", BLUEPRINT.format(more=view + policy))
    app = make_app(PLUGIN_FOLDERS=[folder])
    page = app.test_client().get("/x/broken/crash")
    assert page.status_code == 500
    assert "Er ging iets fout bij ons" in page.text
    assert site_works(app)


def test_a_crash_on_a_page_is_on_the_list(make_app, folder):
    view = "@pages.get('/crash')\ndef crash(): 1 / 0\n"
    policy = "@impl\ndef permissions(): return {'pages.crash': 'public'}\n"
    write_plugin(folder, "broken", BLUEPRINT.format(more=view + policy))
    app = make_app(PLUGIN_FOLDERS=[folder])
    app.test_client().get("/x/broken/crash")
    assert found(app).state == "failing"
    assert found(app).reason.startswith("page x_broken.pages.crash: ZeroDivisionError")


@pytest.mark.parametrize(("own_registry", "breaks"), [(False, True), (True, False)])
def test_control_only_a_registry_of_its_own_keeps_a_broken_mapper_apart(own_registry, breaks):
    class House(DeclarativeBase):
        metadata = MetaData()

    class Room(House):
        __tablename__ = "rooms"
        id: Mapped[int] = mapped_column(primary_key=True)

    class Apart(DeclarativeBase):
        registry = registry(metadata=House.metadata)

    class Guest(Apart if own_registry else House):
        __tablename__ = "guests"
        id: Mapped[int] = mapped_column(primary_key=True)
        nobody: Mapped[Room] = relationship("NoSuch")

    def ask():
        return str(select(Room))

    if breaks:
        with pytest.raises(InvalidRequestError, match="NoSuch"):
            ask()
    else:
        assert "FROM rooms" in ask()
