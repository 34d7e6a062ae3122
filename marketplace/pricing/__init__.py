"""What an employer really pays: the calculation, its deadlines, and ``flask price explain``."""

from __future__ import annotations

from flask import Flask

from marketplace.pricing import cli


def init_app(app: Flask) -> None:
    """Mount the command."""
    app.cli.add_command(cli.group)
