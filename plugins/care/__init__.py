"""Care: questions, offers, rules and words for hospitals, care homes and welfare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from marketplace.contract.hooks import impl
from marketplace.contract.pages import Check, Panel, Widget
from marketplace.contract.rules import Question, Rule
from marketplace.contract.values import Json, RequestFacts
from marketplace.kit import settings
from marketplace.kit.clock import today

from .forms import CareSettings
from .views import SECTOR, blueprint
from .widget import WIDGET


@impl
def questions(request: RequestFacts) -> Sequence[Question]:
    """Shifts, contact with patients, handover and diplomas; only when the employer is in care."""
    return SECTOR.questions if SECTOR.concerns(request.employer) else ()


@impl
def rules() -> Sequence[Rule]:
    """What the answers rule out."""
    return SECTOR.rules


@impl
def reason_texts(language: str) -> Mapping[str, str]:
    """Why a rule of this sector refuses an offer."""
    return SECTOR.sentences.texts(language)


@impl
def tailored_offers() -> Sequence[Mapping[str, Json]]:
    """Offers made for care, with example prices that are marked as such."""
    return SECTOR.entries


@impl
def panels(slot: str, subject: Mapping[str, Json]) -> Sequence[Panel]:
    """Guide and word list, beside an advice for a care employer and beside a care offer."""
    if slot not in {"advice", "offer"} or not SECTOR.concerns_subject(subject):
        return ()
    if not settings.of("care")["words_shown"]:
        return ()
    return (Panel("@care/panel.html", {"terms": len(SECTOR.words)}),)


@impl
def settings_form() -> type:
    """Whether guide and word list are shown beside advices and offers."""
    return CareSettings


@impl
def blueprints() -> Sequence[object]:
    """The help page and the word list."""
    return (blueprint,)


@impl
def permissions() -> Mapping[str, str]:
    """Both pages are open to everybody."""
    return {"care.guide": "public", "care.vocabulary": "public"}


@impl
def widgets() -> Sequence[Widget]:
    """Care on the sites of its federations: its offers, two questions, its words."""
    return (WIDGET,)


@impl
def checks() -> Sequence[Check]:
    """Whether the data can be read, and whether a source waits too long to be checked again."""
    return SECTOR.checks(today())
