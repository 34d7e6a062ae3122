"""Each owner of tables has a version of its own; none can harm another."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import sys

import pytest
from sqlalchemy import inspect, text

from marketplace.app import create_app
from marketplace.config import ROOT
from marketplace.db import Base, db, writing
from marketplace.host import ask, schema, settings, status, switch
from tests.factories.plugins import write_keeper, write_plugin, write_witness

SECOND = """
revision = "0002"
down_revision = "0001"
import sqlalchemy as sa
from alembic import op

def upgrade():
    {act}

def downgrade():
    pass
"""
FAILING = SECOND.format(
    act="op.create_table('x_keeper_half', sa.Column('id', sa.Integer())); 1 / 0"
)
RULES = "@impl\ndef rules(): return []\n"


@pytest.fixture
def folder(tmp_path):
    write_witness(tmp_path / "plugins")
    return tmp_path / "plugins"


@pytest.fixture
def start(make_app, folder):
    """A fresh application on the same database and folder."""
    return lambda: make_app(PLUGIN_FOLDERS=[folder])


def add_migration(folder, content, name="0002_more.py"):
    (folder / "keeper" / "migrations" / name).write_text(content)


def upgrade(app, only=None):
    with app.app_context():
        return {one.owner: one.kind for one in schema.upgrade(only)}


def tables(app):
    with app.app_context():
        return {name for name in inspect(db.engine).get_table_names() if name.startswith("x_")}


def line(app, plugin_id="keeper"):
    with app.app_context():
        return next(one for one in status.plugins() if one.id == plugin_id)


def site_works(app):
    return app.test_client().get("/x/witness/").status_code == 200


def write_note(app):
    with app.app_context(), writing():
        db.session.execute(text("INSERT INTO x_keeper_notes (id, words) VALUES (1, 'blijf')"))
        db.session.commit()


def notes(app):
    with app.app_context():
        return db.session.execute(text("SELECT words FROM x_keeper_notes")).scalars().all()


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


def test_purge_is_the_only_thing_that_drops_data(start, folder):
    write_keeper(folder)
    app = start()
    upgrade(app)
    write_note(app)
    runner = app.test_cli_runner()
    refused = runner.invoke(args=["plugin", "purge", "keeper", "--yes"])
    assert "run `flask plugin off keeper` first" in refused.output
    runner.invoke(args=["plugin", "off", "keeper"])
    assert notes(app) == ["blijf"]
    with app.app_context(), writing():
        settings.save("keeper", {"a": 1})
    result = runner.invoke(args=["plugin", "purge", "keeper", "--yes"])
    assert result.output == "dropped x_keeper_notes, x_keeper_version\n"
    assert tables(app) == set()
    with app.app_context():
        assert "keeper" not in switch.active()
        assert switch.choices()["keeper", ""] == switch.Choice(False, {})
    assert upgrade(app)["keeper"] == "ok"
    assert notes(app) == []


def test_a_plugin_that_is_gone_can_be_purged(start, folder):
    write_keeper(folder)
    app = start()
    upgrade(app)
    write_note(app)
    shutil.rmtree(folder / "keeper")
    app = start()
    app.test_cli_runner().invoke(args=["plugin", "purge", "keeper", "--yes"])
    assert tables(app) == set()
    with app.app_context():
        assert not [one for one in status.plugins() if one.id == "keeper"]


@pytest.mark.parametrize("name", ["jobs; drop", "x_keeper", "", "%"])
def test_purge_drops_nothing_for_a_name_that_is_no_id(start, name):
    result = start().test_cli_runner().invoke(args=["plugin", "purge", name, "--yes"])
    assert "is not the id of a plugin" in result.output


def test_purge_leaves_core_and_other_plugins(start, folder):
    write_keeper(folder)
    write_keeper(folder, "keeper2")
    app = start()
    upgrade(app)
    app.test_cli_runner().invoke(args=["plugin", "off", "keeper"])
    app.test_cli_runner().invoke(args=["plugin", "purge", "keeper", "--yes"])
    assert tables(app) == {"x_keeper2_notes", "x_keeper2_version"}
    with app.app_context():
        core = {name for name in Base.metadata.tables if not name.startswith("x_")}
        assert core <= set(inspect(db.engine).get_table_names())


def test_the_list_for_machines_says_the_same(start, folder):
    write_plugin(folder, "broken", "1 / 0")
    write_keeper(folder)
    runner = start().test_cli_runner()
    found = json.loads(runner.invoke(args=["plugin", "list", "--json"]).output)
    assert {one["id"]: one["state"] for one in found} == {
        "keeper": "schema behind",
        "witness": "on",
        "broken": "left out",
    }
    listed = runner.invoke(args=["plugin", "list"]).output
    assert "broken               left out                ZeroDivisionError" in listed


def test_an_only_that_takes_no_part_is_an_error(start):
    result = start().test_cli_runner().invoke(args=["schema", "upgrade", "--only", "absent"])
    assert result.exit_code == 1
    assert "absent takes no part" in result.output


def test_a_failing_plugin_does_not_stop_a_deployment_but_only_asks_for_it_does(start, folder):
    write_keeper(folder)
    add_migration(folder, FAILING)
    runner = start().test_cli_runner()
    assert runner.invoke(args=["schema", "upgrade"]).exit_code == 0
    assert runner.invoke(args=["schema", "upgrade", "--only", "keeper"]).exit_code == 1


def migrate_in_a_process(url, folder, instance, barrier, results):
    app = create_app(
        {
            "ENVIRONMENT": "testing",
            "SECRET_KEY": "x",
            "SQLALCHEMY_DATABASE_URI": url,
            "INSTANCE": instance,
            "PLUGIN_FOLDERS": [folder],
        }
    )
    with app.app_context():
        barrier.wait(timeout=30)
        results.put({one.owner: (one.kind, one.detail) for one in schema.upgrade("keeper")})


@pytest.mark.enable_socket
def test_two_migrators_at_once_make_the_tables_once(start, folder, database_url, tmp_path):
    write_keeper(folder)
    slow = "import time; time.sleep(0.3)"
    add_migration(folder, SECOND.format(act=slow))
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(3), context.Queue()
    arguments = (database_url, folder, tmp_path, barrier, results)
    workers = [context.Process(target=migrate_in_a_process, args=arguments) for _ in range(3)]
    for worker in workers:
        worker.start()
    found = sorted(results.get(timeout=60)["keeper"] for _ in workers)
    for worker in workers:
        worker.join()
    assert found == [("ok", ""), ("ok", ""), ("ok", "upgraded")]
    assert tables(start()) == {"x_keeper_notes", "x_keeper_version"}


def test_the_commands_work_from_the_shell(tmp_path, folder):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'shell.db'}",
        "MARKETPLACE_INSTANCE": str(tmp_path),
        "PLUGIN_FOLDERS": str(folder),
        "SECRET_KEY": "x",
    }
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    before = subprocess.run(
        [*flask, "plugin", "list"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert "run `flask schema upgrade`" in before.stderr
    done = subprocess.run(
        [*flask, "schema", "upgrade"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert "core                 ok" in done.stdout
