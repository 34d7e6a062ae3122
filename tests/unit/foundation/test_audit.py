"""The audit log cannot be changed without being found out."""

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
