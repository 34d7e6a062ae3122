"""Each owner of tables has a version of its own; none can harm another."""

from __future__ import annotations

import shutil

import pytest

from marketplace.db import db
from marketplace.host import ask, schema, switch
from tests.factories.plugins import write_keeper
from tests.factories.schema import (
    FAILING,
    SECOND,
    add_migration,
    line,
    notes,
    site_works,
    tables,
    upgrade,
    write_note,
)

RULES = "@impl\ndef rules(): return []\n"


def test_core_comes_first_and_each_plugin_has_its_own_version(start, folder):
    write_keeper(folder)
    app = start()
    assert list(upgrade(app)) == ["", "keeper"]
    assert tables(app) == {"x_keeper_notes", "x_keeper_version"}
    assert upgrade(app) == {"": "ok", "keeper": "ok"}


def test_before_its_migration_a_plugin_is_not_asked(start, folder):
    write_keeper(folder, code=RULES)
    app = start()
    assert line(app).state == "schema behind"
    with app.app_context():
        assert ask.ask("rules").values == [("witness", [])]
    upgrade(app)
    assert line(app).state == "on"
    with app.app_context():
        assert ask.ask("rules").values == [("keeper", []), ("witness", [])]


def test_a_running_process_notices_that_another_one_migrated(start, folder, monkeypatch):
    write_keeper(folder, code=RULES)
    app, other = start(), start()
    with app.app_context():
        assert "keeper" not in switch.active()
    upgrade(other)
    monkeypatch.setattr(schema, "LOOK_AGAIN_SECONDS", 0.0)
    with app.app_context():
        assert "keeper" in switch.active()


def test_a_table_without_a_migration_is_named(start, folder):
    write_keeper(folder)
    shutil.rmtree(folder / "keeper" / "migrations")
    app = start()
    assert (line(app).state, line(app).reason) == ("schema behind", "behind: no migrations")


@pytest.mark.parametrize(
    "content", [FAILING, "def (:", SECOND.format(act="raise SystemExit(1)"), "revision = 1"]
)
def test_a_failing_migration_leaves_everything_as_it_was(start, folder, content):
    write_keeper(folder, code=RULES)
    upgrade(start())
    add_migration(folder, content)
    app = start()
    outcome = upgrade(app)
    assert outcome[""] == "ok"
    assert outcome["keeper"] in {"failed", "behind"}
    assert tables(app) == {"x_keeper_notes", "x_keeper_version"}
    assert line(app).state == "schema behind"
    assert line(app).count == 1
    assert site_works(app)


def test_after_the_migration_is_mended_the_plugin_is_well(start, folder):
    write_keeper(folder)
    add_migration(folder, FAILING)
    upgrade(start())
    add_migration(folder, SECOND.format(act="pass"))
    app = start()
    assert upgrade(app)["keeper"] == "ok"
    assert (line(app).state, line(app).count) == ("on", 0)


def test_a_vanished_plugin_leaves_core_and_its_tables_alone(start, folder):
    write_keeper(folder)
    app = start()
    upgrade(app)
    write_note(app)
    shutil.rmtree(folder / "keeper")
    app = start()
    assert upgrade(app) == {"": "ok", "keeper": "gone"}
    assert line(app).state == "gone"
    assert notes(app) == ["blijf"]
    assert site_works(app)


def test_a_database_newer_than_its_plugin_is_named_and_left_alone(start, folder):
    write_keeper(folder, code=RULES)
    add_migration(folder, SECOND.format(act="pass"))
    app = start()
    upgrade(app)
    write_note(app)
    (folder / "keeper" / "migrations" / "0002_more.py").unlink()
    app = start()
    assert upgrade(app)["keeper"] == "newer"
    assert notes(app) == ["blijf"]
    assert line(app).reason == "newer: the database is at 0002"
    with app.app_context():
        assert "keeper" not in switch.active()


def test_check_tells_behind_from_drifted(start, folder):
    write_keeper(folder)
    app = start()
    result = app.test_cli_runner().invoke(args=["schema", "check"])
    assert result.exit_code == 1
    assert "keeper               behind   not at 0001" in result.output
    upgrade(app)
    write_keeper(folder, code="    more: Mapped[str] = mapped_column(String(9))\n")
    app.extensions["host"].plugins["keeper"].module.Note.__table__.append_column(
        db.Column("more", db.String(9))
    )
    result = app.test_cli_runner().invoke(args=["schema", "check"])
    assert "drifted" in result.output


def test_no_owner_sees_the_tables_of_another(start, folder, tmp_path):
    write_keeper(folder)
    app = start()
    upgrade(app)
    with app.app_context():
        kinds = {one.owner: one.kind for one in schema.check()}
    assert kinds["keeper"] == "ok"


def test_a_revision_is_written_from_the_difference(start, folder):
    write_keeper(folder, "scribe")
    shutil.rmtree(folder / "scribe" / "migrations")
    app = start()
    runner = app.test_cli_runner()
    result = runner.invoke(args=["schema", "revision", "--only", "scribe", "-m", "first notes"])
    assert result.output.strip().endswith("scribe/migrations/0001_first_notes.py")
    text_ = (folder / "scribe" / "migrations" / "0001_first_notes.py").read_text()
    assert text_.count("create_table") == 1
    assert "'x_scribe_notes'" in text_
    assert upgrade(app, "scribe") == {"scribe": "ok"}
    with app.app_context():
        found = {one.owner: one.kind for one in schema.check()}
    assert found["scribe"] == "ok"
