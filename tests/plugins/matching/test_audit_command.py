"""``flask match audit`` on generated catalogues and on the one that is published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from marketplace.catalogue import services as catalogue
from marketplace.config import ROOT
from marketplace.db import writing
from plugins.matching.audit.properties import PROPERTIES, TWINS
from tests.factories.plugins import write_plugin

NAMES_A_FAVOURITE = """
from datetime import date
from marketplace.contract.rules import Criterion, Rule

@impl
def rules():
    known = ["atlas-taaltips", {slugs}]
    return [Rule(
        "favourite", "favourite", (), (Criterion("offer.slug", "in", known),), "here",
        date(2026, 11, 1), {{"offer.slug": "atlas-taaltips"}}, {{"offer.slug": "other"}},
    )]
"""


def audit(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["match", "audit", "--offers", "60", *arguments])


@pytest.fixture
def published(app: Flask) -> Flask:
    with app.app_context(), writing():
        catalogue.seed_demo()
    return app


def test_without_a_published_catalogue_generated_ones_are_audited(app):
    result = audit(app, "--catalogues", "2")
    assert result.exit_code == 0
    assert "generated catalogue: 2 requests" in result.output
    assert "published" not in result.output
    named = {line.split()[0] for line in result.output.splitlines() if line}
    assert {*PROPERTIES, TWINS, "agency", "partner"} <= named


def test_a_published_catalogue_is_audited_too_unless_told_otherwise(published):
    assert "published catalogue: 1 requests" in audit(published, "--catalogues", "1").output
    assert "published" not in audit(published, "--catalogues", "1", "--no-live").output


def test_json_has_the_same_figures_on_every_run(published):
    one, two = (audit(published, "--catalogues", "2", "--json") for _ in range(2))
    assert one.output == two.output
    generated, live = json.loads(one.output)["audits"]
    assert (generated["catalogue"], live["catalogue"]) == ("generated", "published")
    assert generated["holds"] is live["holds"] is True
    assert [row["name"] for row in live["properties"]] == list(PROPERTIES)
    assert generated["requests"] == live["requests"] == 2


def test_control_a_rule_that_goes_by_names_is_found_and_can_be_replayed(host_with, tmp_path: Path):
    plain = host_with("matching")
    with plain.app_context(), writing():
        catalogue.seed_demo()
        slugs = [offer.slug for offer in catalogue.published()]
    code = NAMES_A_FAVOURITE.format(slugs=", ".join(map(repr, slugs)))
    app = host_with("matching", write_plugin(tmp_path / "favour", "favour", code))
    result = audit(app, "--catalogues", "8", "--json")
    assert result.exit_code == 1
    generated, live = json.loads(result.output)["audits"]
    assert generated["holds"]
    assert [row["name"] for row in live["properties"] if row["failed"]] == ["renaming"]
    (failure,) = live["failures"]
    assert len(failure["request"]["needs"]) == 1
    file = tmp_path / "request.json"
    file.write_text(json.dumps(failure["request"]), "utf-8")
    assert app.test_cli_runner().invoke(args=["advise", str(file)]).exit_code == 0
    again = audit(app, "--catalogues", "1", "--seed", str(failure["seed"]), "--request", str(file))
    assert again.exit_code == 1
    assert "renaming fails" in again.output
    assert f"flask advise FILE, with in FILE\n  {json.dumps(failure['request'])}" in again.output


def test_a_bad_request_file_is_refused_with_the_path_of_the_field(app, tmp_path: Path):
    file = tmp_path / "request.json"
    file.write_text('{"budget": {"net_cents": 1, "hours": 1}}', "utf-8")
    result = audit(app, "--request", str(file))
    assert result.exit_code == 2
    assert "needs: is missing" in result.output


def test_the_docs_explain_every_property():
    text = (ROOT / "docs" / "audit.md").read_text("utf-8")
    assert [row for row in (*PROPERTIES, TWINS) if f"| `{row}` |" not in text] == []
