"""The books are only ever added to, whoever asks."""

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from marketplace.db import db, writing
from plugins.payments.models import Entry


@pytest.mark.parametrize(
    "change", [update(Entry).values(cents=1), delete(Entry)], ids=["change", "take out"]
)
def test_no_entry_is_changed_or_taken_out(app, order, payment_of, change):
    payment_of(order)
    with app.app_context(), writing():
        with pytest.raises(DBAPIError, match="added to only"):
            db.session.execute(change)
        db.session.rollback()
        assert db.session.query(Entry).count() == 2


def test_an_entry_twice_in_one_step_is_refused(app, order):
    with app.app_context(), writing():
        first = db.session.query(Entry).first()
        facts = {name: getattr(first, name) for name in ("payment_id", "step", "account", "why")}
        db.session.add(Entry(**facts, cents=first.cents))
        with pytest.raises(DBAPIError):
            db.session.flush()
        db.session.rollback()
