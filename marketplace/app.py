"""The application factory: put the rooms of the house together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import ModuleType

from flask import Flask

from marketplace import (
    about,
    accounts,
    advice,
    catalogue,
    config,
    db,
    demo,
    desk,
    host,
    i18n,
    money,
    orders,
    pricing,
    requests,
)
from marketplace.audit import cli as audit_cli
from marketplace.clock import Clock, SystemClock
from marketplace.jobs import cli as jobs_cli
from marketplace.jobs import engines
from marketplace.web import assets, errors, health, logs, policy, security, showcase

AREAS: tuple[ModuleType, ...] = (
    host,
    accounts,
    catalogue,
    requests,
    pricing,
    advice,
    orders,
    desk,
    about,
    demo,
)


def create_app(settings: Mapping[str, object] | None = None, clock: Clock | None = None) -> Flask:
    """An application with its plugins and areas; ``settings`` win over the environment."""
    app = Flask(
        "marketplace",
        root_path=str(config.HOME),
        static_folder="static",
        template_folder="templates",
    )
    app.config.from_mapping(config.load(os.environ, settings))
    app.extensions["clock"] = clock or SystemClock()
    app.jinja_env.filters["euro"] = money.euro
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    db.init_app(app)
    i18n.init_app(app)
    for part in (logs, assets, policy, security, health, errors, engines, showcase):
        part.init_app(app)
    for group in (audit_cli.group, jobs_cli.group):
        app.cli.add_command(group)
    for area in AREAS:
        area.init_app(app)
    return app
