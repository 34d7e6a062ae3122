"""A plugin that misbehaves in a hook: it is skipped, counted and shown; nobody else notices."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from marketplace.contract import hooks
from marketplace.contract.hooks import STYLES
from marketplace.contract.pages import Event, Refused
from marketplace.db import db, writing
from marketplace.host import ask, faults, status
from marketplace.jobs.models import Job
from marketplace.jobs.services import depth, run_due
from tests.factories.plugins import write_plugin, write_witness

AT_START = {"blueprints", "permissions", "cross_site", "commands"}
WHEN_ASKED = sorted(set(STYLES) - AT_START)

KINDS = {
    "raises": ("raise RuntimeError('kapot')", "RuntimeError: kapot"),
    "exits": ("sys.exit(3)", "SystemExit: 3"),
    "answers wrongly": ("return object()", "WrongAnswer"),
    "aborts the request": ("abort(418)", "418"),
    "refuses": ("raise Refused('x', 'Neen')", "Refused"),
    "recurses": ("return {hook}()", "RecursionError"),
    "commits": ("session.commit()", "CommitInHook"),
    "rolls back": ("session.rollback()", "CommitInHook"),
    "closes the session": ("session.remove()", "CommitInHook"),
    "breaks the transaction": ("session.execute(text('select nothing from nowhere'))", "nowhere"),
    "leaves a row that cannot be": ("session.add(Job())", "IntegrityError"),
}
HOOK = """
from marketplace.jobs.models import Job

@impl
def {hook}():
    {act}
