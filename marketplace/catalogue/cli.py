"""``flask catalogue``."""

from __future__ import annotations

import sys
from typing import BinaryIO, TextIO

import click
from flask.cli import AppGroup

from marketplace.catalogue import services
from marketplace.catalogue.faults import FileRefused
from marketplace.db import writing

group = AppGroup("catalogue", help="The catalogue of offers.")


@group.command("import")
@click.argument("file", type=click.File("rb"))
def import_(file: BinaryIO) -> None:
    """Import a catalogue FILE (- for standard input), all or nothing.

    Exit status 2 and one line per error when the file is refused; docs/catalogue.md has the
    format.
    """
    try:
        with writing():
            report = services.import_file(file.read())
    except FileRefused as refused:
        for fault in refused.faults:
            click.echo(str(fault), err=True)
        sys.exit(2)
    click.echo(_summary(report))


@group.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True), default="-")
def export(file: TextIO) -> None:
    """Write the catalogue to FILE (standard output when absent), in the import format."""
    file.write(services.export_text())


@group.command("sync")
def sync() -> None:
    """Bring the offers that plugins contribute up to date; status 1 when something was left out."""
    with writing():
        done, silent = services.sync_all()
    for one in done:
        click.echo(f"{one.plugin}: {_summary(one.report)}")
        for fault in one.left_out:
            click.echo(f"{one.plugin}: {fault}", err=True)
    for plugin in silent:
        click.echo(f"{plugin}: gave no answer; its offers stay as they were", err=True)
    sys.exit(1 if silent or any(one.left_out for one in done) else 0)


@group.command("demo")
def demo() -> None:
    """Import the demo catalogue that comes with the house."""
    with writing():
        report = services.seed_demo()
    click.echo(_summary(report))


def _summary(report: services.Report) -> str:
    return (
        f"{report.providers} providers changed, {report.new_offers} offers new, "
        f"{report.new_versions} versions new, {report.published} published, "
        f"{report.retired} retired, {report.unchanged} unchanged"
    )
