"""The compiled catalogue of a process: renewed when it moves, kept when a build fails."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import update

from marketplace.catalogue.guard import bump, changing
from marketplace.catalogue.models import Provider
from marketplace.contract.values import RequestFacts
from marketplace.db import db, writing
from plugins import matching
from plugins.matching import advising
from plugins.matching.hold import MOST_SETS, RETRY_SECONDS, current, holder, holder_of
from tests.factories.catalogue import offer, stock
from tests.factories.matching import need, request
from tests.factories.plugins import write_plugin
from tests.factories.rules import published

ASKED: RequestFacts = request(need("klaar", "clear-language", count=4))
PATIENCE = 60  # seconds
BUILD = "LEFT OUTER JOIN capacities"  # of the one query that reads all published offers

FORGETFUL = """
from datetime import date
from marketplace.contract.rules import Criterion, Rule

asked = []

@impl
def rules():
    asked.append(1)
    if len(asked) in FAILS:
        raise RuntimeError("not now")
    return [Rule(
        id="none-free", code="none-free", source="test", checked_on=date(2026, 11, 2),
        when=(Criterion("need.topic", "is", "clear-language"),),
        require=(Criterion("offer.price_kind", "is", "fixed"),),
        passes={"need.topic": "clear-language", "offer.price_kind": "fixed"},
        fails=FAILING_EXAMPLE,
    )]
