"""Whatever is ordered, cancelled, delivered and told twice: no pot runs over, and all adds up."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.contract.pages import Event, Refused
from marketplace.db import db, writing
from marketplace.errors import DomainError
from plugins.subsidies.pots import booking, keeping, ledger
from tests.factories import pots as make
from tests.factories.accounts import organisation

ORDERS = [f"o{number}" for number in range(6)]
CAP = 700_00
orders = st.tuples(
    st.just("order"),
    st.sampled_from(ORDERS),
    st.sampled_from(["e1", "e2", "e3"]),
    st.sampled_from([1, 100_00, 300_00, 600_00]),
)
ends = st.tuples(
    st.sampled_from(sorted(booking.BECOMES)),
    st.sampled_from(ORDERS),
    st.integers(1, 2),
)
totals = st.tuples(st.just("total"), st.sampled_from([1, 500_00, 1_000_00, 1_300_00]))
steps = st.lists(st.one_of(orders, ends, totals), max_size=14)


class Model:
    """What should be: who holds how much, and in which state."""

    def __init__(self):
        self.total, self.held = 1_000_00, {}

    def sum(self, *states, employer=None):
        return sum(
            cents
            for who, cents, state in self.held.values()
            if state in states and employer in {None, who}
        )

    def order(self, key, employer, cents):
        taken = self.sum("reserved", "used") + cents
        own = self.sum("reserved", "used", employer=employer) + cents
        fits = taken <= self.total and own <= CAP
        if fits:
            self.held[key] = (employer, cents, "reserved")
        return fits

    def end(self, name, key):
        if key in self.held and self.held[key][2] == "reserved":
            self.held[key] = (*self.held[key][:2], booking.BECOMES[name])

    def resize(self, total):
        fits = total >= self.sum("reserved", "used")
        self.total = total if fits else self.total
        return fits


def ordered(pot, model, key, employer, cents):
    if key in model.held:  # the house never gives two orders the same id
        return
    counted = make.aid(pot.public_id, cents)
    if model.order(key, employer, cents):
        make.reserve(key, employer, counted)
    else:
        with pytest.raises(Refused), db.session.begin_nested():
            make.reserve(key, employer, counted)


def resized(pot, model, total):
    db.session.refresh(pot)
    terms = make.replace(keeping.terms_of(pot), total_cents=total)
    if model.resize(total):
        keeping.change(pot, terms, pot.version)
    else:
        with pytest.raises(DomainError, match="vastgehouden of gebruikt"):
            keeping.change(pot, terms, pot.version)


def walk(pot, model, step):
    kind, *rest = step
    if kind == "order":
        ordered(pot, model, *rest)
    elif kind == "total":
        resized(pot, model, *rest)
    else:
        key, times = rest
        for _time in range(times):
            booking.settle(Event(kind, key))
        model.end(kind, key)


@pytest.fixture
def federation(app):
    with app.app_context(), writing():
        organisation(db.session, "federation")
        db.session.commit()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_it_is_what_a_small_model_says(app, federation, steps):
    with app.app_context(), writing():
        federation = db.session.scalars(db.select(keeping.Organisation)).one()
        pot, model = make.pot(federation, employer_cap_cents=CAP), Model()
        for step in steps:
            walk(pot, model, step)
            db.session.refresh(pot)
            assert pot.reserved_cents == model.sum("reserved")
            assert pot.used_cents == model.sum("used")
            assert pot.total_cents == model.total
            assert pot.reserved_cents + pot.used_cents <= pot.total_cents
            assert ledger.differences() == []
        db.session.rollback()
