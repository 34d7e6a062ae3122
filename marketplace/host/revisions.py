"""Plain Alembic for every owner of tables: one environment, a version table for each.

With branch labels in one version table, a plugin that vanishes breaks every migration command;
with a table each, it harms nobody.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.types import TypeEngine

from marketplace.db import BUSY_MS, Base, UtcDateTime, db, writing
from marketplace.host import tables

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
LOCK = 7_301_948_215
"""Names the one lock of all migrators on PostgreSQL; SQLite's own write lock does it there."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose tables: '' is the house. ``folder`` holds the revisions."""

    id: str
    folder: Path

    @property
    def version_table(self) -> str:
        """Where the database notes how far this owner has come."""
        return f"x_{self.id}_version" if self.id else "alembic_version"

    def owns(self, table: str) -> bool:
        """Whether a table is this owner's to create, compare and drop."""
        return tables.owns(self.id, table) if self.id else not table.startswith("x_")


@dataclass(frozen=True, slots=True)
class State:
    """``kind``: ok | behind | newer | drifted | failed | gone, with the detail in English."""

    owner: str
    kind: Literal["ok", "behind", "newer", "drifted", "failed", "gone"]
    detail: str = ""


CORE = Owner("", MIGRATIONS / "versions")


def compare(owner: Owner, connection: Connection) -> State:
    """How far the database has come for this owner."""
    try:
        files = tuple(
            sorted((one.name, one.stat().st_mtime_ns) for one in owner.folder.glob("*.py"))
        )
        heads, known = _revisions(owner.folder, files)
    except (Exception, SystemExit) as error:
        return State(owner.id, "behind", f"its revisions cannot be read: {error}"[:500])
    options = {"version_table": owner.version_table}
    current = frozenset(MigrationContext.configure(connection, opts=options).get_current_heads())
    if current - known:
        return State(owner.id, "newer", f"the database is at {', '.join(sorted(current - known))}")
    if current != heads:
        return State(owner.id, "behind", f"not at {', '.join(sorted(heads))}")
    return State(owner.id, "ok")


@lru_cache(maxsize=64)
def _revisions(folder: Path, _files: object) -> tuple[frozenset[str], frozenset[str]]:
    """The newest revisions and all of them; files are read again only when one changed."""
    scripts = ScriptDirectory(str(MIGRATIONS), version_locations=[str(folder)])
    known = frozenset(script.revision for script in scripts.walk_revisions())
    return frozenset(scripts.get_heads()), known


def config(owner: Owner, connection: Connection) -> Config:
    """Alembic's settings for this owner on this connection."""
    found = Config(stdout=io.StringIO(), attributes={"owner": owner, "connection": connection})
    found.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    found.set_main_option("version_locations", str(owner.folder).replace("%", "%%"))
    found.set_main_option("path_separator", "newline")
    return found


@contextmanager
def migrating() -> Iterator[Connection]:
    """One transaction that no other migrator can enter; SQLite rebuilds tables with keys off."""
    with writing(), db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            _pragma(connection, "busy_timeout=60000", "foreign_keys=OFF")
        try:
            with connection.begin():
                if not sqlite:
                    connection.execute(text("SET LOCAL lock_timeout = '60s'"))
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
                yield connection
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuntimeError("the migration leaves rows that point nowhere")
        finally:
            if sqlite:
                _pragma(connection, f"busy_timeout={BUSY_MS}", "foreign_keys=ON")


def _pragma(connection: Connection, *settings: str) -> None:
    """Outside SQLAlchemy, which would begin a transaction in which SQLite ignores them."""
    cursor = connection.connection.cursor()
    for setting in settings:
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def run(context: EnvironmentContext) -> None:
    """What ``env.py`` does: this owner's tables only, inside the transaction of the caller."""
    owner: Owner = context.config.attributes["owner"]
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        version_table=owner.version_table,
        include_name=lambda name, kind, _parents: kind != "table" or owner.owns(str(name)),
        include_object=lambda _object, name, kind, _reflected, _other: (
            kind != "table" or owner.owns(str(name))
        ),
        render_as_batch=True,
        render_item=_plain_type,
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _plain_type(kind: str, thing: object, _context: object) -> str | Literal[False]:
    """Revisions must not depend on our code of the day."""
    is_ours = kind == "type" and isinstance(thing, TypeEngine) and isinstance(thing, UtcDateTime)
    return "sa.DateTime()" if is_ours else False
