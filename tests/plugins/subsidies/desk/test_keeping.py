"""Drafts, publications and withdrawals: what counts after each, in every process and thread."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, inspect, select, text, update

from marketplace.audit.models import AuditEntry
from marketplace.db import db, writing
from marketplace.errors import DomainError, NotFound
from marketplace.host import ask, schema
from plugins.subsidies import reader
from plugins.subsidies.desk import bodies, keeping
from plugins.subsidies.desk.models import RuleCount, RuleVersion
from plugins.subsidies.in_force import rules_in_force

from .rules import TODAY, VOLTA, body, dearer, published, written

KEY = "een-sleutel-1"


def cents(rule_id=VOLTA, day=None):
    return [one.amount.cents for one in rules_in_force(day) if one.id == rule_id]


def in_app(app, act):
    with app.app_context():
        return act()


def test_nothing_published_is_the_bundled_set_itself(session):
    assert rules_in_force() is reader.bundled()


def test_the_same_object_comes_back_until_the_set_moves(app, clock):
    published(app, dearer())
    first = in_app(app, rules_in_force)
    assert in_app(app, rules_in_force) is first
    clock.at += timedelta(days=3)
    assert in_app(app, rules_in_force) is first
    written(app, lambda: keeping.begin(KEY, dearer(1_700)))
    assert in_app(app, rules_in_force) is first
    published(app, dearer(1_700), starts=TODAY + timedelta(days=4))
    assert in_app(app, rules_in_force) is not first


def test_one_query_a_call(app, count_queries):
    published(app, dearer())
    with app.app_context():
        rules_in_force()
        with count_queries() as queries:
            rules_in_force()
    assert len(queries) == 1


def test_threads_share_one_object(app):
    published(app, dearer())
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _number: in_app(app, rules_in_force), range(16)))
    assert len({id(one) for one in found}) == 1


def test_another_process_sees_the_publication_at_once(app):
    assert in_app(app, cents) == [1_550]
    fork = multiprocessing.get_context("fork")
    answers, go = fork.Queue(), fork.Event()

    def other():
        with app.app_context():
            db.engine.dispose(close=False)
            answers.put(cents())
            db.session.remove()
            go.wait(60)
            answers.put(cents())
            db.session.remove()
            db.engine.dispose()

    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    process = fork.Process(target=other)
    process.start()
    assert answers.get(timeout=60) == [1_550]
    published(app, dearer())
    go.set()
    assert answers.get(timeout=60) == [1_600]
    process.join(60)
    assert process.exitcode == 0


def test_control_without_the_counter_the_publication_would_not_be_seen(app):
    assert in_app(app, cents) == [1_550]
    with app.app_context(), writing():
        version = keeping.begin(KEY, dearer())
        version.state, version.published_from = "published", TODAY
        db.session.commit()
        assert cents() == [1_550]


def test_what_was_rolled_back_is_never_remembered(app):
    """The number comes again after a rollback; its stamp does not."""
    with app.app_context(), writing():
        keeping.publish_rows(dearer(9_900), TODAY, "fout")
        assert cents() == [9_900]
        db.session.rollback()
    published(app, dearer(1_600))
    assert in_app(app, cents) == [1_600]


def test_a_publication_counts_from_its_day(app, clock):
    published(app, dearer(), starts=date(2026, 12, 1))
    assert in_app(app, cents) == [1_550]
    clock.at += timedelta(days=8)
    assert in_app(app, cents) == [1_600]


def test_withdrawn_the_bundled_rule_is_back_and_a_rule_of_our_own_is_gone(app):
    published(app, dearer())
    published(app, body(id="eigen-regel"))
    assert in_app(app, lambda: cents("eigen-regel")) == [1_550]
    for rule_id, left in ((VOLTA, [1_550]), ("eigen-regel", [])):
        assert written(app, lambda one=rule_id: keeping.withdraw(one, "vervallen")) == 1
        assert in_app(app, lambda one=rule_id: cents(one)) == left
        assert written(app, lambda one=rule_id: keeping.withdraw(one, "vervallen")) == 0


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([*body(), *body(valid_from="2026-01-01")], "overlappen vanaf 2026-01-01"),
        (body(fails=body()[0]["passes"]), "[0].fails: de regel geldt voor dit geval"),
        (body(passes=body()[0]["fails"]), "[0].passes: de regel geldt niet voor dit geval"),
        (body(checked_on="2026-11-24"), "[0].checked_on: deze datum ligt in de toekomst"),
    ],
)
def test_a_publication_that_would_not_read_leaves_the_set_as_it_is(app, rows, said):
    published(app, dearer())
    before = in_app(app, rules_in_force)
    written(app, lambda: keeping.begin(KEY, rows))
    with app.app_context(), writing():
        with pytest.raises(DomainError) as error:
            keeping.publish(KEY, TODAY, "proef")
        assert said in error.value.message
        db.session.rollback()
        assert keeping.find(KEY).state == "draft"
        assert rules_in_force() is before


def test_a_file_is_published_as_a_whole_or_not_at_all(app):
    rows = [*dearer(), *body("volta-149-01-lang", fails=body("volta-149-01-lang")[0]["passes"])]
    with app.app_context(), writing():
        with pytest.raises(DomainError):
            keeping.publish_rows(rows, TODAY, "proef")
        db.session.rollback()
        assert keeping.every() == []
        assert rules_in_force() is reader.bundled()


def test_a_day_that_is_past_is_refused(app):
    with app.app_context(), writing(), pytest.raises(DomainError) as error:
        keeping.publish_rows(dearer(), TODAY - timedelta(days=1), "te laat")
    assert error.value.field == "starts"


def test_a_published_version_that_no_longer_reads_is_left_out_and_shown(app):
    public_id = published(app, dearer())
    published(app, dearer(900, "volta-149-01-lang"))

    def spoil():
        stale = update(RuleVersion).where(RuleVersion.public_id == public_id)
        db.session.execute(stale.values(body=[{"id": VOLTA, "title": "x"}]))
        db.session.execute(update(RuleCount).values(number=99))

    written(app, spoil)
    assert in_app(app, cents) == [1_550]
    assert in_app(app, lambda: cents("volta-149-01-lang")) == [900]
    with app.test_request_context():
        said = [one.message for one in ask.one("subsidies", "checks") if one.level == "error"]
    assert said == [f"{VOLTA}, versie 1 telt niet mee: {VOLTA}[0].valid_from: is missing"]
    published(app, dearer(1_800))  # the broken one does not stand in the way of its successor
    assert in_app(app, cents) == [1_800]


def test_the_second_of_two_colleagues_is_told_and_nothing_is_written(app):
    seen = written(app, lambda: keeping.begin(KEY, dearer()).seen)
    written(app, lambda: keeping.save(KEY, dearer(1_700), seen))
    with app.app_context(), writing():
        with pytest.raises(DomainError) as error:
            keeping.save(KEY, dearer(1_800), seen)
        assert error.value.code == "rule.changed"
        db.session.rollback()
        assert keeping.find(KEY).body == dearer(1_700)
        now = keeping.find(KEY).seen
    written(app, lambda: keeping.save(KEY, dearer(1_800), now))
    assert in_app(app, lambda: keeping.find(KEY).body) == dearer(1_800)


def test_what_was_published_never_changes(app):
    public_id = published(app, dearer())
    with app.app_context(), writing(), pytest.raises(DomainError) as error:
        keeping.save(public_id, dearer(1), keeping.find(public_id).seen)
    assert error.value.code == "rule.fixed"


def test_a_source_that_was_read_again_makes_a_version_with_that_day(app):
    before = in_app(app, lambda: [one for one in rules_in_force() if one.id == VOLTA])
    for _time in range(2):
        written(app, lambda: keeping.look_again(VOLTA, TODAY, "nog hetzelfde"))
    with app.app_context():
        (now,) = [one for one in rules_in_force() if one.id == VOLTA]
        assert (now.checked_on, now.amount) == (TODAY, before[0].amount)
        assert len(keeping.versions_of(VOLTA)) == 1
        with pytest.raises(NotFound):
            keeping.look_again("weg", TODAY, "niets")


def test_each_change_is_in_the_audit_log_with_its_reason(app):
    published(app, dearer())
    written(app, lambda: keeping.withdraw(VOLTA, "vervallen"))
    with app.app_context():
        rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    told = [(one.action, one.new["reason"]) for one in rows if one.action.startswith("subsidies.")]
    assert told == [
        ("subsidies.rule_drafted", ""),
        ("subsidies.rule_published", "Nieuwe bedragen"),
        ("subsidies.rule_withdrawn", "vervallen"),
    ]


def test_every_bundled_rule_can_be_drafted_as_it_is(session):
    for rule_id, rows in bodies.bundled_rows().items():
        assert [one.id for one in bodies.sound(bodies.typed(bodies.shown(rows)))] == [
            rule_id for _row in rows
        ]


def test_the_tables_go_down_and_up_with_rows_in_them(app):
    published(app, dearer())
    with app.app_context():
        schema.downgrade("base", "subsidies")
        assert schema.left_by("subsidies") == []
        (outcome,) = schema.upgrade("subsidies")
        assert outcome.kind == "ok"
        assert "x_subsidies_rules" in inspect(db.engine).get_table_names()
        assert db.session.scalar(select(func.count()).select_from(RuleVersion)) == 0


def test_the_table_refuses_a_publication_without_a_day(app):
    public_id = published(app, dearer())
    statement = text("UPDATE x_subsidies_rules SET published_from = NULL WHERE public_id = :id")
    with app.app_context(), writing(), pytest.raises(Exception, match="from"):
        db.session.execute(statement, {"id": public_id})
