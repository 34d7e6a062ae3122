"""Where a payment stands follows from what is known, in whatever order it became known."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.payments import ledger
from plugins.payments.states import (
    ATTEMPT_RANK,
    DISPUTE_RANK,
    MONEY,
    REFUND_RANK,
    TRANSITIONS,
    Standing,
    apply,
    later,
    state_of,
)

AMOUNT = 1_000
HISTORY = (
    ("attempt", "processing"),
    ("paid", AMOUNT),
    ("refund", "done"),
    ("dispute", "open"),
    ("dispute", "won"),
)
"""Five things that happen to one payment, in the order in which they happen."""


class Known:
    """The rows of a payment, kept as the plugin keeps them."""

    def __init__(self):
        self.attempt, self.paid, self.refund, self.dispute = "open", 0, "asked", None
        self.standing = Standing(AMOUNT, state="pending", attempt="open")
        self.flags = []

    def learn(self, kind, value):
        if kind == "attempt":
            self.attempt = later(ATTEMPT_RANK, self.attempt, value)
        elif kind == "paid":
            self.paid, self.attempt = value, "paid"
        elif kind == "refund":
            self.refund = later(REFUND_RANK, self.refund, value)
        else:
            self.dispute = later(DISPUTE_RANK, self.dispute or "open", value)
        outcome = apply(self.standing, self._seen())
        self.standing = outcome.standing
        self.flags += outcome.flags

    def _seen(self):
        return replace(
            self.standing,
            attempt=self.attempt,
            paid_cents=self.paid,
            refunded_cents=300 if self.refund in {"pending", "done"} and self.paid else 0,
            contested_cents=AMOUNT - 300 if self.dispute == "open" and self.paid else 0,
        )


def learnt(facts):
    known = Known()
    for fact in facts:
        known.learn(*fact)
    return known.standing


def test_every_order_of_five_facts_with_doubles_ends_the_same():
    wanted = learnt(HISTORY)
    assert wanted.state == "partially_refunded"
    for facts in itertools.permutations(HISTORY):
        assert learnt(facts) == wanted, facts
        doubled = [fact for fact in facts for _twice in range(2)] + list(facts)
        assert learnt(doubled) == wanted, facts


def test_control_words_that_may_move_down_end_in_the_order_of_arrival(monkeypatch):
    monkeypatch.setattr(f"{__name__}.later", lambda _ranks, _known, seen: seen)
    ends = {learnt(facts).state for facts in itertools.permutations(HISTORY)}
    assert len(ends) > 1


@pytest.mark.parametrize(("present", "nexts"), TRANSITIONS.items())
def test_the_table_is_closed_and_money_never_becomes_no_money(present, nexts):
    assert nexts <= set(TRANSITIONS)
    assert present not in nexts
    if present in MONEY:
        assert nexts <= MONEY
    else:
        assert nexts >= MONEY, "money that comes is always taken"


def test_a_forbidden_step_keeps_the_amounts():
    before = Standing(AMOUNT, state="paid", attempt="paid", paid_cents=AMOUNT)
    outcome = apply(before, replace(before, paid_cents=0))
    assert outcome.illegal == "pending"
    assert outcome.standing.state == "paid"


@pytest.mark.parametrize(
    ("before", "after", "flags"),
    [
        ({"cancelled": True, "state": "cancelled"}, {"paid_cents": AMOUNT}, ("late",)),
        ({"state": "expired", "attempt": "expired"}, {"paid_cents": AMOUNT}, ("late",)),
        ({"state": "pending"}, {"paid_cents": AMOUNT + 1}, ("overpaid",)),
        ({"state": "pending"}, {"paid_cents": AMOUNT}, ()),
        (
            {"state": "paid", "paid_cents": AMOUNT},
            {"cancelled": True},
            ("cancelled-paid",),
        ),
        ({"state": "paid", "paid_cents": AMOUNT}, {"contested_cents": 9}, ("disputed",)),
        ({"state": "disputed", "paid_cents": AMOUNT}, {"lost_cents": 9}, ("lost",)),
    ],
)
def test_what_a_person_must_look_at_is_flagged(before, after, flags):
    standing = Standing(AMOUNT, **before)
    assert apply(standing, replace(standing, **after)).flags == flags


cents = st.integers(0, 3 * AMOUNT)
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
standings = st.builds(
    Standing,
    amount_cents=st.integers(0, AMOUNT),
    state=st.sampled_from(sorted(TRANSITIONS)),
    cancelled=st.booleans(),
    attempt=st.sampled_from([None, *ATTEMPT_RANK]),
    paid_cents=cents,
    refunded_cents=cents,
    contested_cents=cents,
    lost_cents=cents,
)


@calm
@given(standings)
def test_the_balances_of_any_standing_sum_to_zero(standing):
    assert sum(ledger.balances(standing).values()) == 0


@calm
@given(standings, standings)
def test_a_transaction_sums_to_zero_and_leads_to_the_new_balances(before, after):
    begin, end = ledger.balances(before), ledger.balances(after)
    moved = ledger.entries(begin, end)
    assert sum(moved.values()) == 0
    assert {name: begin[name] + moved.get(name, 0) for name in ledger.ACCOUNTS} == end


@calm
@given(standings, standings)
def test_the_next_state_is_always_one_that_the_table_allows(before, seen):
    outcome = apply(before, seen)
    after = outcome.standing.state
    assert after == before.state or after in TRANSITIONS[before.state]
    assert after == (before.state if outcome.illegal else state_of(seen))


@given(st.lists(st.sampled_from(sorted(REFUND_RANK)), min_size=1))
def test_the_last_word_on_a_refund_is_the_one_of_the_highest_rank(words):
    known = "asked"
    for word in words:
        known = later(REFUND_RANK, known, word)
    assert REFUND_RANK[known] == max(REFUND_RANK[word] for word in words)
