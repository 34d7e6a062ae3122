"""Reminders: found by ``flask invoicing remind`` or asked at the desk, sent as jobs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from marketplace.kit import settings
from marketplace.kit.clock import today
from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _
from marketplace.kit.jobs import enqueue, handler

from . import sending
from .finding import late, paper_of
from .models import Paper
from .moving import move
from .states import OPEN


def remind_late() -> int:
    """Queue a reminder of every invoice that is late enough; gives how many. Does not commit."""
    found = settings.of("invoicing")
    pause, most = cast(int, found["reminder_days"]), cast(int, found["most_reminders"])
    rows = late(today(), pause, most)
    for paper in rows:
        _queue(paper)
    return len(rows)


def remind(paper: Paper) -> None:
    """Queue a reminder of one invoice. Raises DomainError ``not-late``."""
    if paper.kind != "invoice" or paper.state not in OPEN or not is_late(paper):
        raise DomainError(
            "not-late", _("Deze factuur is niet te laat. Herinner pas na de vervaldag.")
        )
    _queue(paper)


def is_late(paper: Paper) -> bool:
    """Whether an open invoice is past its last day."""
    return paper.state in OPEN and paper.due_on is not None and today() > paper.due_on


@handler("x_invoicing.remind")
def carry_out(payload: Mapping[str, object]) -> None:
    """Mail a reminder, unless it was paid or reminded meanwhile."""
    paper = paper_of(str(payload["paper"]))
    if paper.reminders != payload["number"] or not is_late(paper):
        return
    move(paper, "reminded", reminders=paper.reminders + 1, reminded_on=today())
    subject = _("Herinnering: factuur %(number)s", number=paper.number)
    sending.mail(paper, subject, "@invoicing/mail/reminder")


def _queue(paper: Paper) -> None:
    """Once per reminder: the key holds which one it is."""
    payload = {"paper": paper.public_id, "number": paper.reminders}
    enqueue("x_invoicing.remind", payload, f"x_invoicing.remind:{paper.id}:{paper.reminders}")
