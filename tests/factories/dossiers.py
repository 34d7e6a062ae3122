"""Requests with what came of them, in the session in hand; the caller commits."""

import json
from dataclasses import asdict, replace
from datetime import date

from marketplace import clock
from marketplace.advice import snapshot, sources
from marketplace.advice.models import Advice
from marketplace.contract.answers import (
    Bundle,
    Certificate,
    Line,
    Miss,
    Recommendation,
    Screening,
    Step,
    WhatIf,
)
from marketplace.contract.values import Group, Label, Need, Reason
from marketplace.kit.testing import some_request
from marketplace.orders.models import Order, Referral
from marketplace.requests.models import Request, RequestAnswer

TOPIC = "dutch-on-the-floor"
LINE = Line(
    needs=("n1",),
    offer="coaching",
    version_id="v-coaching",
    provider="agii",
    owner="agency",
    nature="coaching",
    gross_cents=240_000,
    net_cents=115_000,
    hours=60,
    start=date(2027, 2, 8),
    aid=(),
    reasons=(Reason("fits-shifts", {}),),
    participants=12,
)
LABEL = Label("v-coaching", "Taalcoaching op de werkvloer", "agii", "AgII", "agency")


def request(
    session,
    organisation=None,
    status="ready",
    refnis="41002",
    topic=TOPIC,
    lane="language",
    updated=None,
):
    made = Request(
        organisation=organisation,
        status=status,
        created=updated or clock.now(),
        updated=updated or clock.now(),
    )
    pages = {
        "lanes": {"lanes": [lane]},
        f"situations-{lane}": {"topics": [topic]},
        f"group.{topic}": {"count": 12},
        "budget": {"euro": 400_000, "hours": 120},
    }
    if refnis:
        pages["place"] = {"municipality": "", "refnis": refnis}
    made.answers = [
        RequestAnswer(page=page, data=data, saved_at=clock.now()) for page, data in pages.items()
    ]
    session.add(made)
    session.flush()
    return made


COURSE = replace(LINE, offer="course", version_id="v-course", provider="cvo", owner="partner")
CLUB = replace(
    LINE,
    offer="club",
    version_id="v-club",
    provider="club",
    owner="partner",
    gross_cents=85_000,
    net_cents=85_000,
    hours=72,
)
TEAM = replace(COURSE, needs=("n2",), offer="team", version_id="v-team", net_cents=320_000)
LABELS = {
    label.version_id: label
    for label in (
        LABEL,
        Label("v-course", "Nederlands in de zorg", "cvo", "CVO De Brug", "partner"),
        Label("v-club", "Praatgroep op het werk", "club", "De Praatclub", "partner"),
        Label("v-team", "Samen werken in een divers team", "cvo", "CVO De Brug", "partner"),
    )
}
OFFERS = [
    {"version_id": version, "slug": version[2:], "topics": [TOPIC]}
    for version in ("v-club", "v-coaching", "v-course", "v-evening", "v-night")
]
SOURCES = {f"offers/{TOPIC}": json.dumps({"offers": OFFERS}), "rules": "[]"}

MISSES = (
    Miss("n1", (), "course", "v-course", "cvo", "partner"),
    Miss("n1", (Reason("no-places-left", {"left": 3}),), "club", "v-club", "c", "partner"),
    Miss("n2", (), "team", "v-team", "cvo", "partner"),
)
CERTIFICATES = (
    Certificate(
        ("n1",),
        "course",
        "v-course",
        "dominated",
        {"by": "coaching", "value": 720, "by_value": 810, "net": 9, "by_net": 9},
    ),
    Certificate(("n2",), "team", "v-team", "not-in-optimum", {"more_cents": 35_000}),
)


def recommendation(**changes):
    """An answer with everything in it: made by hand, the figures need not add up."""
    facts = {
        "optimal": True,
        "catalogue_version": 1,
        "rules_version": "r1",
        "silent_sources": (),
        "bundle": Bundle(810, 115_000, 60, (LINE,)),
        "uncovered": (Miss("n2", (Reason("needs-more-money", {"gap_cents": 35_000}),)),),
        "alternatives": (
            ("cheapest", Bundle(690, 85_000, 72, (CLUB,))),
            ("soonest", Bundle(810, 115_000, 60, (LINE,))),
            ("over-budget", Bundle(1320, 435_000, 120, (LINE, TEAM))),
            ("agency-only", Bundle(810, 115_000, 60, (LINE,))),
            ("partner-only", Bundle(690, 85_000, 72, (CLUB,))),
        ),
        "near_misses": MISSES,
        "what_if": (WhatIf("net_cents", 35_000, 1320, ("n2",)),),
        "value_bound": 810,
        "curve": (
            Step(0, 0, 0, ()),
            Step(85_000, 690, 72, ("n1",)),
            Step(115_000, 810, 60, ("n1",)),
            Step(435_000, 1320, 120, ("n1", "n2")),
        ),
        "certificates": CERTIFICATES,
        "screened": (Screening("n1", 5, 2, {"shifts-do-not-fit": "11", "no-places-left": "1"}),),
        "sources": SOURCES,
    }
    return Recommendation(**(facts | changes))


def plain_recommendation(line):
    """An answer as the engine of before gave it."""
    bundle = Bundle(3, line.net_cents, line.hours, (line,))
    return Recommendation(True, 1, "r1", (), bundle, (), (), (), ())


def document(answer, labels=None, salt="salt", **facts):
    """The stored document of an answer; its request has two needs when the answer speaks of two."""
    asked = some_request(asked_on=date(2026, 11, 23), start=date(2026, 11, 23), **facts)
    if answer.uncovered:
        asked = replace(asked, needs=(*asked.needs, Need("n2", "intercultural-team", Group(20))))
    titles = snapshot.titles_of(LABELS if labels is None else labels)
    return snapshot.document_of(asked, salt, answer, titles, sources.digests_of(answer.sources))


def advice(session, asked, number=1, created=None, line=LINE, label=LABEL, answer=None):
    labels = None if answer else {label.version_id: label}
    answer = answer or plain_recommendation(line)
    stored = document(answer, labels)
    sources.keep(answer.sources)
    made = Advice(
        request=asked,
        number=number,
        created=created or clock.now(),
        catalogue_version=1,
        rules_version="r1",
        digest=snapshot.digest(stored),
        document=stored,
    )
    session.add(made)
    session.flush()
    return made


def order(session, given, placed_by="", **changes):
    return _agreed(session, Order, given, placed_by, changes)


def referral(session, given, placed_by="", **changes):
    changes = {"note": "Wij vragen uw aanbod aan.", "contact": "An, 053 00 00 00"} | changes
    return _agreed(session, Referral, given, placed_by, changes)


def stored_line(**changes):
    """The line of an order as it is frozen."""
    return snapshot.plain(asdict(replace(LINE, **changes)))


def _agreed(session, kind, given, placed_by, changes):
    line = LINE
    count = session.query(kind).count()
    facts = {
        "key": f"sleutel-{kind.__name__}-{count}",
        "advice": given,
        "organisation_id": given.request.organisation_id,
        "version_id": line.version_id if not count else f"v-{count}",
        "slug": line.offer,
        "title": LABEL.title,
        "provider": line.provider,
        "provider_name": LABEL.provider_name,
        "participants": line.participants,
        "start": line.start,
        "gross_cents": line.gross_cents,
        "net_cents": line.net_cents,
        "hours": line.hours,
        "line": stored_line(),
        "placed_by": placed_by,
        "created": clock.now(),
        "changed": clock.now(),
    }
    made = kind(**(facts | changes))
    session.add(made)
    session.flush()
    return made
