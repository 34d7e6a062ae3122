"""``flask pots``: check the books, and an example for the demonstration."""

from __future__ import annotations

from datetime import date

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from marketplace.kit.clock import today
from marketplace.kit.models import session, writing
from marketplace.kit.organisations import Organisation

from . import booking, keeping, ledger

pots = AppGroup("pots", help="Co-financing pots of federations.")


@pots.command("check")
def check() -> None:
    """Compare every counter with its movements and reservations; status 1 when one differs."""
    found = ledger.differences()
    for one in found:
        click.echo(f"{one.pot}: {one.counter} is {one.cents}, should be {one.should_be}")
    if found:
        raise SystemExit(1)
    click.echo("every pot agrees with its movements")


@pots.command("settle")
def settle() -> None:
    """Free or use what orders still hold that ended while this plugin was off."""
    with writing():
        missed = booking.settle_missed()
        session.commit()
    click.echo(f"{missed} orders settled")


@pots.command("example")
@click.argument("federation")
def example(federation: str) -> None:
    """Open an example pot for the federation with this slug; again changes nothing."""
    if current_app.config["ENVIRONMENT"] == "production":
        raise click.ClickException("examples are not for production")
    with writing():
        query = select(Organisation).where(Organisation.slug == federation)
        found = session.scalars(query.where(Organisation.kind == "federation")).one_or_none()
        if found is None:
            raise click.ClickException(f"there is no federation {federation!r}")
        pot = keeping.open_pot(found, _example_terms(), f"example-{federation}")
        session.commit()
        click.echo(f"{pot.public_id}: {pot.title}")


def _example_terms() -> keeping.Terms:
    """Made up, and said to be so wherever it is read."""
    year = today().year
    return keeping.Terms(
        title="Voorbeeldpot: Nederlands op de werkvloer (verzonnen bedragen)",
        page="https://federatie.voorbeeld.example/pot",
        kind="per_participant",
        amount_cents=50_00,
        percent=None,
        training_cap_cents=None,
        employer_cap_cents=1_000_00,
        total_cents=20_000_00,
        first_day=date(year, 1, 1),
        last_day=date(year + 1, 12, 31),
        joint_committees=["330"],
        offers=[],
        stack_order=20,
    )
