"""An employer with delivered orders, a seller and a buyer that are filled in."""

import pytest
from sqlalchemy import select

from marketplace.accounts.models import Organisation
from marketplace.contract.pages import Event
from marketplace.db import db, writing
from marketplace.jobs import services as jobs
from plugins.invoicing import finding, hearing, issuing
from plugins.invoicing.models import BuyerRow, Paper, SellerRow
from tests.factories import dossiers as make

IBAN = "BE68539007547034"
SELLER = {
    "slug": "agii",
    "name": "AgII",
    "enterprise_number": "0403019261",
    "vat_number": "BE0403019261",
    "street": "Kerkstraat 1",
    "postcode": "9300",
    "city": "Aalst",
    "iban": IBAN,
    "bic": "GKCCBEBB",
    "term_days": 30,
}
BUYER = {
    "street": "Dorp 2",
    "postcode": "9300",
    "city": "Aalst",
    "vat_taxpayer": True,
    "public_body": False,
}


class Books:
    """What the tests do with invoices; every act is a transaction of its own."""

    def __init__(self, app, employer):
        self.app, self.employer = app, employer

    def write(self, act):
        with self.app.app_context(), writing():
            try:
                found = act()
                db.session.commit()
            finally:
                db.session.remove()
            return found

    def seller(self, **changes):
        facts = SELLER | changes
        self.write(lambda: db.session.add(SellerRow(**facts)))

    def buyer(self, **changes):
        facts = BUYER | changes
        row = BuyerRow(organisation=self.employer.organisation_id, **facts)
        self.write(lambda: db.session.add(row))

    def order(self, vat="standard", cents=240_000, **changes):
        """The public id of an order of the employer that was delivered."""

        def act():
            query = select(Organisation).where(
                Organisation.public_id == self.employer.organisation_id
            )
            asked = make.request(db.session, db.session.scalars(query).one(), "ordered")
            line = make.stored_line(vat=vat, gross_cents=cents)
            facts = {"status": "delivered", "line": line, "gross_cents": cents} | changes
            given = make.advice(db.session, asked)
            return make.order(db.session, given, self.employer.person_id, **facts).public_id

        return self.write(act)

    def hear(self, name, subject, **facts):
        self.write(lambda: hearing.hear(Event(name, subject, facts)))

    def draft(self, **facts):
        """The public id of the draft of a new order."""
        order = self.order(**facts)
        self.hear("order.delivered", order)
        return self.read(lambda: finding.invoice_of_order(order).public_id)

    def issue(self, public_id):
        self.write(lambda: issuing.issue(finding.paper_of(public_id)))
        return public_id

    def issued(self, **facts):
        return self.issue(self.draft(**facts))

    def credit(self, public_id, cents, key="k"):
        def act():
            paper = finding.paper_of(public_id)
            return issuing.credit(paper, cents, "Te veel aangerekend", key).public_id

        return self.write(act)

    def read(self, look):
        with self.app.app_context():
            try:
                return look()
            finally:
                db.session.remove()

    def of(self, public_id, *names):
        """Columns of a paper."""
        return self.read(
            lambda: tuple(getattr(finding.paper_of(public_id), name) for name in names)
        )

    def communication(self, public_id):
        return self.read(lambda: finding.paper_of(public_id).issued.communication)

    def count(self):
        return self.read(lambda: len(db.session.scalars(select(Paper)).all()))

    def run_jobs(self):
        return jobs.run_due(self.app)


@pytest.fixture
def books(app, employer):
    return Books(app, employer)


@pytest.fixture
def ready(books):
    """With a seller and a buyer that are filled in."""
    books.seller()
    books.buyer()
    return books


@pytest.fixture
def clerk(signed_in):
    """A consultant who invoices."""
    return signed_in("consultant", name="AgII", slug="agii")
