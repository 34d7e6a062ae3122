"""``flask person`` and ``flask organisation``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup

from marketplace.accounts.models import KINDS, ROLES, Person
from marketplace.accounts.services import mails, people, privacy
from marketplace.accounts.services.addresses import spelling
from marketplace.db import db, writing
from marketplace.errors import DomainError

person = AppGroup("person", help="People with an account.")
organisation = AppGroup("organisation", help="Agencies, partners, federations and employers.")
GROUPS = (person, organisation)


@person.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--organisation", "place_key", help="Public id or slug of the organisation.")
@click.option("--name", default="", help="Name of the person.")
def add(email: str, role: str, place_key: str | None, name: str) -> None:
    """Give a person a role; a new person gets a mail to choose a password."""
    with writing(), _errors():
        place = people.find_organisation(place_key) if place_key else None
        if place_key and place is None:
            raise click.ClickException(f"there is no organisation {place_key!r}")
        known = people.by_email(spelling(email))
        someone = known or people.add_person(email, name)
        people.give_role(someone, role, place)
        if not known:
            mails.invitation(someone, place.name if place else None)
        address = someone.email
        db.session.commit()
    click.echo(f"{address} is {role}")


@person.command("export")
@click.argument("email")
def export(email: str) -> None:
    """Print everything stored about a person, as JSON."""
    click.echo(json.dumps(privacy.export_person(_found(email)), ensure_ascii=False, indent=2))


@person.command("erase")
@click.argument("email")
@click.confirmation_option(prompt="This cannot be undone. Erase?")
def erase(email: str) -> None:
    """Make a person unrecognisable; the organisation's dossiers stay."""
    with writing():
        privacy.erase_person(_found(email))
    click.echo("erased")


@person.command("deactivate")
@click.argument("email")
def deactivate(email: str) -> None:
    """Close an account and sign it out everywhere; nothing is erased."""
    with writing():
        people.deactivate(_found(email))
        db.session.commit()
    click.echo("deactivated")


@organisation.command("add")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("slug")
@click.argument("name")
def add_organisation(kind: str, slug: str, name: str) -> None:
    """Add an organisation that people can be members of."""
    with writing(), _errors():
        public_id = people.add_organisation(kind, name, slug).public_id
        db.session.commit()
    click.echo(f"{public_id} {slug}")


def _found(email: str) -> Person:
    found = people.by_email(spelling(email))
    if found is None:
        raise click.ClickException(f"there is no person with the address {email}")
    return found


@contextmanager
def _errors() -> Iterator[None]:
    """Show a domain error as the command's own error."""
    try:
        yield
    except DomainError as error:
        db.session.rollback()
        raise click.ClickException(error.message) from None
