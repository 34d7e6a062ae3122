"""What a consultant does next with a dossier; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.desk.services.dossiers import Milestone
from marketplace.i18n import _


@dataclass(frozen=True, slots=True)
class NextStep:
    """A sentence, and the milestone that it is about, if any."""

    text: str
    about: Milestone | None = None


def next_step(status: str, milestones: Sequence[Milestone]) -> NextStep:
    """The most urgent thing: an order to confirm, a silent partner, else what the request needs."""
    waits = {"placed": _("Bevestig de bestelling."), "sent": _("Volg op of de partner antwoordt.")}
    for wanted, text in waits.items():
        for one in reversed(milestones):
            if one.status == wanted:
                return NextStep(text, one)
    return NextStep(_idle(status))


def _idle(status: str) -> str:
    return {
        "draft": _("De werkgever vult de aanvraag nog in. U hoeft niets te doen."),
        "ready": _("De aanvraag is volledig. De werkgever kan het advies nu vragen."),
        "advised": _("De werkgever heeft een advies en kiest wat hij bestelt."),
        "ordered": _("Er wacht niets. Volg op hoe het loopt."),
    }[status]