"""


@pytest.fixture
def app_with(make_app, tmp_path):
    """The witness and a plugin called broken, which asks first."""

    def make(hook, act):
        code = HOOK.format(hook=hook, act=act.format(hook=hook))
        write_plugin(tmp_path / "plugins", "broken", code, "order = 1")
        write_witness(tmp_path / "plugins")
        return make_app(PLUGIN_FOLDERS=[tmp_path / "plugins"])

    return make


def arguments(hook):
    return dict.fromkeys(inspect.signature(getattr(hooks, hook)).parameters)


def call(hook):
    """Call a hook as the house does, whatever its style."""
    if hook == "tell":
        ask.tell(Event("order.placed", "abc"))
    elif hook == "erase_person":
        ask.erase_person("a@example.org")
    else:
        return getattr(ask, STYLES[hook])(hook, **arguments(hook))
    return None


def unfinished_work():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    db.session.add(Job(kind="mail.send", payload={}, due=now.replace(year=2099), created=now))
    db.session.flush()


def mails():
    return db.session.scalar(select(func.count()).where(Job.kind == "mail.send"))


def line(app, plugin_id="broken"):
    with app.app_context():
        return next(one for one in status.plugins() if one.id == plugin_id)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hook", WHEN_ASKED)
def test_work_in_hand_survives_and_the_list_shows_the_fault(
    app_with, make_app, monkeypatch, hook, kind
):
    monkeypatch.setattr(ask, "SLOW_SECONDS", 600)  # a busy machine is no fault of the plugin
    act, shown = KINDS[kind]
    app = app_with(hook, act)
    with app.app_context(), writing():
        unfinished_work()
        if STYLES[hook] == "veto":
            with pytest.raises(Refused):
                call(hook)
        else:
            call(hook)
        db.session.commit()
        assert mails() == 1
    if STYLES[hook] == "tell":
        run_due(app)
    if (hook, kind) == ("before_order", "refuses"):
        assert line(app).state == "on"  # that is what this hook is for
        return
    found = line(app)
    assert (found.state, found.count) == ("failing", 1)
    assert found.reason.startswith(hook)
    assert shown in found.reason
    after_a_restart = line(make_app(PLUGIN_FOLDERS=app.config["PLUGIN_FOLDERS"]))
    assert after_a_restart.reason == found.reason
    assert after_a_restart.since == found.since


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hook", ["nav", "panels"])
def test_a_page_shows_the_other_plugins(app_with, hook, kind):
    app = app_with(hook, KINDS[kind][0])
    page = app.test_client().get("/x/witness/")
    assert page.status_code == 200
    assert "<p>Paneel in home</p>" in page.text
    assert '<a href="/x/witness/" aria-current="page">Getuige</a>' in page.text
    assert line(app).state == "failing"


@pytest.mark.parametrize("kind", ["raises", "exits", "answers wrongly", "refuses", "recurses"])
@pytest.mark.parametrize("hook", sorted(AT_START))
def test_a_hook_that_fails_at_start_leaves_the_plugin_out(app_with, hook, kind):
    app = app_with(hook, KINDS[kind][0])
    assert app.test_client().get("/x/witness/").status_code == 200
    assert line(app).state == "left out"
    assert line(app).reason


def test_the_others_answer_and_the_silent_one_is_named(app_with):
    app = app_with("rules", "raise RuntimeError")
    with app.app_context():
        assert ask.ask("rules") == ask.Answers([("witness", [])], ("broken",))


def test_first_passes_over_a_failing_plugin(app_with, tmp_path):
    app = app_with("recommend", "raise RuntimeError")
    with app.app_context():
        assert ask.first("recommend", request=None, salt="") is None


def test_a_refusal_reaches_the_person_with_its_reason(app_with):
    app = app_with("before_order", "raise Refused('full', 'Deze plaats is al weg.')")
    with app.app_context(), pytest.raises(Refused, match=r"Deze plaats is al weg\."):
        ask.veto("before_order", request=None, line=None, order=None)


def test_a_check_that_fails_stops_the_order_and_says_so_in_dutch(app_with):
    app = app_with("before_order", "raise RuntimeError")
    with app.app_context(), pytest.raises(Refused, match="werkt nu niet") as refused:
        ask.veto("before_order", request=None, line=None, order=None)
    assert refused.value.code == "plugin.failed"


def test_a_hook_has_one_style(app_with):
    app = app_with("rules", "return []")
    with app.app_context(), pytest.raises(LookupError, match="rules is called by ask"):
        ask.first("rules")


def test_a_failing_listener_is_retried_and_does_not_hold_up_the_others(app_with, tmp_path, clock):
    app = app_with("tell", "raise RuntimeError('kapot')")
    with app.app_context(), writing():
        ask.tell(Event("order.placed", "abc", {"cents": 100}))
        db.session.commit()
    run_due(app)
    with app.app_context():
        job = db.session.scalars(select(Job)).one()
        assert (job.state, job.attempts, job.due > clock.now()) == ("waiting", 1, True)


def test_nobody_is_told_what_was_rolled_back(app_with):
    app = app_with("tell", "pass")
    with app.app_context(), writing():
        ask.tell(Event("order.placed", "abc"))
        db.session.rollback()
    assert run_due(app) == 0


def test_a_slow_hook_answers_and_is_shown(app_with, monkeypatch):
    monkeypatch.setattr(ask, "SLOW_SECONDS", 0.0)
    app = app_with("rules", "return []")
    with app.app_context():
        assert ask.ask("rules").silent == ()
    assert "took 0.0 seconds" in line(app).reason


def test_the_trace_prints_each_call(app_with, capsys):
    app = app_with("rules", "return []")
    app.config["PLUGIN_TRACE"] = True
    with app.app_context():
        ask.ask("rules")
    assert "broken.rules" in capsys.readouterr().err


def test_many_faults_cost_few_writes_and_none_is_lost(app_with, monkeypatch):
    app = app_with("rules", "raise RuntimeError")
    for _ in range(5):
        with app.app_context():
            ask.ask("rules")
    assert line(app).count == 5
    with app.app_context():
        assert db.session.scalar(select(faults.PluginFault.count)) == 1
        monkeypatch.setattr(faults, "PAUSE_SECONDS", 0.0)
    with app.app_context():
        pass
    with app.app_context():
        assert db.session.scalar(select(faults.PluginFault.count)) == 5


def test_a_day_without_faults_or_switching_on_makes_a_plugin_well(app_with, clock):
    app = app_with("rules", "raise RuntimeError")
    with app.app_context():
        ask.ask("rules")
    assert line(app).state == "failing"
    clock.at = clock.at.replace(day=clock.at.day + 2)
    assert (line(app).state, line(app).count) == ("on", 1)
    app.test_cli_runner().invoke(args=["plugin", "on", "broken"])
    assert (line(app).state, line(app).count) == ("on", 0)


class TestControls:
    """Without the house's own caller, each of these breaks the work in hand."""

    def test_plain_pluggy_stops_at_the_first_exception(self, app_with):
        app = app_with("rules", "raise RuntimeError('kapot')")
        with pytest.raises(RuntimeError, match="kapot"):
            app.extensions["host"].manager.hook.rules()

    def test_plain_pluggy_lets_a_plugin_commit_half_done_work(self, app_with):
        app = app_with("rules", "session.commit()")
        with app.app_context(), writing():
            unfinished_work()
            app.extensions["host"].manager.hook.rules()
            db.session.rollback()
            assert mails() == 1

    def test_plain_pluggy_lets_a_bad_row_break_the_commit(self, app_with):
        app = app_with("rules", "session.add(Job())")
        with app.app_context(), writing():
            unfinished_work()
            app.extensions["host"].manager.hook.rules()
            with pytest.raises(Exception, match=r"(?i)null"):
                db.session.commit()
            db.session.rollback()
            assert depth() == {}
