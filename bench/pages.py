"""Pages in-process, against a reference page of one Core query and thirty rows of Jinja."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from bench.app import made
from bench.measure import Row, Spread, timed
from marketplace.advice import services as advices
from marketplace.catalogue import services as catalogue
from marketplace.db import db, writing
from marketplace.kit.testing import some_request
from marketplace.web import policy

REFERENCE = """<!doctype html><html lang="nl"><body><ul>
{% for row in rows %}
<li><a href="/aanbod/{{ row.slug }}">{{ row.slug }}</a> {{ row.status }}</li>
{% endfor %}
</ul></body></html>"""
TIMES = 200


def rows(full: bool) -> Iterator[Row]:
    """Catalogue page and whole advice as ratios."""
    times = TIMES * 5 if full else TIMES
    with tempfile.TemporaryDirectory() as folder:
        app = _market(Path(folder))
        client = app.test_client()
        reference = timed(lambda: client.get("/reference"), times)
        page = timed(lambda: client.get("/aanbod"), times)
        yield Row("reference page", "ms", reference.median, reference.p99)
        yield Row("catalogue page", "ms", page.median, page.p99)
        yield Row("reference / catalogue page (1 = as fast)", "x", reference.median / page.median)
        yield from _advice(app, reference, times)
        with app.app_context():
            db.engine.dispose()


def _advice(app: Flask, reference: Spread, times: int) -> Iterator[Row]:
    with app.test_request_context():
        request = some_request()
        advice = timed(lambda: advices.recommend(request, "salt"), times)
        yield Row("whole advice on the demo catalogue", "ms", advice.median, advice.p99)
        yield Row("whole advice / reference page", "x", advice.median / reference.median)
        db.session.remove()


def _market(folder: Path) -> Flask:
    app = made(folder)
    template = app.jinja_env.from_string(REFERENCE)

    @app.get("/reference")
    def reference() -> str:
        found = db.session.execute(text("SELECT slug, status FROM offers ORDER BY slug LIMIT 30"))
        return template.render(rows=found)

    policy.register(app, {"reference": "public"})
    with app.app_context(), writing():
        catalogue.seed_demo()
        catalogue.sync_all()
        db.session.remove()
    return app
