"""The cells of a request, an order, a referral or a rule in the tables of the desk."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from marketplace.catalogue.texts import day_text
from marketplace.desk import words
from marketplace.desk.services.dossiers import Row
from marketplace.desk.services.rules import Shown
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


def rule_row(one: Shown) -> Sequence[object]:
    """Sentence, giver or status, effect, source, when that was looked at."""
    checked: object = day_text(one.rule.checked_on.isoformat())
    if one.is_stale:
        checked = {"tag": _("sinds %(day)s niet nagekeken", day=checked), "tone": "caution"}
    cells = [words.effect(one.rule), one.rule.source, checked]
    if one.kept is None:
        return [one.sentence, one.giver, *cells]
    url = url_for("desk.rule", slug=one.kept.slug)
    return [{"text": one.sentence, "url": url}, words.tag(words.RULE_STATES, one.state), *cells]
