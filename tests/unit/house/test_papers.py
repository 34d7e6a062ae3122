"""The papers of the project say what is true of the code."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from .source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def paper(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_licence_is_the_one_that_is_named_everywhere():
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in paper("LICENSE")
    assert "Compatible Licences" in paper("LICENSE")
    assert PROJECT["license"] == "EUPL-1.2"
    assert yaml.safe_load(paper("publiccode.yml"))["legal"]["license"] == "EUPL-1.2"


def test_publiccode_describes_this_release():
    described = yaml.safe_load(paper("publiccode.yml"))
    assert described["softwareVersion"] == PROJECT["version"]
    assert set(described["description"]) == {"nl", "en"}
    for text in described["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_the_changes_start_with_this_release_and_its_security():
    sections = re.findall(r"^#{2,3} (.+)$", paper("CHANGES.md"), re.MULTILINE)
    assert sections[0].startswith(PROJECT["version"])
    assert sections[1] == "Security"


@pytest.mark.parametrize("name", ["SECURITY.md", "CONTRIBUTING.md", "CHANGES.md"])
def test_every_setting_that_a_paper_names_exists(name):
    source = paper("marketplace/config.py")
    named = set(re.findall(r"`?\b([A-Z]+_[A-Z_]+)\b`?", paper(name)))
    assert {setting for setting in named if setting not in source} == set()


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_half_a_page_with_its_four_parts(path):
    text = path.read_text("utf-8")
    assert re.fullmatch(r"\d{3}-[a-z0-9-]+", path.stem)
    assert text.startswith("# ")
    assert len(text.splitlines()) <= 60
    for part in ("Question.", "Choice.", "Revisit"):
        assert f"**{part}" in text, part


def test_no_two_decisions_have_one_number():
    numbers = [path.stem[:3] for path in DECISIONS]
    assert sorted(set(numbers)) == numbers


# ---- papers, pictures and code name each other ----

PAPERS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PICTURES = sorted((ROOT / "docs" / "img").glob("*.svg"))


def dead_links(path: Path) -> list[str]:
    found = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8"))
    return [one for one in found if "://" not in one and not (path.parent / one).exists()]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_every_link_in_a_paper_leads_somewhere(path):
    assert dead_links(path) == []


def test_control_a_dead_link_is_found(tmp_path):
    (tmp_path / "here.md").write_text("[a](here.md) [b](gone.md#part) [c](https://example.org)")
    assert dead_links(tmp_path / "here.md") == ["gone.md"]


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_drawing_says_what_it_shows_and_loads_nothing(path):
    text = path.read_text("utf-8")
    assert re.search(r'<title id="title">[^<]{20,}</title>', text)
    assert 'aria-labelledby="title"' in text
    assert not re.search(r"<script|<image|href=|@import|url\((?!#)", text)
    assert any(f"img/{path.name}" in paper.read_text("utf-8") for paper in PAPERS)


@pytest.mark.parametrize(
    ("name", "folder"),
    [("docs/matching.md", "plugins/matching"), ("docs/solver.md", "plugins/matching/solver")],
)
def test_the_table_of_modules_names_every_module(name, folder):
    table = paper(name).split("## Modules\n")[1]
    named = re.findall(r"^\| `([\w/]+(?:\.py)?)` \|", table, re.MULTILINE)
    files = {path.name for path in (ROOT / folder).glob("*.py") if path.read_text("utf-8").strip()}
    folders = {f"{path.parent.name}/" for path in (ROOT / folder).glob("*/__init__.py")}
    assert named == sorted(named)
    assert set(named) - {"__init__.py"} == (files | folders) - {"__init__.py"}
