"""The cells of a request, an order or a referral in the tables of the desk."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from marketplace.desk import words
from marketplace.desk.services.dossiers import Row
from marketplace.i18n import _
from marketplace.money import euro
from marketplace.orders.models import STATUS_WORDS, Agreed, Order
from marketplace.requests.vocabulary import STATUSES


def request_row(row: Row) -> Sequence[object]:
    """Employer, municipality, topics, status, last change."""
    url = url_for("desk.dossier", public_id=row.public_id)
    return [
        {"text": row.employer or _("zonder account"), "url": url},
        row.place or "–",
        ", ".join(str(topic) for topic in row.topics) or "–",
        {"tag": STATUSES[row.status], "tone": words.REQUEST_TONES[row.status]},
        words.when(row.updated),
    ]


def agreed_row(agreed: Agreed) -> Sequence[object]:
    """Offer, employer, provider, participants, net price, status, when it was placed."""
    endpoint = "desk.order" if isinstance(agreed, Order) else "desk.referral"
    return [
        {"text": agreed.title, "url": url_for(endpoint, public_id=agreed.public_id)},
        agreed.organisation.name,
        agreed.provider_name,
        agreed.participants,
        euro(agreed.net_cents),
        {"tag": STATUS_WORDS[agreed.status], "tone": words.AGREED_TONES[agreed.status]},
        words.when(agreed.created),
    ]
