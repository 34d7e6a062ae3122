"""What each hook may answer: a table, and the check that a plugin kept to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click
from flask import Blueprint

from marketplace.contract.answers import Aids, Recommendation
from marketplace.contract.pages import Attribution, Check, Companion, NavItem, Panel, Widget
from marketplace.contract.rules import Question, Rule

MANY: Mapping[str, type] = {
    "tailored_offers": Mapping,
    "rules": Rule,
    "questions": Question,
    "blueprints": Blueprint,
    "nav": NavItem,
    "panels": Panel,
    "commands": click.Command,
    "companions": Companion,
    "checks": Check,
    "widgets": Widget,
}
ONE: Mapping[str, type] = {
    "recommend": Recommendation,
    "replay": Recommendation,
    "subsidies": Aids,
    "permissions": Mapping,
    "cross_site": Mapping,
    "attribution": Attribution,
    "reason_texts": Mapping,
    "settings_form": type,
    "export_person": Mapping,
}


class WrongAnswer(TypeError):
    """A hook answered something that its contract does not allow."""


def check(hook: str, value: object, arguments: Mapping[str, object]) -> None:
    """Raise WrongAnswer unless the value is what the hook promises; None is always allowed."""
    if value is None:
        return
    if hook in MANY:
        if not isinstance(value, list | tuple):
            raise WrongAnswer(f"answered {type(value).__name__}, not a list or tuple")
        if strange := [one for one in value if not isinstance(one, MANY[hook])]:
            raise WrongAnswer(f"{type(strange[0]).__name__} is not a {MANY[hook].__name__}")
    elif not isinstance(value, ONE.get(hook, type(None))):
        raise WrongAnswer(f"answered {type(value).__name__}")
    if isinstance(value, Aids):
        _aids(value, arguments.get("items"))


def _aids(value: Aids, items: object) -> None:
    if isinstance(items, Sequence) and len(value.aids) != len(items):
        raise WrongAnswer(f"{len(value.aids)} answers for {len(items)} items")
