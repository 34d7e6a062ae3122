"""Values of the contract come back from their text as they were."""

import json

from hypothesis import given
from hypothesis import strategies as st

from marketplace.contract.answers import Aid, Aids, Ceiling
from marketplace.contract.rules import Criterion, Rule
from marketplace.contract.values import Label, Offer, Price, Reason
from plugins.matching.plain import made, text_of
from tests.factories.catalogue import rule as rule_of

words = st.text(max_size=5)
tuples = st.lists(words, max_size=3).map(tuple)
numbers = st.integers(0, 10**12)
days = st.none() | st.dates()
json_values = st.none() | st.booleans() | numbers | words | st.lists(words, max_size=2)
prices = st.builds(
    Price, words, numbers, st.lists(st.tuples(numbers, numbers), max_size=2).map(tuple)
)
some_offers = st.builds(
    Offer,
    version_id=words,
    slug=words,
    nature=words,
    topics=tuples,
    roles=tuples,
    price=prices,
    hours=numbers,
    level_from=st.none() | words,
    group_max=st.none() | numbers,
    location=st.none() | st.tuples(st.floats(-90, 90), st.floats(-90, 90)),
    tags=tuples,
    places_left=st.none() | numbers,
)
criteria = st.lists(st.builds(Criterion, words, words, json_values), max_size=2).map(tuple)
examples = st.dictionaries(words, json_values, max_size=2)
rules = st.builds(
    Rule,
    id=words,
    code=words,
    when=criteria,
    require=criteria,
    source=words,
    checked_on=st.dates(),
    passes=examples,
    fails=examples,
    valid_from=days,
    valid_to=days,
    effect=words,
    weight=numbers,
)
aids = st.builds(
    Aid,
    rule=words,
    cents=st.none() | numbers,
    certainty=words,
    pool=st.none() | words,
    checked_on=days,
    wage_side=st.booleans(),
)
some_aids = st.builds(
    Aids,
    pools=st.dictionaries(words, numbers, max_size=2),
    aids=st.lists(st.lists(aids, max_size=2).map(tuple), max_size=2).map(tuple),
    refused=st.lists(
        st.lists(st.builds(Reason, words, examples), max_size=2).map(tuple), max_size=2
    ).map(tuple),
    ceiling=st.none() | st.builds(Ceiling, numbers, numbers),
)
labels = st.builds(Label, words, words, words, words, words, st.booleans())


@given(value=st.one_of(some_offers, rules, some_aids, labels))
def test_every_value_comes_back_from_its_text(value):
    assert made(type(value), json.loads(text_of(value))) == value


def test_a_rule_of_a_plugin_means_the_same_after_its_text():
    """Tuples in a criterion come back as lists: other data, the same verdict."""
    given_as = rule_of(require=(Criterion("need.count", "in", (3, 4)),))
    (criterion,) = made(Rule, json.loads(text_of(given_as))).require
    assert criterion == Criterion("need.count", "in", [3, 4])
