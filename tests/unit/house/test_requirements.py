"""What is installed is pinned by hash, comes from no named host, and has its reason on paper."""

import re
import tomllib

import pytest

from .source import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+(?:\[[^\]]+\])?)==(\S+)", re.MULTILINE)
HOST = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|\bgit\+|@ file:")
LOCKS = ["requirements.txt", "requirements-dev.txt"]


def entries(text: str) -> list[str]:
    """One text per pinned package, its continuation lines included."""
    joined = text.replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def faults(text: str) -> list[str]:
    loose = [line for line in entries(text) if not PIN.match(line) or "--hash=sha256:" not in line]
    return loose + HOST.findall(text)


def direct(group: str) -> set[str]:
    """What pyproject.toml asks for: to run, or in addition to develop."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"] if group == "run" else project["optional-dependencies"][group]
    return {re.split(r"[<>=!~\[; ]", line)[0].lower() for line in wanted}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_by_hash_and_from_no_host(name):
    text = (ROOT / name).read_text("utf-8")
    assert len(entries(text)) > 20
    assert faults(text) == []


def test_the_locks_hold_what_was_asked_for():
    pinned = {
        name: {found[0].split("[")[0].lower() for found in PIN.findall((ROOT / name).read_text())}
        for name in LOCKS
    }
    assert direct("run") <= pinned["requirements.txt"]
    for extra in ("dev", "pdf", "bank"):
        assert direct(extra) <= pinned["requirements-dev.txt"]
    assert pinned["requirements.txt"] <= pinned["requirements-dev.txt"]


@pytest.mark.parametrize("group", ["run", "dev", "pdf", "bank"])
def test_every_dependency_has_its_reason_on_paper(group):
    paper = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    missing = [wanted for wanted in direct(group) if not re.search(rf"\| {wanted}[ \[]", paper)]
    assert missing == []


@pytest.mark.parametrize(
    "text",
    [
        "flask==3.1.3\n",
        "flask>=3 \\\n    --hash=sha256:00\n",
        "--index-url https://example.org/simple\n",
        "x @ git+https://example.org/x\n",
    ],
)
def test_control_a_loose_or_hosted_package_is_found(text):
    assert faults(text)
