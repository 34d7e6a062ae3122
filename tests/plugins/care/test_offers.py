"""The tailored offers beside the demo catalogue: all taken in, and where rules rule them out."""

import pytest

from marketplace.catalogue import services as catalogue
from marketplace.contract.values import Budget, Employer, Group, Need, Place, RequestFacts
from plugins.care import SECTOR
from tests.plugins.matching.world import refusals

AALST = Place("41002", "Aalst", "vlaanderen", "nl", "agii", 50.94, 4.04)
CARE_HOME = Employer(legal_form="vzw", headcount=85, joint_committees=("330",), nace="87.101")


@pytest.fixture
def offers(app):
    with app.app_context():
        catalogue.seed_demo()
        done, silent = catalogue.sync_all()
        assert silent == ()
        (care,) = [one for one in done if one.plugin == "care"]
        assert [str(fault) for fault in care.left_out] == []
        return {offer.slug: offer for offer in catalogue.published()}


def codes(offer, employer=CARE_HOME, role="workers", shifts=(), topic=None, **answers):
    need = Need("n", topic or offer.topics[0], Group(12, role, "A1", "A2"), shifts=shifts)
    request = RequestFacts(
        AALST,
        Budget(400_000, 120),
        (need,),
        employer=employer,
        answers={f"care.{key}": value for key, value in answers.items()},
    )
    return {reason.code for reason in refusals(request, offer, SECTOR.rules)}


def test_every_tailored_offer_is_taken_in_beside_the_demo_catalogue(offers):
    slugs = {entry["slug"] for entry in SECTOR.entries}
    assert slugs <= set(offers)


def test_three_shifts_rule_out_a_day_class_but_not_an_evening_one_nor_a_coach(offers):
    three = {"shift_system": "three"}
    assert "care-class-beside-shifts" in codes(offers["zorg-nederlands-in-groep"], **three)
    assert "care-class-beside-shifts" not in codes(offers["zorg-nederlands-avond"], **three)
    assert codes(offers["zorg-taalcoaching-afdeling"], **three) == set()
    assert codes(offers["zorg-nederlands-in-groep"], shift_system="day") == set()


def test_an_unknown_answer_rules_nothing_out(offers):
    assert codes(offers["zorg-nederlands-in-groep"]) == set()
    assert codes(offers["zorg-overdracht-start"]) == set()


def test_handover_training_is_only_for_who_hands_over(offers):
    assert codes(offers["zorg-overdracht-start"], handover="none") == {"care-no-handover"}
    assert codes(offers["zorg-overdracht-start"], handover="both") == set()


def test_bedside_coaching_is_not_for_the_laundry(offers):
    coaching = offers["zorg-taalcoaching-afdeling"]
    assert codes(coaching, patient_contact=False) == {"care-no-patient-contact"}


def test_guidance_for_a_diploma_is_not_shown_when_nobody_waits_for_one(offers):
    guidance = offers["zorg-diploma-erkenning-agii"]
    assert codes(guidance, diploma_pending=False) == {"care-no-diploma-pending"}
    assert codes(guidance, diploma_pending=True) == set()


def test_builders_do_not_get_care_offers(offers):
    builder = Employer(joint_committees=("124",))
    assert "other-sector" in codes(offers["zorg-overdracht-start"], employer=builder)
