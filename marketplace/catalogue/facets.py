"""What the public list searches and filters on, derived from one version."""

from __future__ import annotations

from collections.abc import Iterator

from marketplace.catalogue.content import folded
from marketplace.catalogue.models import OfferVersion
from marketplace.catalogue.vocabulary import LEVELS, NATURES, TOPICS

ANY = "any"
"""The value of a facet where the offer makes no choice, so that every choice finds it."""


def facets(version: OfferVersion, kind: str) -> Iterator[tuple[str, str]]:
    """Pairs of facet and value; ``kind`` is that of the provider."""
    yield "owner", kind
    yield "nature", version.nature
    yield "price", "free" if version.price_kind == "free" else "paid"
    for topic in version.topics:
        yield "topic", topic
    for mode in version.modes or [ANY]:
        yield "mode", mode
    for area in version.reach or [ANY]:
        yield "area", area
    for level in _levels(version):
        yield "level", level


def search_words(version: OfferVersion, provider_name: str) -> str:
    """The folded words that a visitor's search looks through."""
    topics = [topic_word(topic) for topic in version.topics]
    nature = str(NATURES[version.nature])
    return folded(version.title, version.summary, provider_name, nature, *topics, *version.tags)


def sort_words(version: OfferVersion) -> str:
    """The folded title: the public list is in this order."""
    return folded(version.title)[:240]


def topic_word(topic: str) -> str:
    """The Dutch word for a topic; a plugin's own topic shows its name without the prefix."""
    known = TOPICS.get(topic)
    return str(known) if known else topic.rpartition(".")[2].replace("-", " ")


def _levels(version: OfferVersion) -> list[str]:
    if version.level_from is None or version.level_to is None:
        return [ANY]
    first, last = LEVELS.index(version.level_from), LEVELS.index(version.level_to)
    return list(LEVELS[first : last + 1])
