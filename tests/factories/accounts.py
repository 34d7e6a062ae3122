"""Make people and organisations in the session in hand; the caller commits."""

from marketplace import clock
from marketplace.accounts.models import Establishment, Membership, Organisation, Person, SignIn
from marketplace.accounts.services.passwords import hash_password

PASSWORD = "een lang wachtwoord"


def organisation(session, kind="employer", **facts):
    facts = {"name": "Den Boomgaard", "joint_committees": [], "created_at": clock.now()} | facts
    made = Organisation(kind=kind, **facts)
    session.add(made)
    session.flush()
    return made


def establishment(session, place, name="Aalst", refnis="41002"):
    made = Establishment(organisation=place, name=name, refnis=refnis)
    session.add(made)
    session.flush()
    return made


def person(session, email="an@example.org", role=None, place=None, verified=True, **facts):
    made = Person(
        email=email,
        name=facts.pop("name", "An Peeters"),
        password_hash=hash_password(facts.pop("password", PASSWORD)),
        created_at=clock.now(),
        verified_at=clock.now() if verified else None,
        **facts,
    )
    session.add(made)
    if role:
        session.add(Membership(person=made, organisation=place, role=role))
    session.flush()
    return made


def sign_in_row(session, who, expires):
    made = SignIn(person=who, started=clock.now(), expires=expires)
    session.add(made)
    session.flush()
    return made
