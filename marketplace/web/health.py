"""For the machine's keepers: alive, ready, and the figures."""

from __future__ import annotations

import time
from collections.abc import Callable

from flask import Blueprint, Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy import text

from marketplace.db import db
from marketplace.web import policy

blueprint = Blueprint("health", __name__)
POLICY = {"health.alive": "public", "health.ready": "public", "health.metrics": "machine"}

Readiness = Callable[[], str | None]
"""Gives None when all is well, or one English line that says what is not."""


def init_app(app: Flask) -> None:
    """Mount the pages and measure every request."""
    registry = CollectorRegistry()
    requests = Counter(
        "requests", "Requests by endpoint and status", ["endpoint", "status"], registry=registry
    )
    seconds = Histogram("request_seconds", "Time to answer", ["endpoint"], registry=registry)
    app.extensions["metrics"] = registry
    app.extensions["readiness"] = [_database]
    app.register_blueprint(blueprint)
    policy.register(app, POLICY)

    @app.after_request
    def _count(response: Response) -> Response:
        endpoint = request.endpoint or "none"
        requests.labels(endpoint, response.status_code).inc()
        seconds.labels(endpoint).observe(
            time.perf_counter() - g.get("started", time.perf_counter())
        )
        return response


def add_readiness(app: Flask, check: Readiness) -> None:
    """Let ``/readyz`` ask one more question."""
    app.extensions["readiness"].append(check)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers; nothing else is looked at."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """Every part that a page needs is there, or 503 with one line per fault."""
    checks: list[Readiness] = current_app.extensions["readiness"]
    faults = [fault for fault in map(_tried, checks) if fault]
    return Response(
        "\n".join(faults or ["ok"]) + "\n", 503 if faults else 200, mimetype="text/plain"
    )


@blueprint.get("/metrics")
def metrics() -> Response:
    """Figures of this process in the Prometheus text format."""
    return Response(
        generate_latest(current_app.extensions["metrics"]), content_type=CONTENT_TYPE_LATEST
    )


def _tried(check: Readiness) -> str | None:
    try:
        return check()
    except Exception as error:
        return f"{check.__name__.strip('_')}: {type(error).__name__}"


def _database() -> str | None:
    try:
        db.session.execute(text("select 1"))
    finally:
        db.session.rollback()
    return None
