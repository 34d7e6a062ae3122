"""Every rule of the house and of every bundled plugin does what its two cases say, and is told."""

from __future__ import annotations

from datetime import date

import pytest

from marketplace.config import ROOT
from marketplace.contract.rules import Criterion, Rule
from marketplace.host import ask
from marketplace.kit.criteria import faults, refusal, satisfied


@pytest.fixture
def contributed(app):
    with app.test_request_context():
        answers = ask.ask("rules")
        assert answers.silent == ()
        yield [(plugin, rule) for plugin, rules in answers.values for rule in rules]


def judged(rule, case):
    """What the rule says of a case: refused or not; else satisfied or not."""
    if rule.effect == "refuse":
        return refusal(rule, case.get) is None
    return satisfied(rule, case.get)


def test_every_rule_holds_in_its_passing_case_and_not_in_its_failing_one(contributed):
    assert {plugin for plugin, _rule in contributed} >= {"matching", "care"}
    for plugin, rule in contributed:
        assert faults(rule) == [], f"{plugin}: {rule.id}"
        assert (judged(rule, rule.passes), judged(rule, rule.fails)) == (True, False), rule.id
        assert rule.source


def test_every_effect_has_a_rule(contributed):
    assert {rule.effect for _plugin, rule in contributed} == {"refuse", "prefer", "note"}


def test_no_two_rules_have_one_id_and_each_code_has_a_sentence(contributed):
    ids = [rule.id for _plugin, rule in contributed]
    assert len(ids) == len(set(ids))
    told = {}
    for _plugin, sentences in ask.ask("reason_texts", language="nl").values:
        told |= sentences
    assert {rule.code for _plugin, rule in contributed} <= set(told)


def test_the_example_of_the_documentation_is_a_sound_rule():
    part = (ROOT / "docs" / "hooks.md").read_text("utf-8").partition("### rules")[2]
    known = {"impl": lambda hook: hook, "Rule": Rule, "Criterion": Criterion, "date": date}
    exec(part.partition("```python")[2].partition("```")[0], known)  # noqa: S102 - our own text
    assert [faults(rule) for rule in known["rules"]()] == [[]]
