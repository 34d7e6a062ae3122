"""Requests as a care home in Aalst would fill them in, and a way to click through the wizard."""

from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.requests import flow
from marketplace.requests import services as requests
from marketplace.requests.models import Request, RequestAnswer
from marketplace.requests.services.access import digest

SECRET = "een-geheim-van-de-browser"

CARE = {
    "place": {"municipality": "Aalst", "refnis": "41002"},
    "sector": {"usual": ["330"], "other": None, "nace": "87.101"},
    "legal-form": {"legal_form": "vzw"},
    "headcount": {"headcount": 85},
    "vat": {"vat": "no"},
    "lanes": {"lanes": ["language"]},
    "situations-language": {"topics": ["dutch-on-the-floor", "clear-language"]},
    "group.dutch-on-the-floor": {"count": 12, "under_12_months": 4, "temps": 0},
    "level.dutch-on-the-floor": {
        "level_from": "A1",
        "level_to": "A2",
        "mixed_levels": "unknown",
    },
    "languages.dutch-on-the-floor": {"languages": ["ar", "tr"]},
    "shifts.dutch-on-the-floor": {"shifts": ["early", "late"]},
    "time.dutch-on-the-floor": {"hours": 1},
    "modes.dutch-on-the-floor": {"modes": ["on_site"]},
    "role.clear-language": {"role": "supervisors"},
    "group.clear-language": {"count": 3},
    "shifts.clear-language": {"shifts": []},
    "time.clear-language": {"hours": None},
    "modes.clear-language": {"modes": []},
    "dates": {"start": "2027-02-01", "latest_end": "2027-06-30"},
    "budget": {"euro": 400_000, "hours": 120},
    "priorities": {"dutch-on-the-floor": "3", "clear-language": "2"},
}
"""Answers by page, as the forms store them."""

TYPED = {
    "place": {"municipality": "Aalst"},
    "sector": {"usual": ["330"], "nace": "87.101"},
    "legal-form": {"legal_form": "vzw"},
    "headcount": {"headcount": "85"},
    "vat": {"vat": "no"},
    "lanes": {"lanes": ["language"]},
    "situations-language": {"topics": ["dutch-on-the-floor", "clear-language"]},
    "group": {"count": "12"},
    "level": {"level_from": "A1", "level_to": "A2", "mixed_levels": "unknown"},
    "languages": {"languages": ["tr", "ar"]},
    "shifts": {"shifts": ["early", "late"]},
    "time": {"hours": "1"},
    "modes": {"modes": ["on_site"]},
    "role": {"role": "supervisors"},
    "dates": {"start": "2027-02-01", "latest_end": "30/6/2027"},
    "budget": {"euro": "4.000", "hours": "120"},
    "priorities": {"dutch-on-the-floor": "3", "clear-language": "2"},
}
"""What a person types, by name of the page."""


def request(session, answers=None, organisation=None, status="draft", secret=SECRET):
    """A stored request with these answers; the caller commits."""
    made = Request(
        organisation=organisation,
        secret_hash=None if organisation else digest(secret),
        status=status,
        created=clock.now(),
        updated=clock.now(),
    )
    made.answers += _answers(CARE if answers is None else answers)
    session.add(made)
    session.flush()
    return made


def held(app, client, answers=None, **facts):
    """A stored request that this browser holds; gives the address of its check."""
    with app.app_context():
        public_id = request(db.session, answers, **facts).public_id
        db.session.commit()
    with client.session_transaction() as cookie:
        cookie["requests"] = {public_id: SECRET}
    return f"/aanvraag/{public_id}/nakijken"


def begin(client):
    """Begin a request in the browser; gives the address of its first page."""
    return client.post("/aanvraag").location


def filled(client):
    """A request begun in this browser with every answer stored; gives the address of its check."""
    public_id = begin(client).split("/")[2]
    with client.application.app_context():
        made = db.session.scalars(select(Request).where(Request.public_id == public_id)).one()
        made.answers += _answers(CARE)
        db.session.flush()
        extra = [step.key for step in flow.steps(requests.known(made)) if step.key[:6] == "extra."]
        made.answers += _answers({key: {"answer": "unknown"} for key in extra})
        db.session.commit()
    return f"/aanvraag/{public_id}/nakijken"


def _answers(answers):
    return [
        RequestAnswer(page=page, data=data, saved_at=clock.now()) for page, data in answers.items()
    ]


def typed(page):
    """What a person types on a page; a question of a plugin stays unknown."""
    if page.startswith("extra."):
        return {"answer": "unknown"}
    return TYPED[page.split(".")[0]]


def fill_in(client, stop=None):
    """Click through the wizard until the page ``stop`` or the check; gives the last address."""
    url = begin(client)
    for _page in range(60):
        page = url.rsplit("/", 1)[1]
        if page in ("nakijken", stop):
            return url
        url = client.post(url, data=typed(page)).location
    raise AssertionError("the wizard does not end")
