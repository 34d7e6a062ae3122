"""``flask devstripe serve``, and how the demo starts it beside itself."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Sequence
from importlib.util import find_spec

import click
from flask import current_app
from flask.cli import AppGroup
from werkzeug.serving import make_server

from marketplace.contract.pages import Companion
from marketplace.kit.settings import secret

from .deliveries import Deliveries, Postman
from .server import create_server
from .world import World

HOST = "127.0.0.1"
PATH = "/x/payments/stripe"
group = AppGroup("devstripe", help="A local Stripe for development. Only on this machine.")


@group.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), required=True)
@click.option("--to", "url", required=True, help="Where the application takes messages.")
def serve(port: int, url: str) -> None:
    """Serve on 127.0.0.1 until Ctrl-C, with the test key and secret of the environment."""
    refuse(str(current_app.config["ENVIRONMENT"]))
    key, door = secret("payments", "stripe_key"), secret("payments", "stripe_webhook_secret")
    if not key or not door:
        raise click.ClickException("set X_PAYMENTS_STRIPE_KEY and X_PAYMENTS_STRIPE_WEBHOOK_SECRET")
    base = f"http://{HOST}:{port}"
    world = World()
    deliveries = Deliveries(world, door)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    Postman(deliveries, url).start()
    click.echo(f"Local Stripe: {base}/ (no money moves here)")
    make_server(
        HOST, port, create_server(world, deliveries, key, base), threaded=True
    ).serve_forever()


def companions(url: str) -> Sequence[Companion]:
    """Beside the demo, with a key and secret made for this run; not when a real key is set."""
    if secret("payments", "stripe_key") or not is_installed():
        return ()
    port = _free_port()
    environment = {
        "X_PAYMENTS_STRIPE_KEY": f"sk_test_{secrets.token_hex(16)}",
        "X_PAYMENTS_STRIPE_WEBHOOK_SECRET": f"whsec_{secrets.token_hex(16)}",
        "X_PAYMENTS_STRIPE_BASE": f"http://{HOST}:{port}",
    }
    command = ("devstripe", "serve", "--port", str(port), "--to", f"{url}{PATH}")
    return (Companion(command, environment),)


def refuse(environment: str) -> None:
    """Raise ClickException in production, beside a live key, or without what checks the schema."""
    if environment == "production":
        raise click.ClickException("a local Stripe is refused in production")
    for name, value in os.environ.items():
        if name.startswith("X_PAYMENTS_") and value.startswith(("sk_live_", "rk_live_")):
            raise click.ClickException(f"a local Stripe is refused beside the live key in {name}")
    if not is_installed():
        raise click.ClickException("install the dev extra: it checks every request by the schema")


def is_installed() -> bool:
    """Whether the validator of the dev extra is here."""
    return find_spec("openapi_schema_validator") is not None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
