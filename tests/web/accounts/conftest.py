"""What the tests of the account pages share: a mailbox, and a registration filled in."""

import re
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from marketplace.db import db, writing
from tests.factories import accounts

COMPANY = {
    "enterprise_number": "BE 0403.019.261",
    "name": "Woonzorgcentrum Den Boomgaard",
    "legal_form": "vzw",
    "headcount": "85",
    "vat_recoverable": "no",
}
SECTOR = {"committees-0": "330"}
PLACES = {"establishments-0-municipality": "9300", "establishments-0-name": ""}
ACCOUNT = {
    "name": "An Peeters",
    "email": "an@example.org",
    "new_password": "een lang wachtwoord",
}


class Mailbox:
    """The mails that were sent, oldest first."""

    def __init__(self, folder):
        self.folder = folder

    def all(self):
        files = sorted(self.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [BytesParser(policy=policy.default).parsebytes(path.read_bytes()) for path in files]

    def last(self):
        return self.all()[-1]

    def link(self):
        text = self.last().get_body(("plain",)).get_content()
        return re.search(r"http://localhost(/\S+)", text)[1]


@pytest.fixture
def mailbox(app):
    return Mailbox(Path(str(app.config["MAIL_URL"]).removeprefix("folder:")))


@pytest.fixture
def fill(client):
    """Fill in the pages up to the account page, with the answers given here instead."""

    def pages(company=COMPANY, sector=SECTOR, places=PLACES):
        client.post("/registreren/organisatie", data=company)
        client.post("/registreren/paritair-comite", data=sector)
        return client.post("/registreren/vestigingen", data=places)

    return pages


@pytest.fixture
def register(client, fill):
    """Register with the answers given here instead."""

    def whole(**account):
        fill()
        return client.post("/registreren/account", data=ACCOUNT | account)

    return whole


@pytest.fixture(autouse=True)
def _accounts_alone(app, monkeypatch):
    """Other areas choose where people land and what they claim; here the account page does."""
    monkeypatch.setitem(app.extensions, "landing", {})
    monkeypatch.setitem(app.extensions, "on_sign_in", [])


@pytest.fixture
def an(app):
    """An employer's person with a confirmed address; her public id."""
    with app.app_context(), writing():
        session = db.session
        person = accounts.person(
            session, role="employer", place=accounts.organisation(session, name="De Boom")
        )
        session.commit()
        return person.public_id
