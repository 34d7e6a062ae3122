"""``flask plugin new`` writes a small plugin whose own tests pass."""

from __future__ import annotations

import subprocess
import sys

import pytest

from marketplace.config import ROOT


@pytest.fixture
def new(app, tmp_path):
    def write(name):
        arguments = ["plugin", "new", name, "--folder", str(tmp_path)]
        return app.test_cli_runner().invoke(args=arguments)

    return write


def test_its_own_tests_pass(new, tmp_path):
    assert new("care2").exit_code == 0
    command = [sys.executable, "-m", "pytest", "-q", "-p", "marketplace.kit.testing"]
    done = subprocess.run(
        [*command, str(tmp_path / "care2")], cwd=ROOT, capture_output=True, text=True
    )
    assert "3 passed" in done.stdout, done.stdout + done.stderr


def test_it_is_small_and_formatted(new, tmp_path):
    new("care2")
    code = tmp_path / "care2"
    assert len((code / "__init__.py").read_text().splitlines()) <= 60
    house = ["--config", str(ROOT / "pyproject.toml")]
    first_party = ["--config", 'lint.isort.known-first-party = ["marketplace"]']
    for act in (["format", "--check", *house], ["check", *house, *first_party, "--ignore", "D,S"]):
        command = [sys.executable, "-m", "ruff", *act, str(code)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["Care", "a", "core", "a-b", "../x", "1st", "x" * 21])
def test_a_name_that_cannot_be_an_id_writes_nothing(new, tmp_path, name):
    before = sorted(tmp_path.rglob("plugin.toml"))
    result = new(name)
    assert result.exit_code == 1
    assert "small letters and digits" in result.output
    assert sorted(tmp_path.rglob("plugin.toml")) == before


def test_what_is_there_is_not_overwritten(new, tmp_path):
    new("care2")
    (tmp_path / "care2" / "plugin.toml").write_text("mine")
    assert "exists already" in new("care2").output
    assert (tmp_path / "care2" / "plugin.toml").read_text() == "mine"
