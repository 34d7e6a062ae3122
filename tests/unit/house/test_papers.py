"""The papers of the project say what is true of the code."""

import re
import tomllib

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
