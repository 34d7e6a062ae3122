"""The advice against the ordinary way: a loop over ORM rows, one offer and one need at a time.

The loop finds who is eligible and with how many points, and stops there: no aid, no bundle. Ours is
the whole bundle, from the request on. The rows come from SQLite, those of the topics asked for by
the index of the public list; with "every row" the loop looks at all that is published.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import contains_eager

from bench import app, catalogue_rows
from bench.market import SEED, Market, bundled_aid, market_of
from bench.measure import Row, Took, clocked, ratio, spread
from marketplace.catalogue.models import Offer, OfferFacet, OfferVersion
from marketplace.contract.values import RequestFacts
from marketplace.db import db
from plugins.matching.candidates import Field
from plugins.matching.fit import WEIGHTS
from plugins.matching.generated import offers, requests
from plugins.matching.house_rules import RULES
from tests.plugins.matching.plain import Case, points, refusals

Statement = Select[OfferVersion]
Points = dict[tuple[int, str], int]
"""Points by the number of the need and the version id; who is not eligible is not in it."""

REQUESTS, WARM_UP, CHUNK = 3, 10, 10_000
GOALS = {10_000: ">= 400", 100_000: ">= 400 (3,000)"}


@dataclass(frozen=True, slots=True)
class Size:
    """How many offers, and how many requests over those of the topics and over every row."""

    offers: int
    by_topic: int
    every_row: int


QUICK = (Size(10_000, 8, 2), Size(100_000, 3, 0))
FULL = (Size(10_000, 60, 20), Size(100_000, 30, 10))


def rows(full: bool) -> Iterator[Row]:
    """One database that grows; every time the same points as the engine."""
    with tempfile.TemporaryDirectory() as folder, app.made(Path(folder)).app_context():
        catalogue_rows.add_providers()
        there = 0
        for size in FULL if full else QUICK:
            catalogue = list(offers(SEED, size.offers))
            for first in range(there, size.offers, CHUNK):
                catalogue_rows.add(catalogue[first : first + CHUNK], SEED, first)
            there, market = size.offers, market_of(catalogue)
            del catalogue
            yield from _compared(market, _of_topics, size.by_topic, f"{there:,} offers", there)
            if size.every_row:
                name = f"{there:,} offers, every row"
                yield from _compared(market, _every, size.every_row, name, 0)
        db.engine.dispose()


def _compared(
    market: Market, picked: Callable[[RequestFacts], Statement], times: int, name: str, goal: int
) -> Iterator[Row]:
    gc.collect()
    fresh = market.twin()  # every row is asked about the same requests
    loops: list[Took] = []
    ours: list[Took] = []
    for number, request in enumerate(requests(REQUESTS, WARM_UP + times)):
        (field, _best), took = clocked(partial(fresh.bare, request, bundled_aid))
        if number < WARM_UP:
            continue
        ours.append(took)
        found, took = clocked(partial(_ordinary, request, picked(request)))
        loops.append(took)
        assert found == _by_engine(field), request
        db.session.remove()
    loop, bare = (spread([took.process for took in both]) for both in (loops, ours))
    yield Row(f"{name}: requests, all points equal", "", times)
    yield Row(f"{name}: ORM loop", "ms", loop.median, loop.p99)
    yield Row(f"{name}: bundle, same requests", "ms", bare.median, bare.p99)
    yield ratio(f"{name}: ORM loop / bundle", loop, bare, GOALS.get(goal, ""))


def _of_topics(request: RequestFacts) -> Statement:
    topics = {need.topic for need in request.needs}
    facet = exists().where(
        OfferFacet.offer_id == Offer.id, OfferFacet.facet == "topic", OfferFacet.value.in_(topics)
    )
    return _every(request).where(facet)


def _every(_request: RequestFacts) -> Statement:
    return (
        select(OfferVersion)
        .join(OfferVersion.offer)
        .options(contains_eager(OfferVersion.offer).joinedload(Offer.capacity))
        .where(Offer.status == "published", OfferVersion.number == Offer.current)
    )


def _ordinary(request: RequestFacts, statement: Statement) -> Points:
    """Every row against every need that asks for its topic."""
    found: Points = {}
    for row in db.session.scalars(statement):
        offer = catalogue_rows.value_of(row)
        for number, need in enumerate(request.needs):
            case = Case(request, need, offer)
            if need.topic in offer.topics and not refusals(case, RULES):
                found[number, offer.version_id] = points(case, WEIGHTS, RULES)
    return found


def _by_engine(field: Field) -> Points:
    ids = field.snapshot.version_ids
    return {
        (one.needs[0], ids[row]): score
        for one in field.eligible
        if len(one.needs) == 1
        for row, score in zip(one.rows, one.points[0], strict=True)
    }
