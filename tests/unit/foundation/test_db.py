"""One behaviour on both databases: real savepoints, aware times, one owner of the commit."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from marketplace.config import load
from marketplace.db import (
    CommitInHook,
    beside,
    db,
    hook_running,
    new_public_id,
    reading,
    set_write_intent,
    writing,
)
from marketplace.host import schema
from marketplace.host.state import host_of
from marketplace.jobs.models import Job

PRAGMAS = {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "busy_timeout": 30000}
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def job(key: str, due: datetime = NOON) -> Job:
    return Job(kind="test.note", payload={}, key=key, due=due, created=NOON)


def keys(session) -> set[str]:
    found = set(session.scalars(db.select(Job.key)))
    session.rollback()
    return found


def test_a_savepoint_undoes_its_own_part_only(session):
    session.add(job("kept"))
    part = session.begin_nested()
    session.add(job("undone"))
    session.flush()
    part.rollback()
    session.commit()
    assert keys(session) == {"kept"}


def test_a_released_savepoint_is_still_undone_with_its_transaction(session):
    with session.begin_nested():
        session.add(job("inside"))
    session.rollback()
    assert keys(session) == set()


def test_the_same_key_twice_is_refused_by_the_database(session):
    session.add(job("once"))
    session.commit()
    session.add(job("once"))
    with pytest.raises(IntegrityError):
        session.commit()
    session.rollback()


@pytest.fixture
def begun(app, session):
    """The statements with which transactions were begun."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        if statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def _sqlite_only(request):
    if request.config.getoption("--database") != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the file")


@pytest.mark.usefixtures("_sqlite_only")
def test_the_embedded_database_checks_references_and_survives_a_power_cut(make_app):
    with make_app(
        SQLITE_SYNCHRONOUS=str(load({"SECRET_KEY": "x"})["SQLITE_SYNCHRONOUS"])
    ).app_context():
        found = {name: db.session.scalar(text(f"PRAGMA {name}")) for name in PRAGMAS}
        db.session.rollback()
    assert found == PRAGMAS


@pytest.mark.usefixtures("_sqlite_only")
def test_work_that_writes_takes_the_lock_at_once(session, begun):
    with reading():
        session.execute(text("select 1"))
        session.rollback()
    with writing():
        session.execute(text("select 1"))
        session.rollback()
        with reading():
            session.execute(text("select 1"))
            session.rollback()
    assert begun == ["BEGIN", "BEGIN IMMEDIATE", "BEGIN"]


@pytest.mark.usefixtures("_sqlite_only")
@pytest.mark.parametrize(
    ("method", "first"), [("get", "BEGIN"), ("head", "BEGIN"), ("post", "BEGIN IMMEDIATE")]
)
def test_only_unsafe_requests_take_the_write_lock(make_app, method, first):
    app = make_app(JOBS_ENGINE="worker")
    app.extensions["policies"]["probe"] = "public"
    app.add_url_rule("/probe", "probe", probe, methods=["GET", "POST"])
    statements: list[str] = []
    with app.app_context():
        event.listen(
            db.engine, "before_cursor_execute", lambda _c, _u, said, *_: statements.append(said)
        )
    set_write_intent(method != "post")
    getattr(app.test_client(), method)("/probe")
    assert next(said for said in statements if said.startswith("BEGIN")) == first
    assert "probing" in " ".join(statements)


def probe() -> str:
    db.session.execute(text("select 'probing'"))
    return "ok"


def test_a_naive_time_is_refused(session):
    session.add(job("naive", datetime(2026, 11, 23, 12)))  # noqa: DTZ001 - that is the point
    with pytest.raises(StatementError, match="naive datetime"):
        session.commit()
    session.rollback()


def test_a_time_comes_back_aware_and_in_utc(session):
    session.add(job("aware", NOON.astimezone(timezone(timedelta(hours=5)))))
    session.commit()
    session.expire_all()
    due = session.scalars(db.select(Job)).one().due
    assert due == NOON
    assert due.utcoffset() == timedelta(0)


@pytest.mark.parametrize("ends", ["commit", "rollback", "close"])
def test_a_hook_cannot_end_the_transaction_of_the_house(session, ends):
    session.add(job("half-done"))
    with hook_running("care.tell"), pytest.raises(CommitInHook, match="tell"):
        getattr(session(), ends)()
    session.commit()
    assert keys(session) == {"half-done"}


def test_a_hook_may_use_a_savepoint(session):
    with hook_running("care.tell"), session.begin_nested():
        session.add(job("from-a-hook"))
    session.commit()
    assert keys(session) == {"from-a-hook"}


def test_ids_in_addresses_cannot_be_guessed():
    ids = {new_public_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {len(found) for found in ids} == {16}
    assert not any(found.startswith("-") for found in ids)


def test_an_error_of_the_database_does_not_repeat_what_was_typed(session):
    for _ in range(2):
        session.add(job("canary-of-a-person"))
    with pytest.raises(IntegrityError) as refused:
        session.commit()
    session.rollback()
    assert "parameters hidden" in str(refused.value)
    assert "canary-of-a-person" not in str(refused.value).split("DETAIL")[0]


TIGHT = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.1}


def test_a_look_beside_the_pool_does_not_wait_for_it(make_app):
    with make_app(SQLALCHEMY_ENGINE_OPTIONS=TIGHT).app_context():
        db.session.add(job("held"))
        db.session.flush()
        with beside() as connection:
            assert connection.scalar(text("SELECT 1")) == 1
        db.session.rollback()


def test_the_health_of_a_plugin_is_seen_when_the_pool_is_taken(make_app):
    with make_app(SQLALCHEMY_ENGINE_OPTIONS=TIGHT).app_context():
        db.session.execute(text("SELECT 1"))
        plugin = host_of().plugins["subsidies"]
        assert schema.state(plugin).kind == "ok"
        db.session.rollback()


def test_control_a_look_in_the_pool_would_wait(make_app):
    with make_app(SQLALCHEMY_ENGINE_OPTIONS=TIGHT).app_context():
        db.session.execute(text("SELECT 1"))
        with pytest.raises(PoolTimeout):
            db.engine.connect()
        db.session.rollback()
