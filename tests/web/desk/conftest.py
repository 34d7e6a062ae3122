"""A care home in Aalst with a request, an advice, an order and a referral."""

import pytest
from sqlalchemy import select

from marketplace.accounts.models import Organisation
from marketplace.audit.models import AuditEntry
from marketplace.db import db
from tests.factories import dossiers as make


@pytest.fixture
def home(employer):
    """The employer of the fixtures: a browser, with the ids of its person and organisation."""
    return employer


def of(session, browser):
    query = select(Organisation).where(Organisation.public_id == browser.organisation_id)
    return session.scalars(query).one()


@pytest.fixture
def case(written, home):
    """Ids of a dossier with everything in it."""

    def act(session):
        asked = make.request(session, of(session, home), "ordered")
        given = make.advice(session, asked)
        order = make.order(session, given, home.person_id)
        referral = make.referral(session, given, home.person_id)
        return {
            "request": asked.public_id,
            "advice": given.public_id,
            "order": order.public_id,
            "referral": referral.public_id,
        }

    return written(act)


@pytest.fixture
def actions(app):
    """The actions in the audit log, the oldest first."""

    def read():
        with app.app_context():
            query = select(AuditEntry.action).order_by(AuditEntry.number)
            return list(db.session.scalars(query))

    return read
