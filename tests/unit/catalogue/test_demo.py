"""The schema says everything the reader does, and the demo catalogue keeps to it."""

import json
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from marketplace import catalogue
from marketplace.catalogue import services, shape, vocabulary
from marketplace.catalogue.services.demo import demo_document
from marketplace.db import writing

WORDS = set(
    "type const enum properties required additionalProperties items uniqueItems minItems maxItems "  # noqa: SIM905
    "maxProperties minLength maxLength pattern minimum maximum $ref $defs $schema $id title "
    "description".split()
)


def _rules(rule):
    """A schema and every schema inside it."""
    yield rule
    for inner in (*rule.get("properties", {}).values(), *rule.get("$defs", {}).values()):
        yield from _rules(inner)
    for word in ("items", "additionalProperties"):
        if rule.get(word):
            yield from _rules(rule[word])


def test_the_schema_uses_no_word_that_the_reader_ignores():
    for rule in _rules(shape.schema()):
        assert set(rule) <= WORDS
        if rule.get("type") == "object":
            assert rule["additionalProperties"] is False or not rule.get("properties")
            assert set(rule.get("required", ())) <= set(rule.get("properties", ()))


def test_the_schema_and_the_vocabulary_name_the_same_codes():
    offer = shape.definition("offer")["properties"]
    assert offer["nature"]["enum"] == [*vocabulary.NATURES]
    assert offer["status"]["enum"] == [*vocabulary.STATUSES]
    listed = {
        "modes": [*vocabulary.MODES],
        "shifts": [*vocabulary.SHIFTS],
        "roles": [*vocabulary.ROLES],
        "evidence": [*vocabulary.EVIDENCE],
        "activities": [*vocabulary.ACTIVITIES, *vocabulary.MEDIATION],
    }
    assert {name: offer[name]["items"]["enum"] for name in listed} == listed
    assert shape.definition("level")["enum"] == [*vocabulary.LEVELS]


def test_the_documentation_names_every_key():
    text = (Path(catalogue.__file__).parents[2] / "docs" / "catalogue.md").read_text("utf-8")
    for name in ("provider", "offer", "price"):
        for key in shape.definition(name)["properties"]:
            assert f"`{key}`" in text, f"docs/catalogue.md does not explain `{key}` of {name}"


@pytest.fixture(scope="module")
def demo():
    return demo_document()


def test_the_demo_keeps_to_the_schema(demo):
    assert list(shape.faults(demo)) == []


def test_the_demo_is_rich_enough(demo):
    kinds = {one["slug"]: one["kind"] for one in demo["providers"]}
    owners = Counter(
        (topic, kinds[one["provider"]]) for one in demo["offers"] for topic in one["topics"]
    )
    assert len(demo["offers"]) >= 60
    assert len({one["provider"] for one in demo["offers"]}) >= 15
    assert {topic for topic, _kind in owners} == set(vocabulary.TOPICS)
    for topic in ("dutch-on-the-floor", "language-practice", "clear-language", "discrimination"):
        assert owners[topic, "agency"] >= 2
        assert owners[topic, "partner"] >= 2
    assert {one["nature"] for one in demo["offers"]} == set(vocabulary.NATURES)
    assert {one["price"]["kind"] for one in demo["offers"]} == {
        *("free", "fixed", "per_group", "per_participant", "tiered")
    }


def test_every_price_of_the_demo_is_marked_as_an_example(demo):
    for one in demo["offers"]:
        assert one["price"]["kind"] == "free" or one.get("demo") is True, one["slug"]


def test_hours_fit_in_the_weeks_of_every_track(demo):
    for one in demo["offers"]:
        if pace := one.get("hours_per_week"):
            assert one["hours"] <= pace * one.get("weeks", 1), one["slug"]


def test_the_demo_is_imported_quickly_and_once(session):
    began = time.monotonic()
    with writing():
        first = services.seed_demo()
    assert time.monotonic() - began < 5
    with writing():
        again = services.seed_demo()
    assert first.new_versions == first.new_offers == len(services.published())
    assert (again.new_versions, again.providers, again.unchanged) == (0, 0, first.new_offers)


def test_the_demo_comes_back_out_word_for_word(session, demo):
    with writing():
        services.seed_demo()
    for name in ("providers", "offers"):
        demo[name].sort(key=lambda one: one["slug"])
    assert json.loads(services.export_text()) == demo


def test_a_care_home_in_aalst_finds_agency_and_partner(session, clock):
    with writing():
        services.seed_demo()
    offers = services.published()
    owners = services.labels(one.version_id for one in offers)

    def owner_of(topic, role, shift=None):
        return {
            owners[one.version_id].owner
            for one in offers
            if topic in one.topics
            and (not one.roles or role in one.roles)
            and (not one.reach or {"vlaanderen", "area:agii", "41002"} & set(one.reach))
            and (shift is None or not one.shifts or shift in one.shifts)
            and clock.now() + timedelta(days=one.lead_days) < clock.now() + timedelta(days=69)
        }

    assert "partner" in owner_of("dutch-on-the-floor", "workers", "late")
    assert owner_of("clear-language", "supervisors") == {"agency", "partner"}
    assert owner_of("language-practice", "workers") == {"agency", "partner"}
