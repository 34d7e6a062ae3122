"""The same question has the same answer, byte for byte: in every process and in every order."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.config import ROOT
from plugins.matching.generated import offers, requests
from plugins.matching.house_rules import RULES
from plugins.matching.plain import text_of

from .world import World

TELL = "from tests.plugins.matching.test_same_answer import told; print(told(SALT))"
SINGLE = list(offers(3, 250))
TWINS = [replace(one, version_id=f"{one.version_id}-t", slug=f"{one.slug}-t") for one in SINGLE]
CATALOGUE = [*SINGLE, *TWINS]
"""Of every offer there are two, so that the lot decides everywhere."""


def texts(catalogue, rules=RULES, salt="s"):
    world = World(catalogue, rules, salt=salt)
    return [text_of(world.advise(asked)) for asked in requests(3, 4)]


def told(salt="s"):
    """A digest of some answers, for another process to print."""
    return hashlib.sha256("\n".join(texts(CATALOGUE, salt=salt)).encode()).hexdigest()


def elsewhere(hash_seed, salt="s"):
    """The digest that a new process prints."""
    done = subprocess.run(
        [sys.executable, "-c", TELL.replace("SALT", repr(salt))],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_answer_is_the_same_in_every_process_and_for_every_hash_seed():
    assert {elsewhere("0"), elsewhere("1"), elsewhere("4294967295")} == {told()}


def test_control_another_salt_is_another_answer_there():
    assert elsewhere("0", "another") != told()


@settings(max_examples=10, deadline=None)
@given(order=st.randoms(use_true_random=False))
def test_the_order_of_offers_and_rules_changes_nothing(order):
    catalogue, rules = CATALOGUE[:], list(RULES)
    order.shuffle(catalogue)
    order.shuffle(rules)
    assert texts(catalogue, rules) == texts(CATALOGUE)


def test_asking_again_of_a_catalogue_that_has_answered_before_changes_nothing():
    world = World(CATALOGUE, RULES)
    asked = requests(3, 4)
    first = [text_of(world.advise(one)) for one in asked]
    assert [text_of(world.advise(one)) for one in reversed(asked)] == first[::-1]
    assert first == texts(CATALOGUE)


def test_control_an_offer_that_changed_is_seen():
    chosen = {line.offer for one in requests(3, 4) for line in answer_lines(one)}
    changed = [
        replace(one, lead_days=one.lead_days + 30) if one.slug in chosen else one
        for one in CATALOGUE
    ]
    assert texts(changed) != texts(CATALOGUE)


def answer_lines(asked):
    return World(CATALOGUE, RULES).advise(asked).bundle.lines
