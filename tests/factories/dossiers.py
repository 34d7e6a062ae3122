"""Requests with what came of them, in the session in hand; the caller commits."""

from datetime import date

from marketplace import clock
from marketplace.advice import snapshot
from marketplace.advice.models import Advice
from marketplace.contract.values import Bundle, Label, Line, Reason, Recommendation
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


def advice(session, asked, number=1, created=None, line=LINE, label=LABEL):
    facts = some_request(asked_on=date(2026, 11, 23), start=date(2026, 11, 23))
    bundle = Bundle(3, line.net_cents, line.hours, (line,))
    answer = Recommendation(True, 1, "r1", (), bundle, (), (), (), ())
    titles = snapshot.titles_of({label.version_id: label})
    document = snapshot.document_of(facts, "salt", answer, titles, {})
    made = Advice(
        request=asked,
        number=number,
        created=created or clock.now(),
        catalogue_version=1,
        rules_version="r1",
        digest=snapshot.digest(document),
        document=document,
    )
    session.add(made)
    session.flush()
    return made


def order(session, given, placed_by="", **changes):
    return _agreed(session, Order, given, placed_by, changes)


def referral(session, given, placed_by="", **changes):
    changes = {"note": "Wij vragen uw aanbod aan.", "contact": "An, 053 00 00 00"} | changes
    return _agreed(session, Referral, given, placed_by, changes)


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
        "line": {},
        "placed_by": placed_by,
        "created": clock.now(),
        "changed": clock.now(),
    }
    made = kind(**(facts | changes))
    session.add(made)
    session.flush()
    return made
