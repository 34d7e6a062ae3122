"""Compiled screening says of every offer what the plain judge says: codes, points and reasons."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from marketplace.contract.rules import Criterion, Rule
from plugins.care import rules as care_rules
from plugins.matching.fit import WEIGHTS
from plugins.matching.generated import offers, requests
from plugins.matching.house_rules import RULES
from tests.factories.catalogue import rule
from tests.factories.matching import need, offer, request

from . import plain
from .world import World

START = date(2026, 12, 1)
OF_ALL_KINDS: tuple[Rule, ...] = (
    rule(
        id="until-january",
        code="closed-in-winter",
        when=(Criterion("offer.nature", "is", "training"),),
        require=(Criterion("need.count", "at_least", 8),),
        valid_from=START,
        valid_to=START + timedelta(days=40),
    ),
    rule(
        id="by-name",
        code="withdrawn",
        when=(),
        require=(Criterion("offer.slug", "not_in", ["a-0001", "a-0002"]),),
    ),
    rule(
        id="by-answer",
        code="not-with-three-shifts",
        when=(Criterion("answers.care.shift_system", "is", "three"),),
        require=(Criterion("offer.hours_per_week", "at_most", 2),),
    ),
    rule(
        id="soon-and-free",
        code="free-goes-first",
        effect="prefer",
        weight=30,
        when=(Criterion("offer.price_kind", "in", ["free", "fixed"]),),
        require=(Criterion("offer.lead_days", "at_most", 30),),
        valid_to=START + timedelta(days=20),
    ),
    rule(
        id="in-dutch",
        code="language-goes-first",
        effect="prefer",
        weight=70,
        when=(Criterion("need.role", "is", "workers"),),
        require=(Criterion("offer.language_only", "is", True),),
    ),
)
ALL = (*RULES, *care_rules(), *OF_ALL_KINDS)


def generated(seed, count=250, asked=6):
    """A catalogue and some requests; two offers get the slugs that a rule names."""
    first, second, *rest = offers(seed, count)
    made = [replace(first, slug="a-0001"), replace(second, slug="a-0002"), *rest]
    answers = {"care.shift_system": "three"}
    return made, [replace(one, answers=answers) for one in requests(seed, asked)]


def by_bitmaps(verdict, at):
    """The codes of the bitmaps that have an offer of the posting."""
    return sorted(code for rows in verdict.refused.values() for code, who in rows if who >> at & 1)


def differences(made, asked, rules, judged_by=None):
    """Where the engine and the plain judge say different things of an offer and a need."""
    judged_by = rules if judged_by is None else judged_by
    found = []
    by_version = {one.version_id: one for one in made}
    for wanted in asked:
        for verdict in World(made, rules).screen(wanted):
            rows = verdict.posting.rows
            _rows, points = verdict.points(range(len(rows)))
            about = [one for one in made if verdict.situation.need.topic in one.topics]
            assert len(rows) == len(about)
            for at, row in enumerate(rows):
                one = by_version[verdict.snapshot.version_ids[row]]
                case = plain.Case(wanted, verdict.situation.need, one)
                codes = sorted(plain.refusals(case, judged_by))
                says = {
                    "bitmaps": by_bitmaps(verdict, at) == codes,
                    "refusals": sorted(r.code for r in verdict.refusals(row)) == codes,
                    "eligible": bool(verdict.eligible >> at & 1) is (not codes),
                    "single": bool(verdict.single >> at & 1) is (len(codes) == 1),
                    "points": points[at] == plain.points(case, WEIGHTS, judged_by),
                    "start": verdict.situation.first_day(one.lead_days) == case.first_day,
                }
                found += [(one.slug, name) for name, same in says.items() if not same]
    return found


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_engine_and_the_plain_judge_agree_on_every_offer(seed):
    made, asked = generated(seed)
    assert differences(made, asked, ALL) == []


def test_without_rules_they_agree_too():
    made, asked = generated(20)
    assert differences(made, asked, ()) == []


def test_every_rule_and_condition_has_something_to_say_about_what_is_generated():
    """Otherwise agreement would mean little."""
    refused, preferred = set(), set()
    for seed in range(1, 9):
        made, asked = generated(seed)
        for wanted in asked:
            for verdict in World(made, ALL).screen(wanted):
                refused |= {code for rows in verdict.refused.values() for code, _who in rows}
                preferred |= {one.rule.code for one, who in verdict.preferred if who}
    assert {one.code for one in OF_ALL_KINDS} <= refused | preferred
    assert {"no-places-left", "ends-too-late", "sector-unknown", "group-too-small"} <= refused


def undated(one):
    return replace(one, valid_from=None, valid_to=None)


@pytest.mark.parametrize(
    "judged_by",
    [ALL[1:], tuple(one for one in ALL if one.id != "by-name"), tuple(map(undated, ALL)), RULES],
    ids=["a rule less", "no rule by name", "no dates", "the house rules alone"],
)
def test_control_a_judge_with_other_rules_disagrees(judged_by):
    worlds = [generated(seed) for seed in range(1, 4)]
    assert any(differences(made, asked, ALL, judged_by) for made, asked in worlds)


def test_a_rule_counts_on_the_day_the_track_starts():
    closed = rule(
        id="x",
        code="closed",
        when=(),
        require=(Criterion("offer.nature", "is", "training"),),
        valid_from=date(2026, 12, 1),
        valid_to=date(2026, 12, 31),
    )
    made = [offer("now"), offer("then", lead_days=14), offer("later", lead_days=60)]
    (verdict,) = World(made, (closed,)).screen(request(need()))
    eligible = [
        verdict.snapshot.slugs[row]
        for at, row in enumerate(verdict.posting.rows)
        if verdict.eligible >> at & 1
    ]
    assert sorted(eligible) == ["later", "now"]


def test_a_rule_that_names_an_offer_of_a_topic_nobody_serves_fails_nothing():
    (verdict,) = World([offer()], OF_ALL_KINDS).screen(request(need("b", "mentoring")))
    assert verdict.eligible == 0
