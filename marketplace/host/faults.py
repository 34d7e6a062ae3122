"""Remember what plugins do wrong, so that every process and every restart can show it.

A fault must outlive the rollback it causes and may not cost a busy page a write each time: it
waits in the process, and is written in a transaction of its own when the work in hand is over,
at most once a second per hook.
"""

from __future__ import annotations

import threading
import time
import traceback
from dataclasses import asdict, dataclass, field
from datetime import datetime

import structlog
from flask import Flask, current_app
from prometheus_client import Counter
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from marketplace import clock
from marketplace.db import db, writing
from marketplace.host.models import PluginFault

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 1.0
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A hook or page that fails: how often, since when, and the last error."""

    plugin: str
    hook: str
    count: int
    since: datetime
    last: datetime
    error: str

    def plus(self, later: Fault) -> Fault:
        """Both together."""
        count, since = self.count + later.count, min(self.since, later.since)
        return Fault(self.plugin, self.hook, count, since, later.last, later.error)


@dataclass(slots=True)
class Waiting:
    """The faults of this process that are not written yet."""

    faults: dict[Key, Fault] = field(default_factory=dict)
    written: dict[Key, float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, fault: Fault) -> None:
        """Count one more."""
        key = (fault.plugin, fault.hook)
        with self.lock:
            before = self.faults.get(key)
            self.faults[key] = before.plus(fault) if before else fault

    def take_due(self) -> list[Fault]:
        """Those that were not written within the last second."""
        now = time.monotonic()
        with self.lock:
            due = [key for key in self.faults if now - self.written.get(key, 0) >= PAUSE_SECONDS]
            self.written |= dict.fromkeys(due, now)
            return [self.faults.pop(key) for key in due]

    def drop(self, plugin_id: str, hook: str | None) -> None:
        """Forget those of one plugin, or of one hook of it."""
        with self.lock:
            for key in [key for key in self.faults if key[0] == plugin_id]:
                if hook in {None, key[1]}:
                    del self.faults[key]


def init_app(app: Flask) -> None:
    """Write what waits when the work in hand is over."""
    app.extensions["faults"] = Waiting()
    app.extensions["faults_counter"] = Counter(
        "plugin_faults",
        "Failures by plugin and hook",
        ["plugin", "hook"],
        registry=app.extensions["metrics"],
    )
    app.teardown_appcontext(_write_due)


def note(plugin_id: str, hook: str, error: BaseException | str) -> None:
    """A plugin did something wrong here and now."""
    text = error if isinstance(error, str) else _describe(error)
    now = clock.now()
    _waiting().add(Fault(plugin_id, hook, 1, now, now, text))
    current_app.extensions["faults_counter"].labels(plugin_id, hook).inc()
    kind = "slow" if isinstance(error, str) else type(error).__name__
    log.error("plugin_failed", plugin=plugin_id, hook=hook, error=kind)


def known() -> list[Fault]:
    """Every fault on record, those that this process has still to write included."""
    rows = db.session.execute(select(*PluginFault.__table__.columns)).all()
    faults = {(row.plugin, row.hook): Fault(**row._mapping) for row in rows}
    with _waiting().lock:
        for key, fault in _waiting().faults.items():
            faults[key] = faults[key].plus(fault) if key in faults else fault
    return sorted(faults.values(), key=lambda fault: (fault.plugin, fault.hook))


def clear(plugin_id: str, hook: str | None = None) -> None:
    """A fresh start for a plugin, or one hook of it, in the transaction in hand."""
    _waiting().drop(plugin_id, hook)
    query = delete(PluginFault).where(PluginFault.plugin == plugin_id)
    db.session.execute(query.where(PluginFault.hook == hook) if hook else query)


def _waiting() -> Waiting:
    waiting: Waiting = current_app.extensions["faults"]
    return waiting


def _describe(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}"[:400] + where


def _write_due(_error: BaseException | None) -> None:
    if not (due := _waiting().take_due()):
        return
    db.session.remove()  # a transaction that is still open here could hold SQLite's write lock
    try:
        for fault in due:
            _write(fault)
    except SQLAlchemyError as error:
        log.error("plugin_faults_not_written", count=len(due), error=type(error).__name__)


def _write(fault: Fault) -> None:
    more = (
        update(PluginFault)
        .where(PluginFault.plugin == fault.plugin, PluginFault.hook == fault.hook)
        .values(count=PluginFault.count + fault.count, last=fault.last, error=fault.error)
    )
    first = insert(PluginFault).values(asdict(fault))
    with writing(), db.engine.begin() as connection:
        if connection.execute(more).rowcount:
            return
    try:
        with writing(), db.engine.begin() as connection:
            connection.execute(first)
    except IntegrityError:  # another process was first
        with writing(), db.engine.begin() as connection:
            connection.execute(more)
