"""``flask rules``: status 2 and one line per fault, with its path."""

import json
import re

import pytest

from marketplace.catalogue.services import rules as services
from marketplace.config import ROOT
from tests.factories.rules import document


@pytest.fixture
def run(app):
    return lambda *words, **more: app.test_cli_runner().invoke(args=["rules", *words], **more)


def test_a_rule_is_checked_published_listed_and_withdrawn(run, session, tmp_path):
    path = tmp_path / "regel.json"
    path.write_text(json.dumps(document()), "utf-8")
    assert run("check", str(path)).output == "no faults\n"
    assert services.every() == []
    assert run("publish", str(path)).output == "published\n"
    assert run("list").output == (
        "onthaal-voor-drie  published  1  refuse  2026-11-01  Onthaal vraagt drie mensen.\n"
    )
    assert run("withdraw", "onthaal-voor-drie").output == "withdrawn\n"
    assert "withdrawn  1" in run("list").output


@pytest.mark.parametrize("command", ["check", "publish"])
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            json.dumps(document(effect="boost", weight="veel")),
            [
                "rule.effect: deze waarde bestaat niet; kies uit: refuse, prefer, note",
                "rule.weight: moet een geheel getal zijn",
            ],
        ),
        (
            json.dumps(document(passes={"need.topic": "onboarding", "need.count": 1})),
            ["rule.passes: de regel weigert dit geval, en dat mag niet"],
        ),
        ("{", ["$: dit is geen geldige JSON (regel 1, kolom 2)"]),
        ("[" * 100_000, ["$: dit bestand is te diep genest"]),
        ("[]", ["$: moet een object zijn"]),
    ],
)
def test_a_bad_file_says_where_and_what(run, session, command, text, lines):
    done = run(command, "-", input=text)
    assert done.exit_code == 2
    assert done.stderr.splitlines() == lines
    assert services.every() == []


def test_a_slug_that_is_not_there_ends_with_status_1(run, session):
    done = run("withdraw", "weg")
    assert done.exit_code == 1
    assert "weg is not the slug of a rule" in done.output


def test_the_file_and_the_commands_of_the_documentation_work(run, session):
    text = (ROOT / "docs" / "rules.md").read_text("utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", text, re.S)
    assert run("publish", "-", input=example).output == "published\n"
    for name in re.findall(r"^flask rules (\w+)", text, re.M):
        assert run(name, "--help").exit_code == 0
