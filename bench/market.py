"""A generated catalogue compiled for matching, with what the rim of the plugin gives the engine.

Places left and aid come from memory: neither the database nor the plugin host is measured here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from marketplace.contract.answers import Ceiling, Priced, Recommendation
from marketplace.contract.values import Label, Offer, Problem, RequestFacts
from plugins.matching.aid import AidAnswer
from plugins.matching.audit.aid import PERCENT, made_up_aid
from plugins.matching.bundles import problem_of
from plugins.matching.candidates import Field
from plugins.matching.generated import offers, owner_of
from plugins.matching.hold import by_owner
from plugins.matching.house_rules import RULES
from plugins.matching.recommend import bare_bundle, decide, present
from plugins.matching.rule_book import RuleBook, book_of
from plugins.matching.shortlist import everyone
from plugins.matching.snapshot import Snapshot, build
from plugins.matching.solver import Solution
from plugins.subsidies.calculator import aid_for
from plugins.subsidies.reader import bundled

SEED = 1
SALT = "bench"
CAP_CENTS = 40_000
"""Low enough that most plans draw more from the made-up pool than it has."""

Aid = Callable[[RequestFacts, Sequence[Priced]], AidAnswer]


def bundled_aid(request: RequestFacts, items: Sequence[Priced]) -> AidAnswer:
    """The real records of the subsidy plugin."""
    return [("subsidies", aid_for(request, items, bundled()))], ()


def capped_aid(_request: RequestFacts, items: Sequence[Priced]) -> AidAnswer:
    """Aid from one pool whose cap binds, by a source that states its ceiling."""
    [(plugin, answer)], silent = made_up_aid(items)
    pools = dict.fromkeys(answer.pools, CAP_CENTS)
    return [(plugin, replace(answer, pools=pools, ceiling=Ceiling(10 * PERCENT)))], silent


@dataclass(frozen=True, slots=True)
class Market:
    """``left`` are places left by version id; ``agency`` has a 1 for the rows of agencies."""

    snapshot: Snapshot
    book: RuleBook
    left: Mapping[str, int]
    agency: bytes

    def twin(self) -> Market:
        """The same catalogue with nothing kept of earlier requests."""
        snapshot = self.snapshot
        postings = {topic: replace(one, kept={}) for topic, one in snapshot.postings.items()}
        return replace(self, snapshot=replace(snapshot, postings=postings, kept={}))

    def bare(self, request: RequestFacts, aid: Aid) -> tuple[Field, Solution]:
        """The best bundle and nothing else."""
        field, _short, analysis = bare_bundle(*self._asked(request, aid))
        return field, analysis.best

    def whole(self, request: RequestFacts, aid: Aid) -> Recommendation:
        """The answer with certificates, alternatives, near misses and the curve."""
        return present(decide(*self._asked(request, aid)), self)

    def _asked(
        self, request: RequestFacts, aid: Aid
    ) -> tuple[
        RequestFacts,
        Snapshot,
        RuleBook,
        str,
        Callable[[Sequence[str]], Mapping[str, int]],
        Callable[[Sequence[Priced]], AidAnswer],
    ]:
        def ask_aid(items: Sequence[Priced]) -> AidAnswer:
            return aid(request, items)

        return request, self.snapshot, self.book, SALT, self._left_of, ask_aid

    def _left_of(self, version_ids: Sequence[str]) -> Mapping[str, int]:
        return {one: self.left[one] for one in version_ids if one in self.left}

    def labels_of(self, version_ids: Iterable[str]) -> Mapping[str, Label]:
        """Names and kinds by version id."""
        return {one: self._label(one) for one in version_ids}

    def rows_of(self) -> Mapping[str, bytes]:
        """The offers of each kind of owner."""
        return by_owner(self.agency)

    def _label(self, version_id: str) -> Label:
        row = self.snapshot.row_of(version_id)
        assert row is not None
        slug = self.snapshot.slugs[row]
        return Label(version_id, slug, slug, slug, "agency" if self.agency[row] else "partner")


def generated(count: int) -> Market:
    """So many offers of the catalogue of ``SEED``, with the house rules."""
    return market_of(list(offers(SEED, count)))


def market_of(catalogue: Sequence[Offer]) -> Market:
    """A catalogue compiled."""
    snapshot = build(1, catalogue)
    return Market(
        snapshot,
        book_of(RULES),
        {one.version_id: one.places_left for one in catalogue if one.places_left is not None},
        bytes([owner_of(SEED, one) == "agency" for one in snapshot.version_ids]),
    )


def everything(field: Field) -> Problem:
    """The problem with all eligible offers in it, also those that cannot win."""
    return problem_of(field, everyone(field))
