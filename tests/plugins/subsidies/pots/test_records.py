"""A pot counts like any other rule of aid: in its order, under its caps, with its reasons."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.contract.values import Employer
from marketplace.kit.testing import some_request
from plugins.subsidies import calculator, reader
from plugins.subsidies.pots.records import PotFacts, records_of, still_gives
from tests.factories import pots as make

from ..test_golden_figures import SMALL_FIRM, SPRING, item

POT = PotFacts(
    id=1,
    version=1,
    public_id="p",
    title="Pot voor de zorg",
    federation="Zorgfederatie",
    page="https://federatie.example/pot",
    kind="per_participant",
    amount_cents=50_00,
    percent=None,
    training_cap_cents=None,
    employer_cap_cents=None,
    left_cents=1_000_00,
    first_day=date(2027, 1, 1),
    last_day=date(2027, 12, 31),
    joint_committees=("330",),
    offers=(),
    stack_order=20,
    changed_on=date(2026, 11, 23),
)
HALF = {"kind": "percentage", "amount_cents": None, "percent": 50}


def aids(pot, *items, request=None, rules=()):
    """What the calculator says of these items (six people, 10,000 euro)."""
    asked = request or some_request()
    return calculator.aid_for(asked, items or (item(),), (*rules, *records_of([pot])))


@pytest.mark.parametrize(
    ("changes", "cents"),
    [
        ({}, 300_00),
        ({"training_cap_cents": 120_00}, 120_00),
        ({"employer_cap_cents": 500_00, "held_cents": 450_00}, 50_00),
        ({"left_cents": 7_00}, 7_00),
        (HALF, 1_000_00),
        (HALF | {"left_cents": 9_000_00}, 5_000_00),
        (HALF | {"training_cap_cents": 400_00}, 400_00),
    ],
)
def test_it_gives_what_it_promises_and_never_more_than_there_is(changes, cents):
    (found,) = aids(replace(POT, **changes)).aids[0]
    assert (found.cents, found.certainty, found.rule) == (cents, "certain", "pot-p")


def test_people_read_whose_money_it_is_where_it_stands_and_since_when():
    (found,) = aids(POT).aids[0]
    assert found.title == "Pot voor de zorg"
    assert found.source == "https://federatie.example/pot"
    assert found.checked_on == date(2026, 11, 23)
    assert records_of([POT])[0].source_name == "Zorgfederatie"


def test_what_is_left_is_the_cap_of_its_pool_in_the_bundle():
    capped = replace(POT, employer_cap_cents=500_00, held_cents=100_00)
    assert aids(capped, item(), item(count=2)).pools == {"pot-p": 400_00}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"left_cents": 0}, "pot-empty"),
        ({"employer_cap_cents": 100_00, "held_cents": 100_00}, "pot-share-used"),
        ({"employer_cap_cents": 100_00, "held_cents": 300_00}, "pot-share-used"),
    ],
)
def test_a_pot_without_money_for_this_employer_says_so(changes, code):
    found = aids(replace(POT, **changes))
    assert found.aids == ((),)
    assert [reason.code for reason in found.refused[0]] == [code]
    assert "{title}" in reader.sentences().texts("nl")[code]


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"joint_committees": ("200",)}, SPRING),
        ({"offers": ("iets-anders",)}, SPRING),
        ({}, date(2026, 12, 31)),
        ({}, date(2028, 1, 1)),
    ],
)
def test_it_is_not_held_out_to_whom_it_is_not_for(changes, start):
    found = aids(replace(POT, **changes), item(start=start))
    assert (found.aids, found.refused) == (((),), ((),))


def test_an_employer_whose_joint_committee_is_unknown_gets_no_promise():
    assert aids(POT, request=some_request(employer=Employer(headcount=9))).aids == ((),)


def test_a_part_of_a_joint_committee_belongs_to_the_whole():
    house = Employer(joint_committees=("330.01",))
    assert aids(POT, request=some_request(employer=house)).aids[0]


def test_it_goes_off_the_price_in_its_order():
    everybody = replace(POT, joint_committees=())
    request = some_request(employer=SMALL_FIRM, answers={"subsidies.kmop_conditions": True})
    first = counted(aids(everybody, request=request, rules=reader.bundled()))
    last = counted(
        aids(replace(everybody, stack_order=70), request=request, rules=reader.bundled())
    )
    assert list(first.items()) == [("pot-p", 300_00), ("kmop-training-small", 2_910_00)]
    assert list(last.items()) == [("kmop-training-small", 3_000_00), ("pot-p", 300_00)]


def counted(found):
    return {one.rule: one.cents for one in found.aids[0] if one.certainty == "certain"}


@pytest.mark.parametrize("pot", [POT, replace(POT, **HALF)])
def test_no_offer_gets_more_than_the_ceiling_that_was_stated(pot):
    request = some_request()
    ceiling = calculator.aid_for(request, (), records_of([pot])).ceiling
    for gross, hours in ((1, 0), (10_000, 0), (10_000, 10), (3, 5)):
        priced = item(gross, hours=hours)
        given = sum(one.cents for one in aids(pot, priced).aids[0])
        most = priced.gross_cents * ceiling.permille // 1000
        assert given <= most + ceiling.hourly_cents * hours * priced.need.group.count


def test_an_empty_pot_raises_no_ceiling():
    empty = records_of([replace(POT, left_cents=0)])
    assert calculator.aid_for(some_request(), (), empty).ceiling.permille == 0


LINE = make.line()


@pytest.mark.parametrize(
    ("changes", "cents", "gives"),
    [
        ({}, 600_00, True),
        ({}, 600_01, False),
        ({"amount_cents": 49_99}, 600_00, False),
        ({"training_cap_cents": 599_99}, 600_00, False),
        ({"joint_committees": ("200",)}, 600_00, False),
        ({"offers": ("iets-anders",)}, 600_00, False),
        ({"offers": (LINE.offer,)}, 600_00, True),
        ({"last_day": date(2027, 2, 7)}, 600_00, False),
        ({"left_cents": 0}, 600_00, True),
        (HALF, 1_200_00, True),
        (HALF, 1_200_01, False),
    ],
)
def test_an_advice_of_before_still_holds_or_not(changes, cents, gives):
    """Whether there is enough left is for the booking, not for this."""
    found = still_gives(replace(POT, **changes), some_request(), LINE, make.aid("p", cents))
    assert found is gives
