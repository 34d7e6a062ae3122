"""``flask catalogue``: files in, files out, status 2 and one line per error."""

import json

import pytest

from marketplace.catalogue import services
from tests.factories.catalogue import document, offer


@pytest.fixture
def run(app):
    return lambda *words, **more: app.test_cli_runner().invoke(args=["catalogue", *words], **more)


def test_a_good_file_goes_in_and_comes_out(run, session, tmp_path):
    path = tmp_path / "aanbod.json"
    path.write_text(json.dumps(document([offer()])), "utf-8")
    done = run("import", str(path))
    assert done.exit_code == 0, done.output
    assert "1 versions new" in done.output
    out = tmp_path / "uit.json"
    assert run("export", str(out)).exit_code == 0
    assert json.loads(out.read_text("utf-8")) == json.loads(run("export").stdout)
    assert "0 versions new" in run("import", str(out)).output


def test_a_bad_file_ends_with_status_2_and_one_line_per_error(run, session):
    bad = json.dumps(document([offer(hours=-1), offer("x", price={"kind": "fixed"})]))
    done = run("import", "-", input=bad)
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        "offers[0].hours: moet ten minste 0 zijn",
        "offers[1].price.cents: ontbreekt bij deze soort prijs",
    ]
    assert services.published() == ()


def test_a_file_that_is_not_there_ends_with_status_2(run):
    assert run("import", "/nergens/weg.json").exit_code == 2


def test_a_line_break_in_a_key_stays_on_one_line(run, session):
    done = run("import", "-", input='{"format": 1, "providers": [], "offers": [], "a\\nb": 1}')
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1


def test_the_demo_is_one_command(run, session):
    assert run("demo").exit_code == 0
    assert len(services.published()) >= 60


def test_sync_asks_the_plugins(run, session):
    done = run("sync")
    assert done.exit_code in {0, 1}, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
