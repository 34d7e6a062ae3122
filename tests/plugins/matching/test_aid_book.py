"""Aid as its sources give it, and what happens when they give more than they said at most."""

from dataclasses import replace

import pytest

from marketplace.contract.answers import Aid, Aids, Ceiling
from marketplace.contract.values import Price, Reason
from plugins.matching.aid import EVERYTHING, AidBook
from plugins.matching.shortlist import shortlist
from tests.factories.matching import need, offer, request

from .world import World

ASKED = request(need(count=2), net_cents=80_000)
AIDED = offer("aided", price=Price("fixed", 120_000))
BARE = offer("bare", price=Price("fixed", 100_000))
NEVER = ()


class Sources:
    """Sources of aid by plugin id: the ceiling each states and the share of AIDED that it pays.

    ``silent`` has per call (0 is the first) who keeps silent in it.
    """

    def __init__(self, silent=None, **sources):
        self.sources, self.silent, self.calls = sources, silent or {}, []

    def __call__(self, items):
        silent = self.silent.get(len(self.calls), NEVER)
        self.calls.append([item.offer.slug for item in items])
        answers = [
            (plugin, Aids({}, tuple(self._aid(item, permille) for item in items), ceiling=ceiling))
            for plugin, (ceiling, permille) in self.sources.items()
            if plugin not in silent
        ]
        return answers, tuple(silent)

    @staticmethod
    def _aid(item, permille):
        if item.offer.slug != "aided":
            return ()
        return (Aid("a", item.gross_cents * permille // 1000, "certain"),)


def ceiling_of(**sources):
    return AidBook.opened(Sources(**sources)).ceiling


def answer(sources, asked=ASKED):
    return World([AIDED, BARE], ask_aid=sources).advise(asked)


def test_ceilings_of_all_sources_add_up():
    sources = {"one": (Ceiling(200, 300), 0), "two": (Ceiling(350, 50), 0)}
    assert ceiling_of(**sources) == Ceiling(550, 350)
    assert ceiling_of() == Ceiling(0, 0)


def test_together_they_never_give_more_than_all():
    assert ceiling_of(one=(Ceiling(700), 0), two=(Ceiling(700), 0)) == EVERYTHING


def test_a_source_without_a_ceiling_may_give_everything():
    assert ceiling_of(one=(Ceiling(200), 0), two=(None, 0)).permille == 1000
    found = answer(Sources(one=(None, 500)))
    assert [line.offer for line in found.bundle.lines] == ["aided"]
    assert found.silent_sources == ()


def test_what_no_aid_can_make_the_best_is_not_asked_about():
    sources = Sources(one=(Ceiling(100), 100))
    assert answer(sources).bundle.lines == ()  # 80.000 is not enough for either
    assert sources.calls[:2] == [[], ["bare"]]


def test_control_with_a_higher_ceiling_it_is_asked_about_and_wins():
    sources = Sources(one=(Ceiling(500), 500))
    found = answer(sources)
    assert [(line.offer, line.net_cents) for line in found.bundle.lines] == [("aided", 60_000)]
    assert sorted(sources.calls[1]) == ["aided", "bare"]


LIARS = {
    "more than its own ceiling": {"liar": (Ceiling(200), 500)},
    "within that of all together": {
        "fair": (Ceiling(400), 400),
        "liar": (Ceiling(100), 400),
    },
}


@pytest.mark.parametrize("sources", LIARS.values(), ids=LIARS)
def test_a_source_that_gives_more_than_its_ceiling_is_named_and_no_ceiling_counts(sources):
    """The answer is the one without any ceiling."""
    lying = answer(Sources(**sources))
    honest = answer(Sources(**{name: (None, given) for name, (_most, given) in sources.items()}))
    assert lying.silent_sources == ("liar",)
    assert honest.silent_sources == ()
    assert lying.bundle == honest.bundle
    assert lying.certificates == honest.certificates
    assert lying.near_misses == honest.near_misses


def test_two_sources_that_each_give_all_they_stated_are_not_named():
    found = answer(Sources(one=(Ceiling(300), 300), two=(Ceiling(200), 200)))
    assert found.silent_sources == ()
    assert [line.net_cents for line in found.bundle.lines] == [60_000]


def test_aid_per_hour_counts_for_all_participants_together():
    """Two people, five hours each: ten hours of 100 cents."""

    def asks(cents):
        def ask(items):
            given = tuple((Aid("a", cents, "certain"),) for _item in items)
            return [("hourly", Aids({}, given, ceiling=Ceiling(0, 100)))], ()

        return answer(ask).silent_sources

    assert asks(1_000) == ()
    assert asks(1_001) == ("hourly",)


def test_what_is_possible_or_paid_on_wages_is_no_aid_on_the_invoice():
    def ask(items):
        apart = (Aid("a", 90_000, "possible"), Aid("b", 90_000, "certain", wage_side=True))
        return [("s", Aids({}, tuple(apart for _item in items), ceiling=Ceiling(0)))], ()

    found = answer(ask, request(need(count=2)))
    assert found.silent_sources == ()
    assert found.bundle.net_cents == found.bundle.lines[0].gross_cents


def test_a_source_that_keeps_silent_about_its_ceiling_may_give_everything():
    found = answer(Sources(silent={0: ("one",)}, one=(Ceiling(100), 500)))
    assert found.silent_sources == ("one",)
    assert [line.offer for line in found.bundle.lines] == ["aided"]


def test_a_source_that_keeps_silent_about_the_offers_is_named_and_gives_nothing():
    found = answer(Sources(silent={1: ("one",)}, one=(Ceiling(500), 500)))
    assert found.silent_sources == ("one",)
    assert found.bundle.lines == ()


def test_a_source_that_gave_no_ceiling_at_first_and_gives_aid_later_is_named():
    """None is an answer too: this source had nothing to say when it was asked for a ceiling."""
    sources = Sources(late=(None, 500))

    def ask(items):
        answers, silent = sources(items)
        return (answers if items else []), silent

    found = answer(ask)
    assert found.silent_sources == ()  # never asked about what it would have given
    found = World([AIDED], ask_aid=ask).advise(ASKED)
    assert found.silent_sources == ("late",)
    assert [line.net_cents for line in found.bundle.lines] == [60_000]


def test_a_ceiling_that_falls_while_other_plans_are_made_counts_for_the_whole_answer():
    """The best plan is found without the liar's offer; the soonest asks about it."""
    late = offer("late", price=Price("fixed", 10_000), lead_days=20, shifts=("early", "late"))
    soon = offer("aided", price=Price("fixed", 100_000), lead_days=18, shifts=("early",))
    better = offer("better", price=Price("fixed", 90_000), lead_days=20, shifts=("early", "late"))
    asked = request(need(count=2, shifts=("early", "late")), net_cents=100_000)

    def told(ceiling):
        world = World([late, soon, better], ask_aid=Sources(liar=(ceiling, 950)))
        return world.advise(asked)

    lying, honest = told(Ceiling(0)), told(None)
    assert lying.silent_sources == ("liar",)
    assert lying.bundle == honest.bundle
    assert lying.certificates == honest.certificates


def test_the_book_knows_each_offer_and_group_once():
    sources = Sources(one=(Ceiling(500), 500))
    field = World([AIDED, BARE], ask_aid=sources).decide(ASKED).field
    asked_before = len(sources.calls)
    shortlist(field)
    assert len(sources.calls) == asked_before


def test_why_other_aid_does_not_apply_stands_on_the_line():
    class Refusing(Sources):
        def __call__(self, items):
            [(plugin, aids)], silent = super().__call__(items)
            told = tuple((Reason("not-for-you", {"offer": item.offer.slug}),) for item in items)
            return [(plugin, replace(aids, refused=told))], silent

    [line] = answer(Refusing(one=(EVERYTHING, 500))).bundle.lines
    assert line.refused == (Reason("not-for-you", {"offer": line.offer}),)


def test_a_source_that_tells_no_reasons_leaves_the_line_without():
    [line] = answer(Sources(one=(EVERYTHING, 500))).bundle.lines
    assert line.refused == ()
