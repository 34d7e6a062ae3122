"""``flask plugin`` and ``flask schema``: purge, lists, deployments, two migrators at once."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import sys

import pytest
from sqlalchemy import inspect

from marketplace.app import create_app
from marketplace.config import ROOT
from marketplace.db import Base, db, writing
from marketplace.host import schema, settings, status, switch
from tests.factories.plugins import write_keeper, write_plugin
from tests.factories.schema import (
    BUNDLED,
    FAILING,
    SECOND,
    add_migration,
    notes,
    tables,
    upgrade,
    write_note,
)


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
    assert {one["id"]: one["state"] for one in found if one["id"] not in BUNDLED} == {
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
