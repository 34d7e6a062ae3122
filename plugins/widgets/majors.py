"""The majors of the widgets: each answers at ``/widgets/<major>/`` until its last day."""

from __future__ import annotations

from datetime import date

from flask import abort

from marketplace.kit.clock import today

NEWEST = "v1"
MAJORS: dict[str, date | None] = {NEWEST: None}
"""Major → its last day; None: no end. A newer one gives at least twelve months notice."""


def check(major: str) -> None:
    """Go on, or answer 404 for a major that never was and 410 for one that ended."""
    if major not in MAJORS:
        abort(404)
    end = MAJORS[major]
    if end is not None and today() > end:
        abort(410)
