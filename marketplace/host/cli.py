"""``flask plugin`` and ``flask schema``."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from marketplace import config
from marketplace.db import db, writing
from marketplace.errors import DomainError, NotFound
from marketplace.host import scaffold, status, switch
from marketplace.host import schema as tables
from marketplace.host.revisions import State
from marketplace.host.state import host_of

plugin = AppGroup("plugin", help="The plugins.")
Found = TypeVar("Found")
schema = AppGroup("schema", help="The tables of the house and of each plugin.")


@plugin.command("list")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def list_plugins(as_json: bool) -> None:
    """Show every plugin: on, off, left out, failing, gone or schema behind."""
    try:
        lines = status.plugins()
    except (OperationalError, ProgrammingError):
        raise click.ClickException("the tables are not there: run `flask schema upgrade`") from None
    if as_json:
        click.echo(json.dumps([asdict(line) for line in lines], default=str, indent=2))
        return
    for line in lines:
        click.echo(f"{line.id:<20} {line.state:<14} {line.version:<8} {line.reason}".rstrip())


@plugin.command("new")
@click.argument("name")
@click.option("--folder", type=click.Path(path_type=Path), default=config.ROOT / "plugins")
def new(name: str, folder: Path) -> None:
    """Write a minimal plugin whose own tests pass."""
    try:
        for path in scaffold.write(name, folder):
            click.echo(path)
    except ValueError as error:
        raise click.ClickException(str(error)) from None


@plugin.command("on")
@click.argument("name")
@click.option("--federation", default="", help="Only for this federation.")
def on(name: str, federation: str) -> None:
    """Switch a plugin on; its recorded faults are cleared."""
    _turn(name, True, federation)


@plugin.command("off")
@click.argument("name")
@click.option("--federation", default="", help="Only for this federation.")
def off(name: str, federation: str) -> None:
    """Switch a plugin off: its pages, answers and menu links are gone, its data stays."""
    _turn(name, False, federation)


def _turn(name: str, is_on: bool, federation: str) -> None:
    try:
        with writing():
            switch.turn(name, is_on, federation)
    except NotFound:
        raise click.ClickException(
            f"no plugin {name!r} takes part; see `flask plugin list`"
        ) from None
    except DomainError as error:
        raise click.ClickException(error.message) from None
    click.echo(f"{name} is {'on' if is_on else 'off'}{f' for {federation}' if federation else ''}")


@plugin.command("purge")
@click.argument("name")
@click.confirmation_option(prompt="This drops every table of the plugin. Continue?")
def purge(name: str) -> None:
    """Drop all data of a plugin that is off or gone. Nothing else ever does."""
    host = host_of()
    if name in host.plugins and switch.is_on(host.plugins[name].manifest):
        raise click.ClickException(f"{name} is on: run `flask plugin off {name}` first")
    db.session.rollback()
    try:
        dropped = tables.purge(name)
    except NotFound:
        raise click.ClickException(f"{name!r} is not the id of a plugin") from None
    with writing():
        switch.purge(name, dropped)
    click.echo(f"dropped {', '.join(dropped) or 'nothing'}")


@schema.command("upgrade")
@click.option("--only", help="`core` or the id of a plugin.")
def upgrade(only: str | None) -> None:
    """Bring the tables to this release. A plugin that fails is named and left as it was."""
    outcomes = _known(lambda: tables.upgrade(only))
    _report(outcomes)
    if any(one.kind != "ok" for one in outcomes if only or not one.owner):
        raise SystemExit(1)


@schema.command("check")
def check() -> None:
    """Compare the database with the revisions and the models; status 1 at a difference."""
    found = tables.check()
    _report(found)
    if any(one.kind not in {"ok", "gone"} for one in found):
        raise SystemExit(1)


@schema.command("downgrade")
@click.argument("revision")
@click.option("--only", required=True, help="`core` or the id of a plugin.")
def downgrade(revision: str, only: str) -> None:
    """Take one owner's tables back to a revision; `base` takes them all away."""
    _known(lambda: tables.downgrade(revision, only))


@schema.command("revision")
@click.option("-m", "--message", required=True)
@click.option("--only", default="core", help="`core` or the id of a plugin.")
def revision(message: str, only: str) -> None:
    """Write the next revision from the difference between models and database."""
    click.echo(_known(lambda: tables.revise(message, only)))


def _known(act: Callable[[], Found]) -> Found:
    try:
        return act()
    except NotFound as error:
        raise click.ClickException(f"{error} takes no part; see `flask plugin list`") from None


def _report(states: Sequence[State]) -> None:
    for one in states:
        click.echo(f"{one.owner or 'core':<20} {one.kind:<8} {one.detail}".rstrip())
