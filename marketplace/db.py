"""The database: one Base, one session, and the same behaviour on SQLite and PostgreSQL."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import (
    URL,
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    NullPool,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

BUSY_MS = 30_000
"""How long a writer stands in line on SQLite: thirty of them on a busy machine, and none fails."""

_write: ContextVar[bool] = ContextVar("write_intent", default=False)
_hook: ContextVar[str | None] = ContextVar("hook_running", default=None)


class Base(DeclarativeBase):
    """Every core model; plugins have a registry of their own over the same metadata."""

    metadata = MetaData(naming_convention=NAMES)

    def __init_subclass__(cls, **arguments: object) -> None:
        """Refuse a guest: a broken mapper on this registry breaks every query of the house."""
        if not f"{cls.__module__}.".startswith("marketplace.") or ".bundled." in cls.__module__:
            raise TypeError(f"{cls.__name__}: models of a plugin use kit.models.plugin_registry")
        super().__init_subclass__(**arguments)


class CommitInHook(RuntimeError):
    """A plugin tried to end the house's transaction: only the caller of a hook may."""


class HookSession(FlaskSession):
    """A session that refuses to commit while a plugin's hook runs."""

    def commit(self) -> None:
        """Commit, unless a hook is running: the caller of the hook owns the transaction."""
        if hook := _hook.get():
            raise CommitInHook(f"{hook} tried to commit; the house commits")
        super().commit()

    def rollback(self) -> None:
        """Roll back, unless a hook is running: that would undo the house's own work."""
        if hook := _hook.get():
            raise CommitInHook(f"{hook} tried to roll back; use begin_nested()")
        super().rollback()

    def close(self) -> None:
        """Close, unless a hook is running: the house still needs what is loaded."""
        if hook := _hook.get():
            raise CommitInHook(f"{hook} tried to close the session")
        super().close()


db: SQLAlchemy = SQLAlchemy(model_class=Base, session_options={"class_": HookSession})


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC datetimes, stored without zone so that both databases compare them alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values: nobody knows where they are from."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware UTC datetime."""
        return value.replace(tzinfo=UTC) if value else None


def new_public_id() -> str:
    """An id for a URL that nobody can guess: 16 random URL-safe characters (almost 96 bits).

    None begins with a hyphen: a command would take it for an option.
    """
    found = secrets.token_urlsafe(12)
    return new_public_id() if found.startswith("-") else found


@contextmanager
def writing() -> Iterator[None]:
    """Transactions begun inside take SQLite's write lock at once: no read that turns stale."""
    token = _write.set(True)
    try:
        yield
    finally:
        _write.reset(token)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside only read: a second connection does not wait for the first."""
    token = _write.set(False)
    try:
        yield
    finally:
        _write.reset(token)


@contextmanager
def beside() -> Iterator[Connection]:
    """A connection for a short look, outside the pool.

    Where every connection of the pool holds a transaction that waits for a look, a look that
    waits for the pool would never come.
    """
    engine: Engine = current_app.extensions["engine_beside"]
    with engine.connect() as connection:
        yield connection


def write_intent() -> bool:
    """Whether the work in hand said that it writes."""
    return _write.get()


def set_write_intent(writes: bool) -> None:
    """Say for the rest of this request whether transactions write; every request says it anew."""
    _write.set(writes)


@contextmanager
def hook_running(name: str) -> Iterator[None]:
    """Mark that a plugin's hook runs: ``commit`` is refused until it returns."""
    token = _hook.set(name)
    try:
        yield
    finally:
        _hook.reset(token)


def init_app(app: Flask) -> None:
    """Bind the session to the application's database and prepare its engine."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", _engine_options(url))
    db.init_app(app)
    app.extensions["engine_beside"] = create_engine(
        url, poolclass=NullPool, hide_parameters=True, connect_args=_connect_args(url)
    )
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine, str(app.config["SQLITE_SYNCHRONOUS"]))


def _engine_options(url: URL) -> dict[str, object]:
    """No typed text in error messages; on PostgreSQL short waits, and whole after a restart."""
    options: dict[str, object] = {"hide_parameters": True, "connect_args": _connect_args(url)}
    if url.get_backend_name() == "postgresql":
        options |= {"pool_pre_ping": True, "pool_timeout": 5}
    return options


def _connect_args(url: URL) -> dict[str, object]:
    """Pgbouncer in transaction mode cannot keep prepared statements."""
    if url.get_backend_name() == "postgresql":
        return {"connect_timeout": 5, "prepare_threshold": None}
    return {}


def _prepare_sqlite(engine: Engine, synchronous: str) -> None:
    """Real transactions on SQLite: without these hooks a released savepoint commits."""

    @event.listens_for(engine, "connect")
    def _connect(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        cursor = connection.cursor()  # type: ignore[attr-defined]
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _write.get() else "BEGIN")
