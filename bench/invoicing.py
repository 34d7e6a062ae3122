"""One invoice from draft to legal: built, checked by every rule and stored, commit included."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.app import made
from bench.measure import Row, clocked, spread, timed
from marketplace.accounts.models import Organisation
from marketplace.accounts.services import add_organisation
from marketplace.db import db, writing
from plugins.invoicing import finding, gate, issuing, ubl
from plugins.invoicing.models import BuyerRow, Paper, SellerRow

GOAL = "<= 30 ms"
TIMES = 100
NUMBER = "0403019261"
PLACE = {"street": "Kerkstraat 1", "postcode": "9300", "city": "Aalst"}


def rows(full: bool) -> Iterator[Row]:
    """The whole, and what of it the writer and the gate take."""
    times = TIMES * 10 if full else TIMES
    with tempfile.TemporaryDirectory() as folder:
        app = made(Path(folder))
        with app.test_request_context(), writing():
            names = iter(_drafts(times + 3))
            took = [clocked(lambda: _issue(next(names)))[1] for _ in range(times + 3)][3:]
            whole = spread([one.wall for one in took])
            yield Row("one invoice, built, checked, stored", "ms", whole.median, whole.p99, GOAL)
            busy = spread([one.process for one in took])
            yield Row("the same, in processor time", "ms", busy.median, busy.p99)
            document = issuing.document_of(finding.paper_of(_last()))
            xml = ubl.write(document)
            writer = timed(lambda: ubl.write(document), times)
            yield Row("of which the Peppol file", "ms", writer.median, writer.p99)
            check = timed(lambda: gate.judge(xml), times)
            yield Row("of which the gate", "ms", check.median, check.p99)
            db.session.remove()
            db.engine.dispose()


def _issue(name: str) -> None:
    issuing.issue(finding.paper_of(name))
    db.session.commit()
    db.session.remove()


def _drafts(count: int) -> list[str]:
    employer = add_organisation("employer", "Woonzorgcentrum")
    employer.enterprise_number = NUMBER
    db.session.flush()
    facts = {"name": "AgII", "enterprise_number": NUMBER, "vat_number": f"BE{NUMBER}"}
    db.session.add(SellerRow(slug="agii", iban="BE68539007547034", **facts, **PLACE))
    buyer = {"vat_taxpayer": True, "public_body": False}
    db.session.add(BuyerRow(organisation=employer.public_id, **buyer, **PLACE))
    papers = [_draft(employer, number) for number in range(count)]
    db.session.add_all(papers)
    db.session.flush()
    names = [paper.public_id for paper in papers]
    db.session.commit()
    db.session.remove()
    return names


def _draft(employer: Organisation, number: int) -> Paper:
    line = {"title": "Coaching", "quantity": 1, "price_cents": 10_001, "treatment": "standard"}
    return Paper(
        origin=f"bench:{number}",
        kind="invoice",
        slug="agii",
        order=f"order-{number}",
        organisation=employer.public_id,
        buyer_name=employer.name,
        title="Coaching",
        lines=[line],
        net_cents=10_001,
    )


def _last() -> str:
    return str(db.session.scalars(finding.papers(state="issued").limit(1)).one().public_id)
