"""The house's own tables: made by revisions, equal to the models, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, text

from marketplace.catalogue import services as catalogue
from marketplace.catalogue.services import rules as services
from marketplace.db import Base, db, writing
from marketplace.host import schema
from marketplace.host.revisions import CORE
from tests.factories.catalogue import offer, stock
from tests.factories.rules import published


@pytest.fixture
def in_app(app):
    with app.app_context():
        yield app


def core_tables():
    return {name for name in inspect(db.engine).get_table_names() if CORE.owns(name)}


def test_an_empty_database_gets_exactly_the_tables_of_the_models(in_app):
    expected = {name for name in Base.metadata.tables if CORE.owns(name)}
    assert core_tables() == expected | {"alembic_version"}


def test_the_revisions_and_the_models_agree(in_app):
    (core,) = [one for one in schema.check() if one.owner == ""]
    assert (core.kind, core.detail) == ("ok", "")


def test_down_and_up_again_gives_the_same_tables(in_app):
    before = core_tables()
    for plugin_id in in_app.extensions["host"].plugins:
        schema.purge(plugin_id)
    schema.downgrade("base", "core")
    assert core_tables() == {"alembic_version"}
    schema.upgrade()
    assert core_tables() == before


def test_a_filled_database_goes_down_and_up_one_revision_and_keeps_its_offers(in_app):
    stock(offer())
    published()
    schema.downgrade("0001", "core")
    assert "rules" not in core_tables()
    db.session.rollback()
    schema.upgrade()
    assert [one.slug for one in catalogue.published()] == ["klare-taal"]
    db.session.rollback()
    assert services.every() == []
    published()
    assert len(services.published_rules()) == 1


def test_the_site_says_when_it_is_not_migrated(in_app):
    client = in_app.test_client()
    assert client.get("/readyz").status_code == 200
    with writing():
        newest = db.session.scalar(text("SELECT version_num FROM alembic_version"))
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        db.session.commit()
    answer = client.get("/readyz")
    with writing():
        back = text("UPDATE alembic_version SET version_num = :newest")
        db.session.execute(back, {"newest": newest})
        db.session.commit()
    assert answer.status_code == 503
    assert "schema: newer, the database is at 0000" in answer.text
