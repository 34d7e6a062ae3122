"""About this service: accessibility, privacy, sources and who to turn to."""

from __future__ import annotations

from flask import Flask

from marketplace.about.views import LINKS, POLICY, blueprint
from marketplace.web import policy


def init_app(app: Flask) -> None:
    """Mount the pages and link to them at the foot of every page."""
    app.register_blueprint(blueprint)
    policy.register(app, POLICY)
    app.extensions["nav"] += LINKS
