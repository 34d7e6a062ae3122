"""``flask advise``, and ``flask advice`` for what was advised."""

from __future__ import annotations

import json
import sys
from typing import NoReturn, TextIO, cast

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from marketplace.advice import certificates, services, snapshot, sources
from marketplace.advice import replay as replays
from marketplace.advice.models import Advice
from marketplace.advice.screening import is_offers
from marketplace.advice.snapshot import Document
from marketplace.errors import DomainError, NotFound
from marketplace.requests.file import FileErrors, read_text


@click.command("advise")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@with_appcontext
def advise(file: TextIO) -> None:
    """Print the advice for a request file (docs/advice.md) as JSON; nothing is stored.

    A bad file exits with status 2 and one line per error: path, colon, what is wrong.
    """
    try:
        facts = read_text(file.read())
        _asked, answer = services.recommend(facts, salt="")
    except FileErrors as error:
        _stop(str(error), 2)
    except UnicodeDecodeError:
        _stop("file: is not UTF-8 text", 2)
    except DomainError as error:
        _stop(error.message, 1)
    except DBAPIError:
        _stop("the database is not ready: run `flask schema upgrade` first", 1)
    click.echo(_pretty(snapshot.public_answer(answer)))


@click.group("advice")
def advice() -> None:
    """Check stored advices."""


@advice.command("replay")
@click.argument("public_id", required=False)
@click.option("--all", "every", is_flag=True, help="Replay every stored advice.")
@click.option("--show", is_flag=True, help="Print the document that was made again.")
@with_appcontext
def replay(public_id: str | None, every: bool, show: bool) -> None:
    """Make an advice again from its own sources; every byte must be the same.

    Exit status: 0 when all are identical, 1 when one is not, 2 for an unknown id. With --all an
    advice of before sources were kept is named and does not count as a difference.
    """
    if every == (public_id is not None):
        raise click.UsageError("give the id of an advice, or --all")
    wanted = services.every_id() if every else [public_id or ""]
    results = [_replayed(_find(one), show, lenient=every) for one in wanted]
    sys.exit(0 if all(results) else 1)


@advice.command("certificates")
@click.argument("public_id")
@with_appcontext
def list_certificates(public_id: str) -> None:
    """List what became of every candidate of an advice, one line each; nothing is checked again."""
    document = cast(Document, _find(public_id).document)
    try:
        kept = sources.load(document, is_offers)
    except sources.SourceLost as error:
        _stop(str(error), 1)
    for line in certificates.report(document, kept):
        click.echo(line)


def _replayed(one: Advice, show: bool, lenient: bool) -> bool:
    try:
        document = replays.replay(one)
    except replays.NotTheSame as error:
        click.echo(f"{one.public_id}: {error}", err=not lenient)
        return lenient and isinstance(error, replays.NoSources)
    click.echo(f"{one.public_id}: identical, {one.digest}")
    if show:
        click.echo(_pretty(document))
    return True


def _find(public_id: str) -> Advice:
    try:
        return services.find(public_id)
    except NotFound:
        _stop(f"there is no advice {public_id}", 2)


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _stop(message: str, status: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(status)
