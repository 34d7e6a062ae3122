"""Findings for the plugin page."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from marketplace.contract.pages import Check
from marketplace.kit.i18n import _
from marketplace.kit.models import session
from marketplace.kit.settings import secret

from . import api
from .methods import offered
from .models import Attention, Entry

EXAMPLE_CENTS = 100_00


def checks() -> Sequence[Check]:
    """Keys that are refused, ways to pay, books that do not sum to zero, flags."""
    return tuple(one for one in (_key(), _ways(), _books(), _flags()) if one)


def _key() -> Check | None:
    try:
        found = api.client()
    except api.KeyRefused:
        return Check("error", _("De sleutel van Stripe mag hier niet gebruikt worden."))
    if found and not secret("payments", "stripe_webhook_secret"):
        return Check("error", _("Het geheim voor berichten van Stripe ontbreekt."))
    return None


def _ways() -> Check:
    if offered(EXAMPLE_CENTS):
        return Check("ok", _("Werkgevers kunnen betalen."))
    return Check("warning", _("Werkgevers kunnen nu niet betalen: vul een rekeningnummer in."))


def _books() -> Check:
    steps = (
        select(Entry.payment_id)
        .group_by(Entry.payment_id, Entry.step)
        .having(func.sum(Entry.cents) != 0)
    )
    wrong = session.scalar(select(func.count()).select_from(steps.subquery()))
    if wrong:
        return Check("error", _("%(count)d boekingen zijn niet in evenwicht.", count=wrong))
    return Check("ok", _("De boekhouding is in evenwicht."))


def _flags() -> Check | None:
    count = select(func.count()).select_from(Attention).where(Attention.settled.is_(None))
    waiting = session.scalar(count)
    if not waiting:
        return None
    return Check("warning", _("%(count)d betalingen wachten op een mens.", count=waiting))
