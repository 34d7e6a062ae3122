"""Joint committees, NACE-BEL, legal forms and languages by their codes."""

import pytest

from marketplace.reference import (
    joint_committee,
    joint_committees,
    language,
    languages,
    legal_form,
    legal_forms,
    nace,
    nace_codes,
    usual_languages,
)


@pytest.mark.parametrize(
    "code",
    [
        *("330", "330.01", "331", "318", "318.02", "319", "319.01", "327.01", "329.01"),
        *("124", "111", "209", "149.01", "149.02", "149.03", "149.04", "112", "125", "126"),
        *("200", "226", "109", "215", "120", "214", "130", "116", "207", "118", "220"),
        *("145", "145.04", "144", "132", "202", "311", "312", "302", "121", "140.03"),
        *("322", "322.01", "323"),
    ],
)
def test_every_joint_committee_of_the_sector_funds_is_known(code):
    committee = joint_committee(code)

    assert committee.code == code
    assert committee.name
    assert committee.name_fr


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31802", "318.02"),
        ("PC 330", "330"),
        ("pc330", "330"),
        ("PSC 318.02", "318.02"),
        ("200.00", "200"),
        ("330.01.20", "330.01"),
        (" 331 ", "331"),
    ],
)
def test_a_joint_committee_is_found_as_people_write_it(text, code):
    assert joint_committee(text).code == code


@pytest.mark.parametrize("text", ["", "999", "330.99", "33", "drie", "330; 331", "\x00"])
def test_an_unknown_joint_committee_is_none(text):
    assert joint_committee(text) is None


def test_committees_from_outside_the_official_list_carry_their_source():
    added = {one.code for one in joint_committees() if one.source}

    assert added == {"145.04", "330.01"}
    assert joint_committee("330.01").confidence == "M"
    assert len(joint_committees()) == 182


def test_nace_has_all_five_levels_of_2025_with_four_labels():
    counts = [len(nace_codes(level)) for level in range(1, 6)]

    assert counts == [22, 87, 287, 651, 977]
    assert len(nace_codes()) == 2024
    assert all(one.name and one.name_fr and one.name_en and one.name_de for one in nace_codes())


@pytest.mark.parametrize("one", nace_codes(2), ids=lambda one: one.code)
def test_a_division_belongs_to_a_section(one):
    assert nace(one.parent).level == 1


def test_every_parent_is_a_heading_one_level_up():
    assert all(nace(one.parent).level == one.level - 1 for one in nace_codes() if one.parent)


def test_nace_dots_are_optional():
    assert nace("8710") == nace("87.10") == nace(" 87.10 ")
    assert nace("87").parent == "R"
    assert nace("q").level == 1
    assert nace("45") is None  # the car trade of 2008 is gone in 2025
    assert nace("") is None


def test_people_choose_from_a_short_list_of_legal_forms():
    shorts = [form.short for form in legal_forms()]

    assert shorts[:4] == ["eenmanszaak", "bv", "nv", "cv"]
    assert {"vzw", "publiekrechtelijk", "ander"} <= set(shorts)
    assert len(shorts) == len(set(shorts)) < 15


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("017", "vzw"),
        ("17", "vzw"),
        ("v.z.w.", "vzw"),
        ("610", "bv"),
        ("015", "bv"),
        ("014", "nv"),
        ("706", "cv"),
        ("420", "publiekrechtelijk"),
        ("310", "publiekrechtelijk"),
        ("030", "ander"),
    ],
)
def test_a_legal_form_of_the_bank_leads_to_the_form_people_know(code, short):
    assert legal_form(code).short == short
    assert legal_form(short).code == short


def test_an_unknown_legal_form_is_none():
    assert legal_form("999") is None
    assert legal_form("") is None


def test_languages_have_dutch_names():
    assert language("nl").name == "Nederlands"
    assert language("TI").name == "Tigrinya"
    assert language("prs").name == "Dari"
    assert language("kmr").name == "Koerdisch (Kurmanji)"
    assert language("xx") is None
    assert len(languages()) > 100
    assert len({one.code for one in languages()}) == len(languages())
    assert len({one.name for one in languages()}) == len(languages())


def test_the_assumed_seventeen_languages_come_first():
    codes = {one.code for one in usual_languages()}

    assert len(codes) == 17
    assert {"en", "fr", "tr", "ar", "uk", "fa", "ps", "so", "ti"} <= codes
    assert "nl" not in codes
