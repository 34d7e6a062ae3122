"""Matching on values, as the plugin does it on the catalogue: nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from marketplace.contract.answers import Aid, Aids, Recommendation
from marketplace.contract.values import Label
from plugins.matching.hold import by_owner
from plugins.matching.recommend import Decision, decide, present
from plugins.matching.rule_book import book_of
from plugins.matching.screening import Screened, screen
from plugins.matching.situation import situations
from plugins.matching.snapshot import NO_OFFERS, Snapshot, build


def no_aid(_items):
    """No source of aid is there."""
    return [], ()


@dataclass
class World:
    """A catalogue with its rules, aid and owners; ``owners`` are by slug, partner by default."""

    offers: Sequence
    rules: Sequence = ()
    ask_aid: object = no_aid
    owners: Mapping[str, str] = field(default_factory=dict)
    salt: str = "s"

    def __post_init__(self):
        self.snapshot: Snapshot = build(1, self.offers)
        self.left = {o.version_id: o.places_left for o in self.offers if o.places_left is not None}

    def left_of(self, version_ids):
        return {one: self.left[one] for one in version_ids if one in self.left}

    def labels_of(self, version_ids):
        return {one: self.label(one) for one in version_ids}

    def label(self, version_id):
        slug = version_id.removeprefix("v-")
        return Label(version_id, slug, f"p-{slug}", slug, self.owners.get(slug, "partner"))

    def rows_of(self):
        kinds = [self.label(one).owner == "agency" for one in self.snapshot.version_ids]
        return by_owner(bytes(kinds))

    def decide(self, asked) -> Decision:
        """What the engine decides, before anybody is named."""
        book = book_of(self.rules)
        return decide(asked, self.snapshot, book, self.salt, self.left_of, self.ask_aid)

    def advise(self, asked) -> Recommendation:
        """The whole answer."""
        return present(self.decide(asked), self)

    def screen(self, asked) -> list[Screened]:
        """Every need of the request held against the offers of its topic."""
        postings = self.snapshot.postings
        return [
            screen(
                self.snapshot,
                postings.get(one.need.topic, NO_OFFERS),
                one,
                book_of(self.rules),
                self.left_of,
            )
            for one in situations(asked)
        ]

    def only(self, owner):
        """The same world with the offers of one kind of owner."""
        mine = [one for one in self.offers if self.label(one.version_id).owner == owner]
        return replace(self, offers=mine)


def refusals(asked, offer, rules=()):
    """Every reason why an offer cannot serve the first need of a request."""
    (verdict, *_rest) = World([offer], rules).screen(asked)
    found = verdict.refusals(0)
    assert bool(found) is not bool(verdict.eligible)
    return found


def points(asked, offer, rules=()):
    """The points of an offer for the first need of a request."""
    _rows, found = World([offer], rules).screen(asked)[0].points([0])
    return found[0]


def reasons(asked, offer, rules=()):
    """Why an offer serves the first need of a request."""
    return World([offer], rules).screen(asked)[0].reasons(0)


def aid_of(cents, pools=None, plugin="fund", ceiling=None, silent=()):
    """A source of aid: ``cents`` of a priced item, from a pool when there is one."""
    pool = next(iter(pools or {}), None)

    def ask(items):
        given = [cents(item) for item in items]
        aids = tuple((Aid("a", one, "certain", pool),) if one else () for one in given)
        return [(plugin, Aids(pools or {}, aids, ceiling=ceiling))], tuple(silent)

    return ask
