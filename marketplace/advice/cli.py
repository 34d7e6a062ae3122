"""``flask advise``."""

from __future__ import annotations

import json
import sys
from typing import NoReturn, TextIO

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from marketplace.advice import services, snapshot
from marketplace.errors import DomainError
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
    click.echo(json.dumps(snapshot.public_answer(answer), ensure_ascii=False, indent=2))


def _stop(message: str, status: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(status)
