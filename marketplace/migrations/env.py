"""Alembic's environment for every owner of tables: the house and each plugin."""

from alembic import context

from marketplace.host import schema

schema.run(context)
