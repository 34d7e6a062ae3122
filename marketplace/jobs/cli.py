"""``flask jobs``."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import select

from marketplace.db import db, writing
from marketplace.jobs import services
from marketplace.jobs.models import Job

group = AppGroup("jobs", help="The outbox.")


@group.command("list")
def list_jobs() -> None:
    """Count the jobs per state and name the dead ones."""
    for state, count in sorted(services.depth().items()):
        click.echo(f"{state}: {count}")
    for job in db.session.scalars(
        select(Job).where(Job.state == "dead").order_by(Job.id).limit(50)
    ):
        click.echo(f"  {job.id} {job.kind}: {(job.last_error or '').strip().splitlines()[-1]}")


@group.command("replay")
@click.argument("job_id", type=int)
def replay(job_id: int) -> None:
    """Give a dead job a fresh start."""
    with writing():
        if not services.replay(job_id):
            raise click.ClickException(f"there is no dead job {job_id}")
        db.session.commit()
    click.echo(f"job {job_id} will run again")
