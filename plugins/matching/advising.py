"""The rim of matching: asks the catalogue and the other plugins, decides, and names the owners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import cast

from marketplace.contract.answers import Aids, Line, Priced, Recommendation
from marketplace.contract.pages import Refused
from marketplace.contract.values import RequestFacts
from marketplace.kit import ask, catalogue
from marketplace.kit.i18n import _

from .aid import AidAnswer
from .hold import current
from .recommend import decide, present
from .screening import screen
from .situation import situations
from .snapshot import NO_OFFERS
from .sources import Heard, read, written


def recommend(request: RequestFacts, salt: str) -> Recommendation:
    """The best bundle for the request, with everything that can be said about the others."""
    compiled = current()
    heard = Heard(catalogue.places_left, partial(ask_aid, request), compiled)
    decision = decide(request, compiled.snapshot, compiled.book, salt, heard.left_of, heard.aid_for)
    answer = present(decision, heard)
    return replace(answer, sources=written(compiled, request, heard))


def replay(request: RequestFacts, salt: str, sources: Mapping[str, str]) -> Recommendation:
    """The same answer from what was stored with it."""
    then = read(request, sources)
    decision = decide(request, then.snapshot, then.book, salt, then.left_of, then.aid_for)
    return replace(present(decision, then), sources=sources)


def ask_aid(request: RequestFacts, items: Sequence[Priced]) -> AidAnswer:
    """What the subsidy plugins say of these items."""
    answers = ask.ask("subsidies", request=request, items=items)
    return [(plugin, cast(Aids, answer)) for plugin, answer in answers.values], answers.silent


def still_serves(request: RequestFacts, line: Line) -> None:
    """An advice is no reservation. Raise Refused when the offer of a line changed, or when it no
    longer serves a need of the line. Places are not looked at: the order books them.
    """
    compiled = current()
    snapshot = compiled.snapshot
    row = snapshot.row_of(line.version_id)
    if row is None:
        raise Refused(
            "offer-changed",
            _("Dit aanbod is intussen veranderd. Bereken uw plan opnieuw voor u bestelt."),
        )
    for situation in situations(request):
        if situation.need.id not in line.needs:
            continue
        posting = snapshot.postings.get(situation.need.topic, NO_OFFERS)
        at = posting.position(row)
        verdict = screen(snapshot, posting, situation, compiled.book, _unlimited)
        if at is None or not verdict.eligible >> at & 1:
            raise Refused(
                "no-longer-eligible",
                _("De voorwaarden zijn intussen veranderd. Bereken uw plan opnieuw."),
            )


def _unlimited(_version_ids: Sequence[str]) -> Mapping[str, int]:
    return {}
