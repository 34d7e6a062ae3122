"""Pages in-process, against a reference page of one Core query and thirty rows of Jinja."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from bench.measure import Spread, timed
from marketplace.advice import services as advices
from marketplace.app import create_app
from marketplace.catalogue import services as catalogue
from marketplace.db import db, writing
from marketplace.host import schema
from marketplace.kit.testing import some_request
from marketplace.web import policy

REFERENCE = """<!doctype html><html lang="nl"><body><ul>
{% for row in rows %}
<li><a href="/aanbod/{{ row.slug }}">{{ row.slug }}</a> {{ row.status }}</li>
{% endfor %}
</ul></body></html>"""
TIMES = 200


def rows() -> Iterator[tuple[str, str]]:
    """Catalogue page and whole advice as ratios."""
    with tempfile.TemporaryDirectory() as folder:
        app = _market(Path(folder))
        client = app.test_client()
        reference = timed(lambda: client.get("/reference"), TIMES)
        page = timed(lambda: client.get("/aanbod"), TIMES)
        yield "reference page, median", f"{reference.median:.2f} ms"
        yield "catalogue page, median", f"{page.median:.2f} ms"
        yield "reference / catalogue page (1 = as fast)", f"{reference.median / page.median:.2f}"
        yield from _advice(app, reference)
        with app.app_context():
            db.engine.dispose()


def _advice(app: Flask, reference: Spread) -> Iterator[tuple[str, str]]:
    with app.test_request_context():
        request = some_request()
        advice = timed(lambda: advices.recommend(request, "salt"), TIMES)
        yield "whole advice on the demo catalogue, median", f"{advice.median:.2f} ms"
        yield "whole advice, p99", f"{advice.p99:.2f} ms"
        yield "whole advice / reference page", f"{advice.median / reference.median:.1f}x"
        db.session.remove()


def _market(folder: Path) -> Flask:
    app = create_app(
        {
            "ENVIRONMENT": "testing",
            "SECRET_KEY": "bench",
            "INSTANCE": folder,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'bench.db'}",
        }
    )

    template = app.jinja_env.from_string(REFERENCE)

    @app.get("/reference")
    def reference() -> str:
        found = db.session.execute(text("SELECT slug, status FROM offers ORDER BY slug LIMIT 30"))
        return template.render(rows=found)

    policy.register(app, {"reference": "public"})
    with app.app_context(), writing():
        schema.upgrade()
        catalogue.seed_demo()
        catalogue.sync_all()
        db.session.remove()
    return app
