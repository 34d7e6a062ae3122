"""Acts and looks of the schema tests: a plugin called keeper, its migrations and its rows."""

from __future__ import annotations

from sqlalchemy import inspect, text

from marketplace import config
from marketplace.db import db, writing
from marketplace.host import schema, status

BUNDLED = {path.name for path in config.BUNDLED.iterdir()}
"""Their tables lie in every test's database, also of tests that install other plugins only."""

SECOND = """
revision = "0002"
down_revision = "0001"
import sqlalchemy as sa
from alembic import op

def upgrade():
    {act}

def downgrade():
    pass
"""
FAILING = SECOND.format(
    act="op.create_table('x_keeper_half', sa.Column('id', sa.Integer())); 1 / 0"
)


def add_migration(folder, content, name="0002_more.py"):
    (folder / "keeper" / "migrations" / name).write_text(content)


def upgrade(app, only=None):
    with app.app_context():
        return {one.owner: one.kind for one in schema.upgrade(only) if one.owner not in BUNDLED}


def tables(app):
    with app.app_context():
        names = inspect(db.engine).get_table_names()
    owned = {name for name in names if name.startswith("x_")}
    return {name for name in owned if name.split("_")[1] not in BUNDLED}


def line(app, plugin_id="keeper"):
    with app.app_context():
        return next(one for one in status.plugins() if one.id == plugin_id)


def site_works(app):
    return app.test_client().get("/x/witness/").status_code == 200


def write_note(app):
    with app.app_context(), writing():
        db.session.execute(text("INSERT INTO x_keeper_notes (id, words) VALUES (1, 'blijf')"))
        db.session.commit()


def notes(app):
    with app.app_context():
        return db.session.execute(text("SELECT words FROM x_keeper_notes")).scalars().all()