"""


def forgetful(folder, fails=(), example="free"):
    """A plugin with one rule, that raises at these calls of its hook."""
    failing = {"need.topic": "clear-language", "offer.price_kind": example}
    code = FORGETFUL.replace("FAILS", repr(set(fails))).replace("FAILING_EXAMPLE", repr(failing))
    return write_plugin(folder / "more", "forgetful", code)


def spoil(app):
    """Store what no build can read: the catalogue moves too."""
    _store(app, [{"no": "code"}])


def mend(app):
    """Take it away again: the catalogue moves once more."""
    _store(app, [])


def _store(app, evidence):
    with app.app_context(), writing():
        with changing():
            db.session.execute(update(Provider).values(evidence=evidence))
        db.session.commit()


def advise(app):
    """What a request gets: it has a context, and so a session, of its own."""
    with app.app_context():
        return advising.recommend(ASKED, "s")


def hours(app):
    """Hours per participant of the one offer, as the process holds it."""
    with app.app_context():
        return current().snapshot.offer(0).hours


def findings(app):
    with app.test_request_context():
        return {check.level for check in matching.checks()}


@pytest.fixture
def stocked(app):
    with app.app_context():
        stock(offer(hours=3))
    return app


def test_an_edit_counts_at_the_next_request(stocked):
    assert hours(stocked) == 3
    with stocked.app_context():
        stock(offer(hours=7))
    assert hours(stocked) == 7
    assert advise(stocked).bundle.hours == 28


def test_nothing_is_built_anew_when_nothing_moved(stocked, count_queries):
    advise(stocked)
    with count_queries() as queries:
        advise(stocked)
    assert not [one for one in queries if BUILD in one]
    with stocked.app_context(), writing():
        bump()
        db.session.commit()
    with count_queries() as queries:
        advise(stocked)
    assert len([one for one in queries if BUILD in one]) == 1


def test_another_application_on_the_same_database_sees_the_edit(stocked, make_app):
    other = make_app()
    assert hours(other) == hours(stocked) == 3
    with stocked.app_context():
        stock(offer(hours=7))
    assert hours(other) == 7


def test_another_process_that_holds_the_old_catalogue_sees_the_edit(stocked):
    fork = multiprocessing.get_context("fork")
    ready, edited, answers = fork.Event(), fork.Event(), fork.SimpleQueue()

    def elsewhere():
        with stocked.app_context():
            db.engine.dispose(close=False)  # the parent's connections are not ours
        answers.put(hours(stocked))
        ready.set()
        edited.wait(PATIENCE)
        answers.put(hours(stocked))

    assert hours(stocked) == 3
    process = fork.Process(target=elsewhere)
    process.start()
    assert ready.wait(PATIENCE)
    with stocked.app_context():
        stock(offer(hours=7))
    edited.set()
    assert [answers.get(), answers.get()] == [3, 7]
    process.join(PATIENCE)
    assert process.exitcode == 0


def test_a_build_that_fails_keeps_the_old_catalogue_and_says_so(stocked):
    before = advise(stocked)
    assert findings(stocked) == {"ok"}
    spoil(stocked)
    stale = advise(stocked)
    assert stale.bundle == before.bundle
    assert stale.catalogue_version == before.catalogue_version
    assert (before.silent_sources, stale.silent_sources) == ((), ("catalogue",))
    assert "error" in findings(stocked)
    mend(stocked)
    mended = advise(stocked)
    assert mended.silent_sources == ()
    assert mended.catalogue_version == before.catalogue_version + 2
    assert findings(stocked) == {"ok"}


def held_by(app):
    (held,) = app.extensions["matching"].values()
    return held


def test_a_failed_build_is_tried_again_later_or_when_the_catalogue_moves(stocked):
    advise(stocked)
    held = held_by(stocked)
    spoil(stocked)
    advise(stocked)
    key, failed_at, why = held.failed
    assert why == "KeyError: 'code'"
    advise(stocked)
    assert held.failed == (key, failed_at, why)  # not tried within the pause
    spoil(stocked)
    advise(stocked)
    assert held.failed[0][0] == key[0] + 1  # tried at once: the catalogue moved
    key, failed_at, why = held.failed
    long_ago = failed_at - RETRY_SECONDS
    held.failed = (key, long_ago, why)
    advise(stocked)
    assert held.failed[0] == key
    assert held.failed[1] != long_ago  # tried again after the pause


def test_every_set_of_plugins_has_a_snapshot_of_its_own(stocked):
    advise(stocked)
    with stocked.app_context():
        mine = holder()
        others = [holder_of((1, ("matching", f"other{number}"))) for number in range(MOST_SETS - 1)]
        assert len({id(one) for one in (mine, *others)}) == MOST_SETS
        assert holder() is mine
        holder_of((1, ("one", "too", "many")))
        assert holder() is not mine  # no more are kept


def test_without_an_older_catalogue_the_failure_is_raised_and_the_next_request_tries(stocked):
    spoil(stocked)
    for _time in range(2):
        with pytest.raises(KeyError):
            advise(stocked)
    mend(stocked)
    assert advise(stocked).bundle.lines


def test_many_threads_at_once_make_one_build_and_hold_the_same(stocked, count_queries):
    threads = 12
    barrier = Barrier(threads)

    def ask(_number):
        with stocked.app_context():
            barrier.wait(PATIENCE)
            return current()

    for _move in range(2):
        with stocked.app_context(), writing():
            bump()
            db.session.commit()
        with count_queries() as queries, ThreadPoolExecutor(threads) as pool:
            found = list(pool.map(ask, range(threads)))
        assert len({id(one.snapshot) for one in found}) == 1
        assert len([one for one in queries if BUILD in one]) == 1


def test_control_without_what_the_process_holds_every_request_builds(stocked, count_queries):
    with count_queries() as queries:
        for _time in range(3):
            advise(stocked)
            stocked.extensions["matching"].clear()
    assert len([one for one in queries if BUILD in one]) == 3


def test_a_plugin_that_gave_no_rules_once_is_asked_again(host_with, tmp_path):
    app = host_with("matching", forgetful(tmp_path, fails={1}))
    with app.app_context():
        stock(offer())
    first, second, third = advise(app), advise(app), advise(app)
    assert first.silent_sources == ("forgetful",)
    assert first.bundle.lines
    assert second.silent_sources == third.silent_sources == ()
    assert second.bundle.lines == ()
    assert second == third
    assert first.rules_version != second.rules_version


def test_what_is_stored_with_an_answer_has_the_rules_it_was_made_with(host_with, tmp_path):
    app = host_with("matching", forgetful(tmp_path, fails={1}))
    with app.app_context():
        stock(offer())
    for answer in (advise(app), advise(app)):
        assert advising.replay(ASKED, "s", answer.sources) == answer


def test_a_rule_with_faults_is_left_out_and_its_plugin_named(host_with, tmp_path):
    app = host_with("matching", forgetful(tmp_path, example="fixed"))
    with app.app_context():
        stock(offer())
        assert "none-free" not in {rule.id for rule in current().book.rules}
        assert holder().compiled.book.silent == ("forgetful",)
    assert advise(app).silent_sources == ("forgetful",)
    assert "warning" in findings(app)


def test_control_the_same_rule_without_faults_counts(host_with, tmp_path):
    app = host_with("matching", forgetful(tmp_path))
    with app.app_context():
        stock(offer())
        assert "none-free" in {rule.id for rule in current().book.rules}
    assert advise(app).silent_sources == ()


def test_a_rule_that_a_consultant_publishes_counts_at_the_next_request(stocked):
    before = advise(stocked)
    assert before.bundle.lines
    with stocked.app_context(), writing():
        published(
            when=[{"subject": "need.topic", "op": "is", "value": "clear-language"}],
            require=[{"subject": "need.count", "op": "at_least", "value": 5}],
            passes={"need.topic": "clear-language", "need.count": 5},
            fails={"need.topic": "clear-language", "need.count": 4},
        )
        db.session.commit()
    after = advise(stocked)
    assert after.bundle.lines == ()
    assert after.rules_version != before.rules_version
    assert after.near_misses[0].offer == "klare-taal"
