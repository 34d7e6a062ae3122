"""Alembic's environment for every owner of tables: the house and each plugin."""

from alembic import context

from marketplace.host import revisions

revisions.run(context)  # type: ignore[arg-type]  # this module speaks for the environment
