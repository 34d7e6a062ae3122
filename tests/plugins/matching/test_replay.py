"""An answer is made again, byte for byte, from what was stored with it, whatever changed since."""

import json
from dataclasses import replace
from datetime import date

import pytest

from marketplace.catalogue import services
from marketplace.contract.answers import Aid, Aids, Ceiling
from marketplace.contract.values import Price
from marketplace.db import db, writing
from plugins.matching import advising
from plugins.matching.generated import offers, requests
from plugins.matching.hold import Compiled
from plugins.matching.plain import text_of
from plugins.matching.recommend import decide, present
from plugins.matching.rule_book import book_of
from plugins.matching.sources import Heard, read, written
from tests.factories.catalogue import offer, provider, stock
from tests.factories.matching import need, request
from tests.factories.matching import offer as value
from tests.factories.plugins import write_plugin
from tests.factories.rules import published

from .test_screening import ALL
from .world import World

ASKED = request(
    need("klaar", "clear-language", count=4),
    need("onthaal", "onboarding", count=3, weight=1),
    need("taal", "dutch-on-the-floor", count=3, weight=2),
    employer=replace(request().employer, vat_recoverable=False),
)
FUND = """
from marketplace.contract.answers import Aid, Aids, Ceiling

@impl
def subsidies(request, items):
    given = tuple((Aid("half", item.gross_cents // 2, "certain", "pot"),) for item in items)
    return Aids({"pot": 60_000}, given, ceiling=Ceiling(500))
"""
MUTE = """
@impl
def subsidies(request, items):
    raise RuntimeError("not now")

@impl
def rules():
    raise RuntimeError("not now")
"""


def market(price=90_000):
    return [
        offer("klaar", price={"kind": "fixed", "cents": price}, lead_days=10),
        offer("klaar-goedkoop", "ligo", price={"kind": "fixed", "cents": 20_000}, lead_days=90),
        offer("onthaal", topics=["onboarding"], price={"kind": "per_participant", "cents": 9_000}),
        offer("tolk", "ligo", topics=["onboarding"], capacity=5, hours=1),
        offer("taal", topics=["dutch-on-the-floor"], roles=["workers"], capacity=9),
        offer("taal-laat", "ligo", topics=["dutch-on-the-floor"], lead_days=60),
        offer("nacht", topics=["dutch-on-the-floor"], roles=["teams"]),
    ]


@pytest.fixture
def stocked(host_with, tmp_path):
    """A catalogue with scarce offers, a source of aid with a pool, a silent one, and a rule."""
    fund = write_plugin(tmp_path / "more", "fund", FUND)
    app = host_with("matching", fund, write_plugin(tmp_path / "more", "mute", MUTE))
    with app.app_context():
        stock(*market())
        with writing():
            published(effect="note", sentence={"nl": "Dit is een opmerking."})
            db.session.commit()
    return app


def advise(app, salt="s"):
    with app.app_context():
        return advising.recommend(ASKED, salt)


def replayed(app, answer, sources=None, salt="s"):
    with app.app_context():
        return advising.replay(ASKED, salt, answer.sources if sources is None else sources)


def test_the_answer_comes_back_byte_for_byte(stocked):
    answer = advise(stocked)
    assert answer.silent_sources == ("mute",)
    assert {aid.pool for line in answer.bundle.lines for aid in line.aid} == {"fund:pot"}
    assert json.loads(answer.sources["heard"])["left"]
    assert text_of(replayed(stocked, answer)) == text_of(answer)


def another_price():
    stock(*market(price=1_000))


def fewer_offers():
    stock(*[one | {"status": "retired"} for one in market()[:4]])


def another_owner():
    names = [provider(name="Andere naam"), provider("ligo", "partner", name="Nog een naam")]
    stock(*market(), providers=names)


def fewer_places():
    with writing():
        assert services.reserve(version("tolk"), 5)
        db.session.commit()


def another_rule():
    with writing():
        published(
            "nog-een",
            require=[{"subject": "need.count", "op": "at_least", "value": 4}],
            passes={"need.topic": "onboarding", "need.count": 4},
        )
        db.session.commit()


def version(slug):
    return next(one.version_id for one in services.published() if one.slug == slug)


@pytest.mark.parametrize(
    "change", [another_price, fewer_offers, another_owner, fewer_places, another_rule]
)
def test_what_changes_afterwards_changes_nothing_of_it(stocked, change):
    answer = advise(stocked)
    with stocked.app_context():
        change()
    assert text_of(replayed(stocked, answer)) == text_of(answer)
    fresh = advise(stocked)
    assert text_of(replace(fresh, sources={})) != text_of(replace(answer, sources={}))


