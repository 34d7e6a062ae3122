"""The database of a test: migrated once, empty for every test, or as it was once filled."""

from __future__ import annotations

import filecmp
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from marketplace.db import db, set_write_intent
from marketplace.host import schema
from marketplace.jobs import engines


class Database(Protocol):
    """Where a test keeps its rows."""

    url: str

    def empty(self) -> None:
        """Make it as it was just after the migrations."""

    def keep(self, name: str) -> None:
        """Remember what is in it."""

    def restore(self, name: str) -> None:
        """Bring back what was remembered, in place of what is there."""

    def is_empty(self) -> bool:
        """Whether nobody wrote in it since it was emptied."""

    def close(self) -> None:
        """Let go of it."""


class SqliteFile:
    """One file, copied from the files that are kept beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "marketplace.db"
        self.url = f"sqlite:///{self.file}"

    def empty(self) -> None:
        """Make it as it was just after the migrations."""
        self.restore("empty")

    def keep(self, name: str) -> None:
        """Remember what is in it; nobody is connected."""
        shutil.copy(self.file, self.folder / name)

    def restore(self, name: str) -> None:
        """Bring back what was remembered; nobody is connected."""
        for ending in ("-wal", "-shm"):
            Path(f"{self.file}{ending}").unlink(missing_ok=True)
        shutil.copy(self.folder / name, self.file)

    def is_empty(self) -> bool:
        """Whether nobody wrote in it since it was emptied."""
        log = Path(f"{self.file}-wal")
        written = log.exists() and log.stat().st_size > 0
        return not written and filecmp.cmp(self.file, self.folder / "empty", shallow=False)

    def close(self) -> None:
        """Nothing is held open."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of the tables that had any, as COPY writes them, and the last ids given."""

    rows: dict[str, bytes]
    ids: list[tuple[str, int]]


RESTART = text(
    "SELECT setval(sequence.oid::regclass, 1, false) FROM pg_class sequence"
    " JOIN pg_depend owned ON owned.objid = sequence.oid AND owned.deptype = 'a'"
    " JOIN pg_class owner ON owner.oid = owned.refobjid"
    " WHERE sequence.relkind = 'S' AND owner.relname = ANY(:names)"
)
"""Begin the ids of these tables at one again."""

LAST_IDS = text("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL")


class PostgresServer:
    """One database of a server that is ours alone."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.tables: list[str] = []
        self.kept: dict[str, Kept] = {}
        self.engine: Engine = create_engine(url, pool_pre_ping=True)  # a test may cut it

    def empty(self) -> None:
        """Rows go, and so do the tables of plugins that only one test installed."""
        with self.engine.begin() as connection:
            for name in set(inspect(connection).get_table_names()) - set(self.tables):
                connection.execute(text(f'DROP TABLE "{name}" CASCADE'))
            # Few tables hold rows after a test: to delete those takes a tenth of truncating all.
            filled = self._filled(connection)
            _without_checks(connection)
            for name in filled:
                connection.execute(text(f'DELETE FROM "{name}"'))  # noqa: S608 - our own names
            connection.execute(RESTART, {"names": filled})

    def keep(self, name: str) -> None:
        """Remember what is in it, and the first time which tables there are."""
        with self.engine.begin() as connection:
            self.tables = self.tables or inspect(connection).get_table_names()
            rows = {table: _copied(connection, table) for table in self._filled(connection)}
            ids = [(row.sequencename, row.last_value) for row in connection.execute(LAST_IDS)]
        self.kept[name] = Kept(rows, ids)

    def restore(self, name: str) -> None:
        """Bring back what was remembered, in place of what is there."""
        self.empty()
        kept = self.kept[name]
        with self.engine.begin() as connection:
            _without_checks(connection)
            for table, rows in kept.rows.items():
                with _cursor(connection).copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(rows)
            for sequence, last in kept.ids:
                found = {"name": sequence, "last": last}
                connection.execute(text("SELECT setval(:name, :last)"), found)

    def is_empty(self) -> bool:
        """Whether nobody wrote in it since it was emptied."""
        with self.engine.begin() as connection:
            return not self._filled(connection)

    def close(self) -> None:
        """Let go of the server's connection."""
        self.engine.dispose()

    def _filled(self, connection: Connection) -> list[str]:
        names = [name for name in sorted(self.tables) if not _is_version(name)]
        any_row = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM \"{0}\")"
        query = text(" UNION ALL ".join(map(any_row.format, names)))
        return list(connection.scalars(query))


def _without_checks(connection: Connection) -> None:
    """No keys and no triggers in this transaction: rows come and go in any order."""
    connection.execute(text("SET LOCAL session_replication_role = replica"))


def _copied(connection: Connection, table: str) -> bytes:
    with _cursor(connection).copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(bytes(part) for part in copy)


def _cursor(connection: Connection):  # type: ignore[no-untyped-def]
    return connection.connection.cursor()


def _is_version(table: str) -> bool:
    return table == "alembic_version" or (table.startswith("x_") and table.endswith("_version"))


def migrate(app: Flask) -> None:
    """Bring the database to the newest revisions."""
    with app.app_context():
        schema.upgrade()


def leave(app: Flask) -> None:
    """Let go of the database, and forget what the last request said about writing."""
    engines.stop(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    set_write_intent(False)


def settings_for(url: str, folder: Path) -> dict[str, object]:
    """Settings of a test on this database, with mails and secrets in this folder."""
    return {
        "TESTING": True,
        "PROPAGATE_EXCEPTIONS": False,
        "ENVIRONMENT": "testing",
        "SECRET_KEY": "only-for-tests",
        "SQLALCHEMY_DATABASE_URI": url,
        "INSTANCE": folder,
        "MAIL_URL": f"folder:{folder / 'mail'}",
        "JOBS_ENGINE": "inline",
        "SQLITE_SYNCHRONOUS": "OFF",
        "PUBLIC_URL": "http://localhost",
        "WTF_CSRF_ENABLED": False,
    }
