"""The tree keeps its names: a reader finds the room by its name."""

import re
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from marketplace.db import Base

from .source import ROOT, files, name_of

TOP = {
    "pyproject.toml", "wsgi.py", "marketplace", "plugins", "templates", "static", "tests",
    "Makefile", "README.md", "CHANGES.md", "docs", "bench", ".ci", "tools",
    "requirements.txt", "requirements-dev.txt",
    "LICENSE", "publiccode.yml", "SECURITY.md", "CONTRIBUTING.md",
    ".gitignore", ".editorconfig", ".gitattributes",
}  # fmt: skip
DRAWERS = re.compile(r"^_?(utils?|helpers?|commons?|misc|managers?)$")
FOR_SALE = re.compile(r"(^|_)(payable|promot\w*|rank\w*|boost\w*|priorit\w*|sponsor\w*|featured)")
MARKS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|raise NotImplemented\b")


def top_names() -> set[str]:
    """What git keeps or would keep; without git, what lies there."""
    if not (ROOT / ".git").exists():
        return {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    answer = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {line.split("/")[0] for line in answer.stdout.splitlines()}


def drawers(paths: list[Path]) -> list[str]:
    return [str(path) for path in paths if any(DRAWERS.match(Path(p).stem) for p in path.parts)]


def columns_for_sale(metadata: MetaData) -> list[str]:
    return [
        str(column)
        for table in metadata.tables.values()
        for column in table.columns
        if FOR_SALE.search(column.name)
    ]


def marked(root: Path = ROOT) -> list[str]:
    house = files(".py", ".html", ".css", ".js", ".sh", root=root)
    return [
        f"{name_of(path, root)}:{number}"
        for path in house
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if MARKS.search(line)
    ]


def test_nothing_new_lies_on_the_top_level():
    assert top_names() - TOP == set()


def test_no_module_is_a_drawer_for_everything():
    assert drawers([path.relative_to(ROOT) for path in files(".py", ".html", ".js", ".css")]) == []


def test_nothing_in_the_schema_can_be_bought(app):
    assert len(Base.metadata.tables) > 10
    assert columns_for_sale(Base.metadata) == []


def test_no_work_is_put_off_in_the_source():
    assert marked() == []


# ---- controls ----


@pytest.mark.parametrize("name", ["orders/utils.py", "helpers/mail.py", "web/common.py", "misc.py"])
def test_control_a_drawer_is_found(name):
    assert drawers([Path(name)])


@pytest.mark.parametrize(
    "name", ["rank", "boost_until", "priority", "is_sponsored", "promoted_at", "sponsor_id"]
)
def test_control_a_column_for_sale_is_found(name):
    metadata = MetaData()
    Table("offers", metadata, Column("id", Integer), Column(name, Integer))
    assert columns_for_sale(metadata) == [f"offers.{name}"]


@pytest.mark.parametrize("line", ["# TO" + "DO later", "raise NotImplemented" + "Error"])
def test_control_put_off_work_is_found(tmp_path, line):
    (tmp_path / "marketplace").mkdir()
    (tmp_path / "marketplace" / "late.py").write_text(f"x = 1\n{line}\n")
    assert marked(tmp_path) == ["marketplace/late.py:2"]