@pytest.mark.parametrize(
    ("name", "was", "becomes"),
    [
        ("offers/onboarding", '"hours":3', '"hours":2'),
        ("heard", '"cents":45000', '"cents":44999'),
        ("heard", '"provider":"agii"', '"provider":"iemand"'),
    ],
)
def test_control_a_source_that_was_touched_is_noticed(stocked, name, was, becomes):
    answer = advise(stocked)
    assert was in answer.sources[name]
    found = replayed(
        stocked, answer, {**answer.sources, name: answer.sources[name].replace(was, becomes)}
    )
    assert text_of(replace(found, sources={})) != text_of(replace(answer, sources={}))


def test_a_missing_source_is_an_error_and_never_another_answer(stocked):
    answer = advise(stocked)
    assert sorted(answer.sources) == [
        "heard",
        "offers/clear-language",
        "offers/dutch-on-the-floor",
        "offers/onboarding",
        "rules",
    ]
    for name in answer.sources:
        rest = {key: text for key, text in answer.sources.items() if key != name}
        with pytest.raises(KeyError):
            replayed(stocked, answer, rest)


def test_the_sources_of_the_catalogue_are_the_same_text_for_every_advice_on_it(stocked):
    """So that a store can keep them once."""
    one, two = advise(stocked, "one").sources, advise(stocked, "two").sources
    assert {name for name in one if one[name] != two[name]} <= {"heard"}
    assert all(json.loads(text) is not None for text in one.values())


class Sums:
    """A source of aid that gives by the price, from two pools, and is silent now and then."""

    def __init__(self, silent_at):
        self.calls, self.silent_at = 0, silent_at

    def __call__(self, items):
        self.calls += 1
        if self.calls == self.silent_at:
            return [], ("sums",)
        given = tuple(
            (
                Aid("a", item.gross_cents // 5, "certain", "small", checked_on=date(2026, 1, 2)),
                Aid("b", item.gross_cents // 10, "certain"),
                Aid("c", None, "possible"),
            )
            for item in items
        )
        return [("sums", Aids({"small": 30_000}, given, ceiling=Ceiling(300)))], ()


@pytest.mark.parametrize("silent_at", range(4))
@pytest.mark.parametrize("seed", range(1, 6))
def test_generated_answers_come_back_too(seed, silent_at):
    catalogue = list(offers(seed, 150))
    owners = {one.slug: ("agency", "partner")[at % 2] for at, one in enumerate(catalogue)}
    for asked in requests(seed, 3):
        world = World(catalogue, ALL, ask_aid=Sums(silent_at), owners=owners)
        answer, again = there_and_back(world, asked)
        assert text_of(again) == text_of(answer)


def there_and_back(world, asked):
    """The answer in a world, and the one from what was stored of that world."""
    rows = world.rows_of()["agency"]
    compiled = Compiled((1, ()), world.snapshot, book_of(world.rules, ("mute",)), rows)
    heard = Heard(world.left_of, world.ask_aid, world)
    book, salt = compiled.book, world.salt
    decision = decide(asked, world.snapshot, book, salt, heard.left_of, heard.aid_for)
    answer = present(decision, heard)
    then = read(asked, written(compiled, asked, heard))
    again = decide(asked, then.snapshot, then.book, salt, then.left_of, then.aid_for)
    return answer, present(again, then)


def test_a_plan_that_is_made_and_not_shown_comes_back_too():
    """The soonest plan is ``unseen``, which starts no sooner than the best: it is not told."""
    late = {"lead_days": 30, "shifts": ("early", "late")}
    world = World(
        [
            value("best", **late, level_to="B1"),
            *[value(f"second-{at}", **late, level_to="A2") for at in range(3)],
            value("unseen", lead_days=30, shifts=("early",), price=Price("fixed", 50_000)),
            value("cheap", lead_days=60, shifts=("early",), price=Price("fixed", 10_000)),
        ]
    )
    asked = request(need(shifts=("early", "late"), level_from="A1", level_to="B1"))
    plans = [plan for _kind, plan in world.decide(asked).plans]
    assert "unseen" in {world.snapshot.slugs[one.row] for plan in plans for one in plan}
    answer, again = there_and_back(world, asked)
    assert "unseen" not in text_of(replace(answer, certificates=()))
    assert text_of(again) == text_of(answer)
