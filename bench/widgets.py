"""The offers of a widget against a bare JSON answer of the same size."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from flask import Flask, Response
from flask.testing import FlaskClient

from bench import catalogue_rows
from bench.app import made
from bench.measure import Row, Spread, clocked, spread, timed
from marketplace.accounts.services import add_organisation
from marketplace.db import db, writing
from marketplace.web import policy
from plugins.matching.generated import offers as generated
from plugins.widgets import script_file, services
from plugins.widgets.serving import Shelf

ORIGIN = "https://zorg.example"
SIZES = (1_000, 100_000)
CHUNK, SEED = 1_000, 1
TIMES = 2_000
WARM = 50


def rows(full: bool) -> Iterator[Row]:
    """Sizes in bytes, and the throughput of offers.json as a share of the bare answer's."""
    yield Row("widgets.js, packed", "B", len(script_file.NEWEST.packed), goal="<= 6,144")
    times = TIMES * 5 if full else TIMES
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            app = made(Path(folder))
            yield from _of_catalogue(app, size, times)
            with app.app_context():
                db.engine.dispose()


def _of_catalogue(app: Flask, size: int, times: int) -> Iterator[Row]:
    kept: dict[str, bytes] = {}
    app.add_url_rule("/bare.json", "bare", lambda: _json(kept["body"]))
    policy.register(app, {"bare": "public"})
    address = _widget(app, size)
    client = app.test_client()
    kept["body"] = _ask(client, address)
    app.extensions["x_widgets"].reads.most = 10**9
    theirs, ours = _in_turn(lambda: client.get("/bare.json"), lambda: _ask(client, address), times)
    cold = timed(lambda: _cold(app, client, address), 50)
    told = f"offers.json, {size:,} offers"
    yield Row(told, "ms", ours.median, ours.p99)
    yield _share(told, theirs, ours)
    yield Row(f"{told}, nothing kept", "ms", cold.median, cold.p99)


def _widget(app: Flask, size: int) -> str:
    """A catalogue of this size, a site that shows all of it, and the address of its offers."""
    with app.app_context():
        catalogue_rows.add_providers()
        made_up = generated(SEED, size)
        for after in range(0, size, CHUNK):
            catalogue_rows.add(list(islice(made_up, CHUNK)), SEED, after)
        with writing():
            add_organisation("federation", "Zorgfederatie", "zorgfederatie")
            site = services.add_site("zorgfederatie", "Site")
            services.add_origin(site, ORIGIN)
            key = services.add_key(site, "live").key
        db.session.remove()
    return f"/widgets/v1/{key}/offers.json"


def _json(body: bytes) -> Response:
    return Response(body, mimetype="application/json")


def _in_turn(
    one: Callable[[], object], other: Callable[[], object], times: int
) -> tuple[Spread, Spread]:
    """Both in turn, by the time of this process alone: other work on the machine hits both."""
    pairs = [(clocked(one)[1].process, clocked(other)[1].process) for _ in range(times)]
    first, second = zip(*pairs[WARM:], strict=True)
    return spread(first), spread(second)


def _share(told: str, bare: Spread, ours: Spread) -> Row:
    return Row(f"{told}: throughput / bare JSON", "x", bare.median / ours.median, goal=">= 0.6")


def _ask(client: FlaskClient, address: str) -> bytes:
    answer = client.get(address, headers={"Origin": ORIGIN})
    assert answer.status_code == 200
    return answer.data


def _cold(app: Flask, client: FlaskClient, address: str) -> bytes:
    app.extensions["x_widgets"] = Shelf()
    return _ask(client, address)
