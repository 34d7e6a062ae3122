"""The public pages: every rule of aid, one rule to print, and the schema of a rule file."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from marketplace.kit.clock import today
from marketplace.kit.errors import NotFound

from . import reader, words
from .conditions import conditions
from .in_force import rules_in_force
from .pots import keeping
from .pots import words as pot_words
from .records import Record, completed, versions_on

blueprint = Blueprint("subsidies", __name__)


@blueprint.get("/steun")
def overview() -> str:
    """The rules for a start today by group, the pots of federations that still give, then the older
    rules that are kept for replays.
    """
    rules = rules_in_force()
    now = versions_on(rules, today())
    groups = {
        title: [rule for rule in now if rule.group == group]
        for group, title in words.GROUPS.items()
    }
    past = [one for one in rules if one.valid_to and one.valid_to < today()]
    return render_template(
        "@subsidies/overview.html",
        groups=groups,
        pots=keeping.giving_pots(),
        past=past,
        words=words,
        pot_words=pot_words,
        today=today(),
    )


@blueprint.get("/steun/<rule>")
def sheet(rule: str) -> str:
    """The data sheet of one rule, with its other versions. 404 when there is no such rule."""
    versions = [one for one in completed(rules_in_force()) if one.id == rule]
    if not versions:
        raise NotFound
    shown = _shown(versions)
    return render_template(
        "@subsidies/sheet.html",
        rule=shown,
        conditions=conditions(shown),
        others=[one for one in versions if one is not shown],
        words=words,
        today=today(),
    )


@blueprint.get("/regels.schema.json")
def schema() -> Response:
    """The published schema (JSON Schema, draft 2020-12) of a file with rules."""
    text = reader.SCHEMA.read_text("utf-8")
    return Response(text, mimetype="application/schema+json")


def _shown(versions: list[Record]) -> Record:
    """The version for a start today; else the one that comes next, else the last."""
    now = [one for one in versions if one.in_force(today())]
    later = [one for one in versions if one.valid_from and one.valid_from > today()]
    return (now or later or versions[-1:])[0]
