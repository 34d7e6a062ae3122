"""The audit log cannot be changed without being found out."""

import pytest
from sqlalchemy import delete, select, update

from marketplace.audit import services
from marketplace.audit.models import AuditEntry


def three_entries(session):
    for number in range(3):
        services.record("offer.changed", f"offer:{number}", old={"price": 1}, new={"price": number})
        session.commit()


def test_an_untouched_log_verifies(session):
    three_entries(session)
    assert services.verify() is None
    assert [entry.number for entry in session.scalars(select(AuditEntry))] == [1, 2, 3]


def test_a_rolled_back_change_leaves_no_entry(session):
    services.record("offer.changed", "offer:1")
    session.rollback()
    three_entries(session)
    assert len(session.scalars(select(AuditEntry)).all()) == 3
    assert services.verify() is None


def test_a_changed_entry_is_named(session):
    three_entries(session)
    session.execute(update(AuditEntry).where(AuditEntry.number == 2).values(new={"price": 9}))
    session.commit()
    assert services.verify() == "entry 2 was changed"


def test_a_deleted_entry_is_named(session):
    three_entries(session)
    session.execute(delete(AuditEntry).where(AuditEntry.number == 2))
    session.commit()
    assert services.verify() == "entry 2 is missing"


def test_a_cut_off_tail_is_noticed(session):
    three_entries(session)
    session.execute(delete(AuditEntry).where(AuditEntry.number == 3))
    session.commit()
    assert services.verify() == "entries after 2 are missing"


def test_the_command_fails_loudly(app, session):
    three_entries(session)
    assert app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0
    session.execute(delete(AuditEntry).where(AuditEntry.number == 3))
    session.commit()
    result = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert result.exit_code == 1
    assert "after 2" in result.output


def test_two_entries_that_changed_places_are_noticed(session):
    three_entries(session)
    for old, new in ((2, 99), (3, 2), (99, 3)):
        session.execute(update(AuditEntry).where(AuditEntry.number == old).values(number=new))
    session.commit()
    assert services.verify() == "entry 2 was changed"


def test_the_house_itself_cannot_change_an_entry(session):
    three_entries(session)
    session.scalars(select(AuditEntry)).first().action = "nothing.happened"
    with pytest.raises(services.AppendOnly):
        session.commit()
    session.rollback()
    session.delete(session.scalars(select(AuditEntry)).first())
    with pytest.raises(services.AppendOnly):
        session.commit()
    session.rollback()
    assert services.verify() is None


def test_an_undone_savepoint_takes_its_entries_along(session):
    services.record("offer.changed", "offer:kept")
    outer = session.begin_nested()
    services.record("offer.changed", "offer:undone-too")
    with session.begin_nested():
        services.record("offer.changed", "offer:undone")
    outer.rollback()
    session.commit()
    assert session.scalars(select(AuditEntry.subject)).all() == ["offer:kept"]
    assert services.verify() is None


def test_a_released_savepoint_keeps_its_entries(session):
    with session.begin_nested():
        services.record("offer.changed", "offer:kept")
    session.commit()
    assert session.scalars(select(AuditEntry.subject)).all() == ["offer:kept"]


@pytest.mark.parametrize(
    "value",
    [
        {"amounts": (1, 2), 10: "a", 9: "b"},
        {"text": "é € 漢 \u0000 \ud800"},
        {"deep": {"b": [None, True, 1.5], "a": {}}},
        {},
    ],
    ids=ascii,
)
def test_any_json_value_verifies_when_it_comes_back(app, session, value):
    services.record("offer.changed", "offer:1", old=value, new=value)
    session.commit()
    session.expire_all()
    assert services.verify() is None


@pytest.mark.parametrize("value", [{"x": object()}, {"x": float("nan")}])
def test_what_is_no_json_is_refused_at_once(session, value):
    with pytest.raises((TypeError, ValueError)):
        services.record("offer.changed", "offer:1", new=value)


def test_the_head_can_be_written_down_elsewhere(app, session):
    three_entries(session)
    number, digest = services.head()
    shown = app.test_cli_runner().invoke(args=["audit", "verify"]).output
    assert f"{number} entries" in shown
    assert digest in shown
