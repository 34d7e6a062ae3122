"""Fixtures of people who are signed in, each a browser of its own without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace import clock
from marketplace.accounts.models import Establishment, Organisation
from marketplace.accounts.services import add_organisation, add_person, give_role
from marketplace.accounts.services.passwords import hash_password
from marketplace.accounts.services.people import KIND_OF_ROLE
from marketplace.db import db, writing

PASSWORD = "een lang wachtwoord"  # noqa: S105 - of people who only live in a test
AALST = "41002"

SignIn = Callable[..., "Browser"]


class Browser(FlaskClient):
    """A test client that knows who is signed in: public ids, and '' without an organisation."""

    person_id: str = ""
    organisation_id: str = ""
    email: str = ""


@pytest.fixture
def signed_in(app: Flask) -> SignIn:
    """Make a person and sign in: ``signed_in("employer", email=…, name=…, headcount=…)``.

    Any column of an organisation may be given; every call makes an organisation of its own.
    """

    def make(role: str, email: str | None = None, **facts: object) -> Browser:
        browser = Browser(app, app.response_class, use_cookies=True)
        browser.email = email or f"{role}@example.org"
        with app.app_context(), writing():
            place = _organisation(role, facts)
            person = add_person(browser.email, f"Test {role}", hash_password(PASSWORD))
            person.verified_at = clock.now()
            give_role(person, role, place)
            browser.person_id = person.public_id
            browser.organisation_id = place.public_id if place else ""
            db.session.commit()
        answer = browser.post("/aanmelden", data={"email": browser.email, "password": PASSWORD})
        assert answer.status_code == 302  # noqa: S101 - a fixture that cannot sign in is no fixture
        return browser

    return make


@pytest.fixture
def employer(signed_in: SignIn) -> Browser:
    """A care home in Aalst: vzw, 85 staff, PC 330, cannot recover VAT."""
    return signed_in(
        "employer",
        name="Woonzorgcentrum Den Boomgaard",
        enterprise_number="0403019261",
        legal_form="vzw",
        headcount=85,
        vat_recoverable=False,
        nace="87.101",
        joint_committees=["330"],
    )


@pytest.fixture
def consultant(signed_in: SignIn) -> Browser:
    """A consultant of the agency AgII."""
    return signed_in("consultant", name="AgII", slug="agii")


@pytest.fixture
def partner(signed_in: SignIn) -> Browser:
    """Somebody of a partner that trains people."""
    return signed_in("partner", name="CVO Voorbeeld", slug="cvo-voorbeeld")


@pytest.fixture
def federation(signed_in: SignIn) -> Browser:
    """Somebody of a sector federation."""
    return signed_in("federation", name="Zorgfederatie Voorbeeld", slug="zorgfederatie")


@pytest.fixture
def administrator(signed_in: SignIn) -> Browser:
    """The keeper of the deployment; belongs to no organisation."""
    return signed_in("administrator")


def _organisation(role: str, facts: dict[str, object]) -> Organisation | None:
    kind = KIND_OF_ROLE[role]
    if kind is None:
        return None
    slug = facts.pop("slug", None)
    place = add_organisation(kind, str(facts.pop("name", f"Test {kind}")), str(slug or "") or None)
    for fact, value in facts.items():
        setattr(place, fact, value)
    if kind == "employer":
        place.establishments = [Establishment(name="Aalst", refnis=AALST)]
    return place
