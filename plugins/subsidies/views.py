"""The public page with every rule of aid: how much, when to ask, source and check date."""

from __future__ import annotations

from flask import Blueprint, render_template

from marketplace.kit.clock import today

from . import words
from .in_force import rules_in_force
from .records import versions_on

blueprint = Blueprint("subsidies", __name__)


@blueprint.get("/steun")
def overview() -> str:
    """The rules for a start today, then the older ones that are kept for replays."""
    rules = rules_in_force()
    now = versions_on(rules, today())
    past = [one for one in rules if one.valid_to and one.valid_to < today()]
    return render_template(
        "@subsidies/overview.html", now=now, past=past, words=words, today=today()
    )
