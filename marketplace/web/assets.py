"""Static files that a browser keeps: the address changes with the content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request

YEAR = 365 * 24 * 3600
HOUR = 3600


def init_app(app: Flask) -> None:
    """``url_for("static", …)`` carries a digest; an address with one may be kept for a year."""
    folder = Path(str(app.static_folder))

    @app.url_defaults
    def _version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static" and "v" not in values:
            values["v"] = digest(folder / str(values["filename"]))

    @app.after_request
    def _keep(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code in {200, 304}:
            name = str((request.view_args or {})["filename"])
            kept = request.args.get("v") == digest(folder / name)
            response.cache_control.max_age = YEAR if kept else HOUR
            response.cache_control.immutable = kept
            response.cache_control.no_cache = None
        return response


@cache
def digest(file: Path) -> str | None:
    """The first characters of a file's SHA-256; None when there is no such file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else None
