"""``flask price``."""

from __future__ import annotations

import json
import sys
from typing import NoReturn, TextIO

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from marketplace.pricing.explain import document_of, explain
from marketplace.pricing.file import read_text
from marketplace.requests.file import FileErrors

group = AppGroup("price", help="What an employer really pays.")


@group.command("explain")
@click.argument("file", type=click.File("r", encoding="utf-8"))
def explain_file(file: TextIO) -> None:
    """Print the price of one offer for one need (docs/price.md) as JSON; nothing is stored.

    A bad file exits with status 2 and one line per error: path, colon, what is wrong.
    """
    try:
        explained = explain(read_text(file.read()))
    except FileErrors as error:
        _stop(str(error), 2)
    except UnicodeDecodeError:
        _stop("file: is not UTF-8 text", 2)
    except DBAPIError:
        _stop("the database is not ready: run `flask schema upgrade` first", 1)
    click.echo(json.dumps(document_of(explained), ensure_ascii=False, indent=2))


def _stop(message: str, status: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(status)
