"""Structured logs: one line a request, no typed text, no secrets."""

from __future__ import annotations

import logging
import secrets
import time

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger("request")


def init_app(app: Flask) -> None:
    """JSON lines in production, readable lines elsewhere; each request has an id."""
    _configure(app.config["ENVIRONMENT"])

    @app.before_request
    def _begin() -> None:
        g.started = time.perf_counter()
        g.request_id = secrets.token_hex(8)
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def _end(response: Response) -> Response:
        milliseconds = round(
            (time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1
        )
        log.info(
            "request",
            method=request.method,
            endpoint=request.endpoint,
            status=response.status_code,
            milliseconds=milliseconds,
        )
        response.headers["X-Request-Id"] = g.get("request_id", "")
        structlog.contextvars.clear_contextvars()
        return response


def _configure(environment: str) -> None:
    level = logging.WARNING if environment == "testing" else logging.INFO
    render = (
        structlog.processors.JSONRenderer()
        if environment == "production"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=False,
    )
