"""``flask advise``."""

from __future__ import annotations

import json
import sys
from typing import TextIO

import click
from flask.cli import with_appcontext

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
    except (FileErrors, UnicodeDecodeError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except DomainError as error:
        click.echo(error.message, err=True)
        sys.exit(1)
    click.echo(json.dumps(snapshot.public_answer(answer), ensure_ascii=False, indent=2))
