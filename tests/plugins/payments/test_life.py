"""Random lives of orders and payments against a small model: books, refunds and outbox agree."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from marketplace.db import db, writing
from marketplace.errors import DomainError
from marketplace.jobs.models import Job
from marketplace.kit.orders import facts_of
from plugins.payments import books, ledger, opening, reading, refunds, taking
from plugins.payments.models import Call, Payment, Receipt, Refund
from tests.plugins.payments.conftest import DUE, unbalanced

INTENT, SESSION = "pi_life", "cs_life"
cents = st.integers(1, 2 * DUE)


class Life(RuleBasedStateMachine):
    """What Stripe holds is the model: received, refunds by key, a dispute. Each run is undone."""

    app: Flask
    order: str

    def __init__(self):
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        self.intent = writing()
        self.intent.__enter__()
        self.point = db.session.begin_nested()
        self.received, self.back, self.dispute = 0, {}, None
        self.lines, self.cancelled, self.count = [], False, 0

    def teardown(self):
        self.point.rollback()
        db.session.rollback()
        self.intent.__exit__(None, None, None)
        self.context.pop()

    def look(self):
        refunded = tuple(
            reading.Part(f"re_{key}", amount, status, key)
            for key, (amount, status) in self.back.items()
        )
        disputes = (reading.Part("du_life", DUE, self.dispute),) if self.dispute else ()
        return reading.Look(
            (SESSION, INTENT), self.order, SESSION, "paid" if self.received else "open",
            INTENT, self.received, "eur", refunded, disputes,
        )  # fmt: skip

    def payment(self):
        return db.session.scalars(select(Payment).where(Payment.order == self.order)).one()

    @rule()
    def hear_of_it(self):
        taking.take(self.look(), "test")

    @precondition(lambda self: not self.received)
    @rule()
    def pay_online(self):
        self.received = DUE

    @rule(amount=cents)
    def pay_by_hand(self, amount):
        self.lines.append(amount)
        line = f"line {len(self.lines)}"
        assert taking.receive_for(self.order, "bank", line, amount, "test")

    @precondition(lambda self: self.lines)
    @rule()
    def read_the_same_statement_again(self):
        line = f"line {len(self.lines)}"
        assert not taking.receive_for(self.order, "bank", line, self.lines[-1], "test")

    @rule(amount=cents)
    def give_back(self, amount):
        self.count += 1
        before, key = self.payment().kept_cents, f"sleutel-{self.count}"
        if amount > refunds.most_of(self.payment()):
            with pytest.raises(DomainError, match="ten hoogste"):
                refunds.ask(self.payment(), amount, key, "")
            return
        made = refunds.ask(self.payment(), amount, key, "")
        assert self.payment().kept_cents == before - amount
        if made.provider == "stripe":
            self.back[key] = (amount, "asked")

    @precondition(lambda self: any(status == "asked" for _, status in self.back.values()))
    @rule(ends=st.sampled_from(["pending", "done", "failed"]))
    def a_refund_moves(self, ends):
        key = next(key for key, (_, status) in self.back.items() if status == "asked")
        self.back[key] = (self.back[key][0], ends)

    @precondition(lambda self: self.received and not self.dispute)
    @rule()
    def the_bank_disputes(self):
        self.dispute = "open"

    @precondition(lambda self: self.dispute == "open")
    @rule(ends=st.sampled_from(["won", "lost"]))
    def the_bank_decides(self, ends):
        self.dispute = ends

    @precondition(lambda self: not self.cancelled)
    @rule()
    def cancel(self):
        self.cancelled = True
        opening.cancel(facts_of(self.order))

    @invariant()
    def books_sum_to_zero_and_agree_with_the_state(self):
        payment = self.payment()
        assert unbalanced() == []
        assert books.booked(payment.id) == ledger.balances(books.standing_of(payment))

    @invariant()
    def no_money_is_lost_or_made(self):
        payment = self.payment()
        came = select(func.coalesce(func.sum(Receipt.cents), 0))
        assert payment.paid_cents == db.session.scalar(came)
        assert payment.paid_cents - sum(self.lines) in {0, self.received}
        out = select(func.coalesce(func.sum(Refund.cents), 0)).where(Refund.status != "failed")
        assert payment.kept_cents <= payment.paid_cents
        assert db.session.scalar(out) <= payment.paid_cents

    @invariant()
    def every_refund_at_stripe_has_its_call_and_its_job(self):
        asked = select(Refund.key).where(Refund.provider == "stripe")
        keys = {f"refund.{key}" for key in db.session.scalars(asked)}
        assert keys == set(db.session.scalars(select(Call.key)))
        jobs = select(Job.key).where(Job.kind == "x_payments.refund")
        assert {f"x_payments:{key}" for key in keys} == set(db.session.scalars(jobs))


def test_any_life_of_a_payment_keeps_its_books(app, order, request, monkeypatch):
    monkeypatch.setattr(Life, "app", app, raising=False)
    monkeypatch.setattr(Life, "order", order, raising=False)
    calm = settings(
        max_examples=300 if request.config.getoption("--drill") else 15,
        stateful_step_count=25,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Life, settings=calm)
