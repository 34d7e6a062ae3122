"""``flask invoicing``: statements, reminders, and whether everything is whole."""

import pytest
from sqlalchemy import text

from marketplace.db import db
from plugins.invoicing.terms import shown

from .bank_files import coda


@pytest.fixture
def run(app):
    def act(*words):
        return app.test_cli_runner().invoke(args=["invoicing", *words])

    return act


def test_a_statement_from_a_file_twice(ready, run, tmp_path):
    said = shown(ready.communication(ready.issued()))
    file = tmp_path / "a.cod"
    file.write_bytes(coda([(290_400, said, "x"), (5, "y", "z")]))
    assert run("statement", str(file)).output == "2 new, 1 booked, 1 waiting, 0 known\n"
    assert run("statement", str(file)).output == "0 new, 0 booked, 0 waiting, 2 known\n"


def test_a_wrong_file_is_said(run, tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes(b"hello")
    answer = run("statement", str(file))
    assert answer.exit_code == 1
    assert "Wij kunnen dit bestand niet lezen" in answer.output


def test_reminders_are_queued(ready, run, clock):
    ready.issued()
    assert run("remind").output == "0 reminders queued\n"
    clock.at = clock.at.replace(year=2027, month=1, day=20)
    assert run("remind").output == "1 reminders queued\n"


def test_what_is_whole_is_said_to_be_whole(ready, run):
    ready.issued()
    ready.issued()
    answer = run("verify")
    assert (answer.exit_code, answer.output) == (0, "2 whole, no gap\n")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE x_invoicing_issued SET digest = 'x' WHERE sequence = 2", "2026-00002 of seller"),
        ("DELETE FROM x_invoicing_issued WHERE sequence = 1", "a gap before 2026-00002"),
    ],
)
def test_control_damage_is_found(ready, run, damage, said):
    """Done by somebody who first took the trigger away."""
    ready.issued()
    ready.issued()

    def harm():
        if db.engine.dialect.name == "sqlite":
            for act in ("update", "delete"):
                db.session.execute(text(f"DROP TRIGGER x_invoicing_issued_{act}"))
        else:
            db.session.execute(text("ALTER TABLE x_invoicing_issued DISABLE TRIGGER ALL"))
        db.session.execute(text(damage))
        if db.engine.dialect.name != "sqlite":
            db.session.execute(text("ALTER TABLE x_invoicing_issued ENABLE TRIGGER ALL"))

    ready.write(harm)
    answer = run("verify")
    assert answer.exit_code == 1
    assert said in answer.output
