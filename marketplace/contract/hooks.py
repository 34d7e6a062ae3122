"""Every hook of the contract. docs/hooks.md explains each with an example; a test keeps them equal.

How a hook is called decides what its failure does: *ask* collects and skips a broken plugin,
*first* takes the first answer that is not None, *veto* may raise ``Refused``, *tell* runs after
commit from the outbox and is retried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click
import pluggy

from .answers import Aids, Line, OrderFacts, Priced, Recommendation
from .pages import Attribution, Check, Companion, Event, NavItem, Panel, Widget
from .rules import Question, Rule
from .values import Json, RequestFacts

spec = pluggy.HookspecMarker("marketplace")
impl = pluggy.HookimplMarker("marketplace")

STYLES: Mapping[str, str] = {
    "recommend": "first",
    "replay": "first",
    "tailored_offers": "ask",
    "rules": "ask",
    "reason_texts": "ask",
    "questions": "ask",
    "subsidies": "ask",
    "before_order": "veto",
    "blueprints": "ask",
    "nav": "ask",
    "panels": "ask",
    "permissions": "ask",
    "cross_site": "ask",
    "attribution": "first",
    "widgets": "ask",
    "settings_form": "ask",
    "commands": "ask",
    "companions": "ask",
    "checks": "ask",
    "tell": "tell",
    "export_person": "ask",
    "erase_person": "tell",
}


@spec
def recommend(request: RequestFacts, salt: str) -> Recommendation | None:
    """The best bundle for a request. ``salt`` seeds the published tie order. First answer wins."""


@spec
def replay(request: RequestFacts, salt: str, sources: Mapping[str, str]) -> Recommendation | None:
    """The same answer again from the ``sources`` of a stored one; nothing else may be looked at."""


@spec
def tailored_offers() -> Sequence[Mapping[str, Json]]:  # type: ignore[empty-body]
    """Providers and offers of a sector, each in the format of ``flask catalogue import``."""


@spec
def rules() -> Sequence[Rule]:  # type: ignore[empty-body]
    """Eligibility rules as data, compiled into the snapshot when they change."""


@spec
def reason_texts(language: str) -> Mapping[str, str]:  # type: ignore[empty-body]
    """Reason code → sentence with ``{fact}`` placeholders, for every code a plugin gives.

    ``language`` is nl, fr or en. Dutch is the source and always complete; another language holds
    only what was translated from the Dutch sentence as it is now.
    """


@spec
def questions(request: RequestFacts) -> Sequence[Question]:  # type: ignore[empty-body]
    """Extra wizard questions for this request; answers come back in ``request.answers``."""


@spec
def subsidies(request: RequestFacts, items: Sequence[Priced]) -> Aids | None:
    """Aid per priced item, in the order of ``items``, with the cap of each pool in cents.

    Asked first without items, for the ceiling: offers that no aid can make the better choice are
    then never asked about.
    """


@spec
def before_order(request: RequestFacts, line: Line, order: OrderFacts) -> None:
    """May raise ``Refused`` to stop an order; the employer reads its message. What it writes is
    kept only when the order is.
    """


@spec
def blueprints() -> Sequence[object]:  # type: ignore[empty-body]
    """Flask blueprints, mounted under ``/x/<id>``; endpoints become ``x_<id>.<name>.<view>``."""


@spec
def permissions() -> Mapping[str, str]:  # type: ignore[empty-body]
    """Policy per endpoint of the plugin (``<blueprint>.<view>`` → policy name). None is closed."""


@spec
def cross_site() -> Mapping[str, str]:  # type: ignore[empty-body]
    """Pages that other sites reach: ``<blueprint>.<view>`` → read | framed | posted. They never
    set a cookie; framed keeps its own frame-ancestors, posted answers for its own form token.
    """


@spec
def attribution(key: str) -> Attribution | None:
    """Whose public key this is, while it may be used."""


@spec
def widgets() -> Sequence[Widget]:  # type: ignore[empty-body]
    """The sectors that federations can show on their own sites."""


@spec
def nav(role: str | None) -> Sequence[NavItem]:  # type: ignore[empty-body]
    """Links for the main menu of this role; None is a visitor."""


@spec
def panels(slot: str, subject: Mapping[str, Json]) -> Sequence[Panel]:  # type: ignore[empty-body]
    """Templates for a slot of a core page; the slots are listed in docs/hooks.md."""


@spec
def settings_form() -> type:  # type: ignore[empty-body]
    """A WTForms form class; its values are stored per deployment and per federation."""


@spec
def commands() -> Sequence[click.Command]:  # type: ignore[empty-body]
    """Click commands or groups, added to ``flask``."""


@spec
def companions(url: str) -> Sequence[Companion]:  # type: ignore[empty-body]
    """Programs to run beside ``flask demo serve``, which serves the demo at ``url``."""


@spec
def checks() -> Sequence[Check]:  # type: ignore[empty-body]
    """Findings about the plugin's own health, shown on the plugin page."""


@spec
def tell(event: Event) -> None:
    """Something happened and was committed. Runs in the worker, at least once."""


@spec
def export_person(email: str) -> Mapping[str, Json] | None:
    """What this plugin stores about a person. Required when the manifest has personal_data."""


@spec
def erase_person(email: str) -> None:
    """Erase what ``export_person`` returns. Required when the manifest has personal_data."""
