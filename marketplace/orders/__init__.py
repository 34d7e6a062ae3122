"""Orders of agency offers and referrals to partners."""

from __future__ import annotations

from flask import Flask

from marketplace.web import policy


def init_app(app: Flask) -> None:
    """Mount the pages."""
    from marketplace.orders import services, views

    app.register_blueprint(views.blueprint)
    policy.register(app, views.POLICY)
    app.jinja_env.globals["agreed_lines"] = services.agreed_lines
