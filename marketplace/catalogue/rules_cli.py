"""``flask rules``: the rules of consultants as files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import BinaryIO

import click
from flask.cli import AppGroup

from marketplace.catalogue.consultant_rules import rule, sentence_of
from marketplace.catalogue.faults import FileRefused
from marketplace.catalogue.services import rules as services
from marketplace.db import writing
from marketplace.errors import NotFound

group = AppGroup("rules", help="Rules of consultants.")


@group.command("list")
def list_() -> None:
    """Every rule: its slug, status, newest version, effect, day of the last check and sentence."""
    for one in services.every():
        held = rule(one.document)
        effect = f"{held.effect} {held.weight}" if held.weight else held.effect
        state = f"{one.status}+draft" if one.has_draft and one.number else one.status
        checked, sentence = held.checked_on.isoformat(), sentence_of(one.document, "nl")
        click.echo(f"{one.slug}  {state}  {one.number}  {effect}  {checked}  {sentence}")


@group.command("check")
@click.argument("file", type=click.File("rb"))
def check(file: BinaryIO) -> None:
    """Say what is wrong with a rule FILE (- for standard input); nothing is stored.

    Exit status 2 and one line per fault; docs/rules.md has the format.
    """
    _or_refused(lambda: services.check(services.read(file.read())))
    click.echo("no faults")


@group.command("publish")
@click.argument("file", type=click.File("rb"))
def publish(file: BinaryIO) -> None:
    """Publish a rule FILE (- for standard input); the same file again changes nothing.

    Exit status 2 and one line per fault when it is refused.
    """
    with writing():
        _or_refused(lambda: services.publish_document(services.read(file.read())))
    click.echo("published")


@group.command("withdraw")
@click.argument("slug")
def withdraw(slug: str) -> None:
    """Take the rule with this SLUG out of force; its versions stay."""
    try:
        with writing():
            services.withdraw(slug)
    except NotFound:
        raise click.ClickException(f"{slug} is not the slug of a rule") from None
    click.echo("withdrawn")


def _or_refused(act: Callable[[], None]) -> None:
    try:
        act()
    except FileRefused as refused:
        for fault in refused.faults:
            click.echo(str(fault), err=True)
        sys.exit(2)
