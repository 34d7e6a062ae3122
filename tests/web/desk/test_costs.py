"""What a page of the desk costs: few queries, and not more when there are more rows."""

import pytest

from marketplace import clock
from marketplace.accounts.models import Establishment
from marketplace.audit.services import record
from marketplace.catalogue.services import rules
from marketplace.jobs.models import Job
from tests.factories import accounts
from tests.factories import dossiers as make
from tests.factories.rules import published
from tests.web.desk.conftest import of

MOST = 8
CHECKS = 4
"""Where the health of plugins is shown, each asks for its own; the same for any number of rows."""
NOTE = ("UPDATE audit", "INSERT INTO audit", "SELECT audit_heads")
"""A page about somebody's case is noted in the audit log, in a transaction of its own."""
JOBS = ("UPDATE jobs", "SELECT jobs.id, jobs.kind, jobs.payload", "SELECT jobs.id \nFROM jobs")
"""In tests the outbox runs after each request; that is not the cost of the page."""


@pytest.fixture
def grow(written, home):
    """Seven more of everything; gives the ids of the last."""

    def act(session):
        place = of(session, home)
        for number in range(7):
            place.establishments.append(Establishment(name=f"Huis {number}", refnis="44021"))
            asked = make.request(session, place, "advised")
            given = make.advice(session, asked)
            order = make.order(session, given, home.person_id)
            referral = make.referral(session, given, home.person_id)
            accounts.organisation(session, "federation", slug=f"fed-{given.public_id.lower()}")
            accounts.person(session, f"{given.public_id.lower()}@example.org")
            record("status.changed", f"order:{order.public_id}", {"status": "a"}, {"status": "b"})
            now = clock.now()
            dead = {"state": "dead", "due": now, "created": now, "last_error": "KeyError: 'x'"}
            published(slug := f"regel-{len(rules.every())}")
            session.add(Job(kind="mail.send", payload={}, **dead))
        return {
            "rule": slug,
            "request": asked.public_id,
            "advice": given.public_id,
            "order": order.public_id,
            "referral": referral.public_id,
        }

    return lambda: written(act)


@pytest.mark.parametrize(
    "path",
    [
        "overzicht",
        "aanvragen",
        "aanvragen?gemeente=Gent&onderwerp=dutch-on-the-floor&werkgever=a&stand=advised",
        "aanvragen/{request}",
        "aanvragen/{request}/advies/{advice}",
        "bestellingen",
        "bestellingen/{order}",
        "doorverwijzingen",
        "doorverwijzingen/{referral}",
        "regels",
        "regels/{rule}",
        "uitbreidingen",
        "uitbreidingen/care",
        "uitbreidingen/care/instellingen",
        "uitbreidingen/care/uit",
        "taken",
        "logboek",
        "logboek?wie=administrator@example.org",
    ],
)
def test_a_page_costs_the_same_however_much_there_is(grow, administrator, count_queries, path):
    costs = []
    for _ in range(2):
        url = f"/balie/{path.format(**grow())}"
        assert administrator.get(url).status_code == 200
        with count_queries() as made:
            administrator.get(url)
        costs.append([one for one in made if not one.startswith(NOTE + JOBS)])
    assert len(costs[0]) == len(costs[1]), costs[1]
    most = MOST + CHECKS if path in {"uitbreidingen", "uitbreidingen/care"} else MOST
    assert len(costs[0]) <= most, costs[0]
