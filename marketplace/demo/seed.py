"""Fill the demonstration database; running it again changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace import clock
from marketplace.accounts import services as accounts
from marketplace.accounts.models import Establishment, Organisation
from marketplace.accounts.services.passwords import hash_password
from marketplace.catalogue import services as catalogue
from marketplace.contract.pages import Event
from marketplace.db import db
from marketplace.host import ask

PASSWORD = "voorbeeld-voor-iedereen"  # noqa: S105 - printed on purpose: everybody may try the demo


@dataclass(frozen=True, slots=True)
class Example:
    """One person to sign in as, with the organisation that goes with the role."""

    role: str
    email: str
    name: str
    kind: str | None = None
    slug: str | None = None
    organisation: str = ""


PEOPLE = (
    Example(
        "employer",
        "werkgever@voorbeeld.example",
        "An Peeters",
        "employer",
        "demo-werkgever",
        "Woonzorgcentrum Voorbeeld vzw",
    ),
    Example(
        "consultant",
        "consulent@voorbeeld.example",
        "Bo Claes",
        "agency",
        "demo-agii",
        "AgII (demo)",
    ),
    Example(
        "partner",
        "partner@voorbeeld.example",
        "Cis Maes",
        "partner",
        "demo-partner",
        "Taalpartner Voorbeeld",
    ),
    Example(
        "federation",
        "federatie@voorbeeld.example",
        "Dani Wouters",
        "federation",
        "demo-federatie",
        "Zorgfederatie Voorbeeld",
    ),
    Example("administrator", "beheer@voorbeeld.example", "Elif Aydin"),
)


def seed() -> None:
    """The demo catalogue, the offers of the plugins, one person per role; plugins are told."""
    catalogue.seed_demo()
    catalogue.sync_all()
    for example in PEOPLE:
        if accounts.by_email(example.email) is None:
            _add(example)
    ask.tell(Event("demo.seeded", "demo"))
    db.session.commit()


def _add(example: Example) -> None:
    person = accounts.add_person(example.email, example.name, hash_password(PASSWORD))
    person.verified_at = clock.now()
    place = None
    if example.kind:
        place = accounts.add_organisation(example.kind, example.organisation, example.slug)
        if example.kind == "employer":
            _care_home(place)
    accounts.give_role(person, example.role, place)


def _care_home(home: Organisation) -> None:
    """The employer of the example: a care home in Aalst, in joint committee 330."""
    home.enterprise_number, home.legal_form, home.headcount = "0403019261", "vzw", 85
    home.joint_committees, home.nace, home.vat_recoverable = ["330"], "87.101", False
    home.establishments.append(Establishment(name="Aalst", refnis="41002"))
