"""One request on one catalogue, and how to ask an engine about it once more with a change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from marketplace.contract.rules import Rule
from marketplace.contract.values import Json, Label, Offer, RequestFacts

from ..generated import offers as generated_offers
from ..generated import owner_of, requests
from ..generated.draws import SIDES, draw
from .engine import Asked, Eligible, Engine, Outcome

NAMES = frozenset({"owner", "provider"})
SLUGS = frozenset({"offer", "by"})
"""Keys of an answer under which a name stands, and those under which a slug does."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What an engine is asked. ``seed`` also decides what the audit draws by lot.

    A ``published`` catalogue is the real one: it is never cut short.
    """

    seed: int
    request: RequestFacts
    offers: tuple[Offer, ...]
    rules: tuple[Rule, ...]
    left: Mapping[str, int]
    labels: Mapping[str, Label]
    salt: str = "audit"
    published: bool = False

    def ask(self, engine: Engine) -> Outcome:
        """The answer of an engine."""
        return engine(
            Asked(self.request, self.offers, self.rules, self.salt, self.left, self.labels)
        )

    def lot(self, what: str, below: int) -> int:
        """A number from 0, by lot, the same for the same seed."""
        return draw(what, self.seed, 0)[0] * below // SIDES

    def offer(self, version_id: str) -> Offer:
        """The offer with this version id."""
        return next(offer for offer in self.offers if offer.version_id == version_id)

    def changing(self, changed: Offer) -> Trial:
        """The same trial where one offer is otherwise."""
        offers = [changed if one.version_id == changed.version_id else one for one in self.offers]
        return replace(self, offers=tuple(offers))

    def adding(self, added: Offer, label: Label, left: int | None = None) -> Trial:
        """The same trial with one more offer, at a place in the catalogue drawn by lot."""
        at = self.lot("place", len(self.offers) + 1)
        scarce = {} if left is None else {added.version_id: left}
        return replace(
            self,
            offers=(*self.offers[:at], added, *self.offers[at:]),
            left={**self.left, **scarce},
            labels={**self.labels, added.version_id: label},
        )


@dataclass(frozen=True, slots=True)
class Audited:
    """A trial with the answer that the engine gave."""

    engine: Engine
    trial: Trial
    outcome: Outcome

    def chosen(self) -> list[str]:
        """The versions in the bundle that have places without end."""
        found = {line.version_id for line in self.outcome.bundle.lines}
        return sorted(found - self.trial.left.keys())

    def beaten(self) -> list[str]:
        """The versions that could serve, are not in the bundle and have places without end."""
        found = {one.version_id for one in self.outcome.eligible}
        taken = {line.version_id for line in self.outcome.bundle.lines}
        return sorted(found - taken - self.trial.left.keys())

    def some(self, what: str, versions: list[str]) -> list[str]:
        """One of the versions by lot; none when there is none."""
        return [versions[self.trial.lot(what, len(versions))]] if versions else []

    def without_names(self, outcome: Outcome, trial: Trial) -> str:
        """An answer as JSON, with version ids for slugs and without owners and providers."""
        versions = {offer.slug: offer.version_id for offer in trial.offers}
        return _text(_nameless(_plain(outcome), versions))


def audited(engine: Engine, trial: Trial) -> Audited:
    """Ask the engine."""
    return Audited(engine, trial, trial.ask(engine))


def ways(outcome: Outcome, version_id: str) -> Mapping[tuple[str, ...], Eligible]:
    """In which ways an offer can serve, by the needs."""
    return {one.needs: one for one in outcome.eligible if one.version_id == version_id}


def told(outcome: Outcome) -> str:
    """What an employer gets to read, as one text."""
    return _text(_plain(outcome))


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _plain(outcome: Outcome) -> Json:
    parts: dict[str, object] = {
        "bundle": asdict(outcome.bundle),
        "what_if": [asdict(one) for one in outcome.what_if],
        "misses": [asdict(one) for one in outcome.misses],
        "certificates": [asdict(one) for one in outcome.certificates],
    }
    plain: Json = json.loads(json.dumps(parts, default=str))
    return plain


def _nameless(value: Json, versions: Mapping[str, str]) -> Json:
    if isinstance(value, Mapping):
        return {
            key: versions.get(str(part), "") if key in SLUGS else _nameless(part, versions)
            for key, part in value.items()
            if key not in NAMES
        }
    return [_nameless(part, versions) for part in value] if isinstance(value, list) else value


def generated(seed: int, offers: int, rules: Iterable[Rule]) -> Trial:
    """The request and the catalogue of a seed, with owners drawn by lot."""
    catalogue = tuple(generated_offers(seed, offers))
    return Trial(
        seed=seed,
        request=requests(seed, 1)[0],
        offers=catalogue,
        rules=tuple(rules),
        left={o.version_id: o.places_left for o in catalogue if o.places_left is not None},
        labels={offer.version_id: _label(seed, offer) for offer in catalogue},
        salt=f"audit/{seed}",
    )


def _label(seed: int, offer: Offer) -> Label:
    owner = owner_of(seed, offer.version_id)
    return Label(offer.version_id, offer.slug, f"provider-{offer.slug}", offer.slug, owner)
