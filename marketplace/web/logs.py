"""Structured logs: one line a request, no typed text, no secrets."""

from __future__ import annotations

import logging
import secrets
import sys
import time
import traceback
from collections.abc import MutableMapping

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger("request")


def init_app(app: Flask) -> None:
    """JSON lines in production, readable lines elsewhere, on stderr; each request has an id."""
    _configure(app.config["ENVIRONMENT"])
    app.before_request_funcs.setdefault(None, []).insert(0, _begin)
    app.after_request(_end)


def _begin() -> None:
    g.started = time.perf_counter()
    g.request_id = secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    now = time.perf_counter()
    log.info(
        "request",
        method=request.method,
        endpoint=request.endpoint,
        status=response.status_code,
        milliseconds=round((now - g.get("started", now)) * 1000, 1),
    )
    response.headers["X-Request-Id"] = g.get("request_id", "")
    return response


def without_message(
    _logger: object, _method: str, entry: MutableMapping[str, object]
) -> MutableMapping[str, object]:
    """Where an error came from, not what it says: its message may quote what a person typed."""
    error = entry.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        entry["exception"] = type(error).__name__
        frames = traceback.extract_tb(error.__traceback__)
        entry["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
    return entry


def _logger(*_arguments: object) -> structlog.PrintLogger:
    return structlog.PrintLogger(sys.stderr)


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
            without_message,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_logger,
        cache_logger_on_first_use=False,
    )
