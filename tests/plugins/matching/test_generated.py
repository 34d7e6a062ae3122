"""Generated catalogues: the same by their seed, and such as a real one could be."""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import islice

from marketplace import reference
from marketplace.catalogue import vocabulary
from marketplace.contract.values import Offer
from marketplace.kit.catalogue import gross_cents
from marketplace.requests.file import read_request, write_request
from plugins.matching.audit import decide, generated
from plugins.matching.generated import offers, owner_of, requests
from plugins.matching.generated.places import PLACES
from plugins.matching.house_rules import RULES

SOME = list(offers(1, 2_000))


def test_a_seed_gives_the_same_on_every_machine():
    told = repr([*offers(7, 300), *requests(7, 100)])
    assert hashlib.sha256(told.encode()).hexdigest()[:16] == "e059c9370761c9dd"
    assert list(offers(8, 3)) != list(offers(7, 3))
    assert requests(8, 3) != requests(7, 3)


def test_a_larger_catalogue_only_adds_and_none_is_made_before_it_is_asked_for():
    assert list(islice(offers(1, 10**12), 50)) == SOME[:50]
    assert requests(1, 5) == requests(1, 9)[:5]


def test_every_word_is_of_the_catalogue():
    for one in SOME:
        assert set(one.topics) <= set(vocabulary.TOPICS)
        assert one.nature in vocabulary.NATURES
        assert set(one.roles) <= set(vocabulary.ROLES)
        assert set(one.modes) <= set(vocabulary.MODES)
        assert set(one.shifts) <= set(vocabulary.SHIFTS)
        assert set(one.evidence) <= set(vocabulary.EVIDENCE)
        assert {one.level_from, one.level_to} <= {*vocabulary.LEVELS, None}
        places = {*vocabulary.REGIONS, *vocabulary.AREAS}
        assert all(code in places or reference.municipality(code) for code in one.reach)
        assert all(reference.language(code) for code in one.languages)
        assert all(reference.joint_committee(code) for code in one.joint_committees)
        assert all(reference.nace(code) for code in one.nace_prefixes)
        assert gross_cents(one.price, 40, one.group_max) >= 0


def test_the_places_are_those_of_the_reference_data():
    assert all(place == reference.place(reference.municipality(place.refnis)) for place in PLACES)


def test_every_request_can_be_written_to_a_file_and_read_again():
    for asked in requests(1, 200):
        assert read_request(write_request(asked)) == asked


def test_ids_are_unique_and_owners_are_of_both_kinds():
    assert len({one.version_id for one in SOME}) == len({one.slug for one in SOME}) == len(SOME)
    assert {len(one.version_id) for one in SOME} == {22}
    shares = Counter(owner_of(1, one.version_id) for one in SOME)
    assert set(shares) == {"agency", "partner"}
    assert 700 < shares["agency"] < 900


def test_attributes_repeat_and_kinds_of_price_and_topic_all_occur():
    def kinds(attribute: str) -> int:
        return len({repr(getattr(one, attribute)) for one in SOME})

    for attribute in Offer.__dataclass_fields__:
        if attribute not in {"version_id", "slug"}:
            assert 2 <= kinds(attribute) <= 250
    assert {one.price.kind for one in SOME} == {
        "free",
        "fixed",
        "per_group",
        "per_participant",
        "tiered",
    }
    assert {topic for one in SOME for topic in one.topics} == set(vocabulary.TOPICS)
    tailored = sum(bool(one.joint_committees or one.nace_prefixes) for one in SOME)
    assert 0.3 < tailored / len(SOME) < 0.37


def test_of_the_offers_of_a_topic_a_few_in_a_hundred_can_serve():
    looked_at = eligible = 0
    for seed in range(1, 31):
        trial = generated(seed, 1_000, RULES)
        for need in trial.request.needs:
            looked_at += sum(need.topic in one.topics for one in trial.offers)
        eligible += sum(len(way.needs) == 1 for way in trial.ask(decide).eligible)
    assert 0.03 <= eligible / looked_at <= 0.06
