"""The fixtures themselves: a test finds an empty database and an application nobody changed."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from marketplace.db import db, writing
from marketplace.jobs.models import Job
from marketplace.kit.databases import leave
from marketplace.kit.testing import _state

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def add_job(app, key):
    with app.app_context(), writing():
        job = Job(kind="test.note", payload={}, key=key, due=NOON, created=NOON)
        db.session.add(job)
        db.session.commit()
        found = job.id
    leave(app)
    return found


def count(app):
    with app.app_context():
        found = db.session.scalar(select(func.count()).select_from(Job))
    leave(app)
    return found


def test_what_was_kept_comes_back_and_nothing_else(app, database):
    assert database.is_empty()
    add_job(app, "kept")
    assert not database.is_empty()
    database.keep("one job")
    add_job(app, "not kept")
    database.restore("one job")
    assert count(app) == 1
    assert add_job(app, "next") == 2, "ids go on where they were"
    database.empty()
    assert database.is_empty()
    assert add_job(app, "first again") == 1


def test_a_world_is_filled_once(app, begin_with, database):
    filled = []
    for _twice in range(2):
        database.empty()
        assert begin_with("a world of this test", lambda: filled.append(1) or "given") == "given"
    assert filled == [1]


def test_a_world_that_would_wipe_what_was_written_is_refused(app, begin_with):
    add_job(app, "mine")
    with pytest.raises(RuntimeError, match="before anything that writes"):
        begin_with("too late", lambda: None)


CHANGES = {
    "a setting": lambda app: app.config.update(REMIND_DAYS=1),
    "a page": lambda app: app.add_url_rule("/nieuw", "new", lambda: ""),
    "a hook": lambda app: app.before_request(lambda: None),
    "a policy": lambda app: app.extensions["policies"].update(new="public"),
    "a listener": lambda app: app.extensions["on_sign_in"].append(print),
    "a part": lambda app: app.extensions.update(metrics=None),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_application_that_a_test_changed_is_known(make_app, change):
    app = make_app()
    before = _state(app)
    change(app)
    assert _state(app) != before


def test_control_one_that_was_only_used_is_as_it_was(make_app):
    app = make_app()
    before = _state(app)
    app.test_client().get("/")
    added = _state(app).added
    assert {name: added[name] for name in before.added} == before.added
    assert _state(app)._replace(added=before.added) == before
