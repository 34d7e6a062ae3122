"""``flask audit``."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from marketplace.audit import services

group = AppGroup("audit", help="The audit log.")


@group.command("verify")
def verify() -> None:
    """Check the hash chain of the audit log; status 1 and the first bad entry when it breaks."""
    fault = services.verify()
    if fault:
        click.echo(fault)
        raise SystemExit(1)
    number, digest = services.head()
    click.echo(f"the audit log is whole: {number} entries, newest {digest}")
