"""``flask invoicing``: what a timer or an operator does."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from marketplace.kit.errors import DomainError
from marketplace.kit.models import session, writing

from . import issuing, reminding
from .models import Issued
from .statements import intake

group = AppGroup("invoicing", help="Invoices and bank statements.")


@group.command("statement")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def statement(file: Path) -> None:
    """Take in a bank statement, CODA or CAMT.053; the same file twice changes nothing."""
    with writing():
        try:
            taken = intake.take(file.read_bytes())
        except DomainError as error:
            raise click.ClickException(error.message) from None
        session.commit()
    click.echo(
        f"{taken.new} new, {taken.settled} booked, {taken.waiting} waiting, {taken.known} known"
    )


@group.command("remind")
def remind() -> None:
    """Queue a reminder of every invoice that is late enough; run it once a day."""
    with writing():
        count = reminding.remind_late()
        session.commit()
    click.echo(f"{count} reminders queued")


@group.command("verify")
def verify() -> None:
    """Check that what was issued is whole and that no number is missing; status 1 when not."""
    wrong, last = [], dict[tuple[int, int], int]()
    query = select(Issued).order_by(Issued.seller_id, Issued.year, Issued.sequence)
    for one in session.scalars(query.execution_options(yield_per=200)):
        series = (one.seller_id, one.year)
        if one.sequence != last.get(series, 0) + 1:
            wrong.append(f"a gap before {one.year}-{one.sequence:05d} of seller {one.seller_id}")
        if not issuing.is_intact(one):
            wrong.append(f"{one.year}-{one.sequence:05d} of seller {one.seller_id} was changed")
        last[series] = one.sequence
    for line in wrong:
        click.echo(line)
    if wrong:
        raise SystemExit(1)
    click.echo(f"{sum(last.values())} whole, no gap")
