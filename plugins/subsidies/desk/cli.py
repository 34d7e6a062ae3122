"""``flask aid``: the rules of aid as files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO, TypeVar

import click
from flask.cli import AppGroup

from marketplace.kit.clock import today
from marketplace.kit.errors import DomainError, NotFound
from marketplace.kit.models import session, writing

from . import bodies, keeping, listing

aid = AppGroup("aid", help="Rules of aid: subsidies and premiums.")
T = TypeVar("T")


@aid.command("list")
def list_() -> None:
    """Every rule that counts today: id, newest version, its state, day of the check, title."""
    found = listing.overview()
    for one in found.rules:
        state = f"{one.newest.number} {one.newest.state}" if one.newest else "0 bundled"
        checked = min(record.checked_on for record in one.records)
        late = " stale" if one.is_stale else ""
        click.echo(f"{one.rule_id}  {state}  {checked}{late}  {one.records[-1].title}")
    for broken in found.broken:
        click.echo(f"left out: {broken.version.rule_id}: {broken.why}", err=True)


@aid.command("check")
@click.argument("file", type=click.File("rb"))
def check(file: BinaryIO) -> None:
    """Say what is wrong with a rule FILE (- for standard input); nothing is stored.

    Exit status 2 and the path when it would be refused; docs/subsidies.md has the format.
    """

    def try_out() -> None:
        try:
            keeping.publish_rows(bodies.rows_in(file.read()), today(), "")
        finally:
            session.rollback()

    with writing():
        _or_refused(try_out)
    click.echo("no faults")


@aid.command("publish")
@click.argument("file", type=click.File("rb"))
@click.option("--from", "starts", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.option("--reason", required=True)
def publish(file: BinaryIO, starts: datetime, reason: str) -> None:
    """Publish the rules of a FILE from a day, all or none; the same again changes nothing."""
    with writing():
        made = _or_refused(
            lambda: keeping.publish_rows(bodies.rows_in(file.read()), starts.date(), reason)
        )
        session.commit()
    click.echo(f"published: {len(made)}")


@aid.command("withdraw")
@click.argument("rule_id", metavar="ID")
@click.option("--reason", required=True)
def withdraw(rule_id: str, reason: str) -> None:
    """Take what was published of the rule with this ID out of force."""
    try:
        with writing():
            count = _or_refused(lambda: keeping.withdraw(rule_id, reason))
            session.commit()
    except NotFound:
        raise click.ClickException(f"nothing was published of {rule_id}") from None
    click.echo(f"withdrawn: {count}")


def _or_refused(act: Callable[[], T]) -> T:
    try:
        return act()
    except DomainError as error:
        session.rollback()
        click.echo(error.message, err=True)
        sys.exit(2)
