"""``flask pots``: check the books, and an example for the demonstration."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from marketplace.kit.models import session, writing

from . import booking, ledger
from .example import example_pot

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
        pot = example_pot(federation)
        if pot is None:
            raise click.ClickException(f"there is no federation {federation!r}")
        session.commit()
        click.echo(f"{pot.public_id}: {pot.title}")
