"""The table of advice sources comes and goes on a filled database; advices stay."""

from __future__ import annotations

from sqlalchemy import func, inspect, select

from marketplace.advice.models import Advice
from marketplace.db import db, writing
from marketplace.host import schema
from tests.factories import dossiers


def has_table():
    return "advice_sources" in inspect(db.engine).get_table_names()


def test_down_and_up_on_a_filled_database(app):
    with app.app_context():
        with writing():
            asked = dossiers.request(db.session)
            dossiers.advice(db.session, asked, answer=dossiers.recommendation())
            db.session.commit()
        schema.downgrade("0002", "core")
        assert not has_table()
        schema.upgrade()
        assert has_table()
        assert db.session.scalar(select(func.count()).select_from(Advice)) == 1
        made = db.session.scalars(select(Advice.public_id)).one()
    result = app.test_cli_runner().invoke(args=["advice", "replay", made])
    assert result.exit_code == 1
    assert "is gone" in result.stderr
