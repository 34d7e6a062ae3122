"""Who may import whom: import-linter reads the rules in pyproject.toml; here they are tried."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .source import ROOT

LINT = Path(sys.executable).with_name("lint-imports")
AREAS = ("app", "kit", "orders", "advice", "pricing", "requests", "catalogue", "accounts", "host")
FOUNDATION = ("reference", "contract", "web", "jobs", "audit", "states", "i18n", "money")
ROOTS = ("clock", "errors", "db", "config", "migrations")


def lint(folder: Path) -> str:
    """The verdict per contract, with the project's own rules."""
    answer = subprocess.run(
        [LINT, "--config", ROOT / "pyproject.toml", "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout + answer.stderr


def broken(verdict: str) -> list[str]:
    return re.findall(r"^(.+?) BROKEN", verdict, re.MULTILINE)


PLANTED = [
    ("marketplace/host/ask.py", "marketplace.orders", "Rooms import downwards"),
    ("marketplace/web/pages.py", "marketplace.accounts", "Rooms import downwards"),
    ("marketplace/audit/services.py", "marketplace.jobs", "Rooms import downwards"),
    ("marketplace/kit/orders.py", "marketplace.app", "Rooms import downwards"),
    ("marketplace/orders/models.py", "marketplace.orders.views", "Inside an area"),
    ("marketplace/orders/services.py", "marketplace.orders.forms", "Inside an area"),
    ("marketplace/orders/views.py", "marketplace.db", "Views and forms"),
    ("marketplace/orders/forms.py", "sqlalchemy", "Views and forms"),
    ("marketplace/advice/services.py", "plugins.matching", "Core never"),
    ("plugins/care/pages.py", "marketplace.orders.services", "Plugins see"),
    ("plugins/care/pages.py", "marketplace.db", "Plugins see"),
    ("plugins/care/pages.py", "plugins.matching", "Plugins never"),
    ("marketplace/contract/values.py", "flask", "The contract is"),
    ("marketplace/contract/values.py", "sqlalchemy", "The contract is"),
    ("marketplace/contract/values.py", "marketplace.money", "The contract is"),
]


def house(folder: Path) -> Path:
    """A house with every room empty, on which the rules hold."""
    write(folder, "marketplace/__init__.py", "")
    for room in (*AREAS, *FOUNDATION, *ROOTS):
        write(folder, f"marketplace/{room}/__init__.py", "")
    write(folder, "marketplace/kit/testing.py", "import marketplace.app\n")
    for role in ("views", "forms", "services", "models"):
        write(folder, f"marketplace/orders/{role}.py", "")
    for plugin in ("care", "matching"):
        write(folder, f"plugins/{plugin}/__init__.py", "import marketplace.contract\n")
    write(folder, "plugins/__init__.py", "")
    return folder


def write(folder: Path, place: str, text: str) -> None:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(text)


@pytest.fixture(scope="module")
def verdict_on_planted(tmp_path_factory):
    folder = house(tmp_path_factory.mktemp("planted"))
    for place, imported, _ in PLANTED:
        write(folder, place, f"import {imported}\n")
    return lint(folder)


def test_the_house_keeps_its_own_rules():
    verdict = lint(ROOT)
    assert "Contracts:" in verdict, verdict
    assert broken(verdict) == [], verdict


def test_an_empty_house_keeps_the_rules(tmp_path):
    verdict = lint(house(tmp_path))
    assert "0 broken" in verdict, verdict


@pytest.mark.parametrize(("place", "imported", "rule"), PLANTED)
def test_control_a_planted_violation_is_caught(verdict_on_planted, place, imported, rule):
    assert any(name.startswith(rule) for name in broken(verdict_on_planted))
    importer = place.removesuffix(".py").replace("/", ".")
    section = verdict_on_planted.split("Broken contracts\n")[1].split(f"\n{rule}")[1]
    assert f"{importer} -> {imported}" in section, verdict_on_planted


def test_control_a_room_without_a_floor_is_caught(tmp_path):
    folder = house(tmp_path)
    write(folder, "marketplace/shed/__init__.py", "")
    assert "shed" in lint(folder)
