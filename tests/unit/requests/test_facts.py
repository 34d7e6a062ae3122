from datetime import date

import pytest

from marketplace.contract import rules
from marketplace.contract.rules import Question
from marketplace.contract.values import Budget, Employer, Group
from marketplace.requests.asking import concerns
from marketplace.requests.facts import Incomplete, request_facts
from marketplace.requests.known import Known, Profile, Site
from marketplace.requests.summary import summary
from tests.factories.requests import CARE

PROFILE = Profile(
    Employer("0403019261", "vzw", 85, joint_committees=("330",), vat_recoverable=False),
    (Site("a", "Den Boomgaard", "44021"),),
)


def test_the_care_home_reads_as_it_was_typed():
    facts = request_facts(Known(CARE), date(2026, 11, 23))
    assert facts.place.name == "Aalst"
    assert facts.budget == Budget(400_000, 120)
    assert facts.asked_on == date(2026, 11, 23)
    first, second = facts.needs
    assert first.group == Group(12, "workers", "A1", "A2", 4, 0, ("ar", "tr"))
    assert (first.weight, first.shifts, first.modes) == (3, ("early", "late"), ("on_site",))
    assert first.latest_end == date(2027, 6, 30)
    assert second.group == Group(3, "supervisors")
    assert second.hours_off_floor_per_week is None
    assert facts.employer.vat_recoverable is False


def test_what_nobody_knows_is_none():
    unknown = {
        "sector": {"usual": [], "other": None, "nace": None},
        "legal-form": {"legal_form": "unknown"},
        "headcount": {"headcount": None},
        "vat": {"vat": "unknown"},
        "level.dutch-on-the-floor": {"level_from": "unknown", "level_to": "unknown"},
        "dates": {"start": None, "latest_end": None},
    }
    facts = request_facts(Known(CARE | unknown))
    assert facts.employer == Employer()
    assert facts.needs[0].group.level_from is None
    assert facts.needs[0].group.level_to is None
    assert facts.start is None


@pytest.mark.parametrize(
    ("answer", "mixed"), [("yes", True), ("no", False), ("unknown", None), (None, None)]
)
def test_mixed_levels_are_yes_no_or_unknown(answer, mixed):
    level = CARE["level.dutch-on-the-floor"] | {"mixed_levels": answer}
    known = Known(CARE | {"level.dutch-on-the-floor": level})
    assert request_facts(known).needs[0].group.mixed_levels is mixed


def test_levels_of_before_the_question_leave_it_open():
    old = Known(CARE | {"level.dutch-on-the-floor": {"level_from": "A1", "level_to": "A2"}})
    assert request_facts(old).needs[0].group.mixed_levels is None


@pytest.mark.parametrize(
    ("answer", "words"),
    [("yes", "verschillende niveaus"), ("no", "ongeveer één niveau"), ("unknown", None)],
)
def test_the_summary_says_whether_levels_are_mixed(app, answer, words):
    level = {"level_from": "A1", "level_to": "unknown", "mixed_levels": answer}
    with app.test_request_context():
        parts = summary(Known(CARE | {"level.dutch-on-the-floor": level}))
    (row,) = [row for part in parts for row in part.rows if row.key.startswith("level.")]
    told = row.value.split("; ")
    assert told[1] == "nodig: weet ik niet"
    assert told[2:] == ([words] if words else [])


def test_zero_is_an_answer():
    zero = {"budget": {"euro": 0, "hours": 0}, "time.dutch-on-the-floor": {"hours": 0}}
    facts = request_facts(Known(CARE | zero))
    assert facts.budget == Budget(0, 0)
    assert facts.needs[0].hours_off_floor_per_week == 0


def test_the_profile_counts_where_nothing_was_answered():
    asked = {"place", "sector", "legal-form", "headcount", "vat"}
    answers = {key: data for key, data in CARE.items() if key not in asked}
    facts = request_facts(Known(answers, PROFILE))
    assert facts.place.name == "Gent"
    assert facts.employer == PROFILE.employer


def test_an_answer_goes_before_the_profile():
    facts = request_facts(Known(CARE | {"headcount": {"headcount": 40}}, PROFILE))
    assert facts.employer.headcount == 40
    assert facts.employer.enterprise_number == "0403019261"
    assert facts.place.name == "Aalst"


def test_typed_committees_join_the_ticked_ones_once():
    sector = {"usual": ["330"], "other": "PC 200, 330 en 145.04", "nace": "8710"}
    employer = request_facts(Known(CARE | {"sector": sector})).employer
    assert employer.joint_committees == ("330", "200", "145.04")
    assert employer.nace == "87.10"


def test_a_shared_group_is_the_same_group():
    answers = CARE | {
        "situations-language": {"topics": ["dutch-on-the-floor", "language-practice"]},
        "same.language-practice": {"same": "dutch-on-the-floor"},
    }
    first, second = request_facts(Known(answers)).needs
    assert second.group == first.group
    assert second.shifts == first.shifts


def test_a_shared_group_without_levels_brings_its_own():
    answers = CARE | {
        "lanes": {"lanes": ["people", "language"]},
        "situations-language": {"topics": ["safety-language"]},
        "situations-people": {"topics": ["mentoring"]},
        "role.safety-language": {"role": "workers"},
        "group.safety-language": {"count": 5},
        "level.safety-language": {"level_from": "A0", "level_to": "A1"},
        "same.mentoring": {"same": "safety-language"},
    }
    mentoring = request_facts(Known(answers)).needs[1]
    assert (mentoring.topic, mentoring.group.count) == ("mentoring", 5)
    assert mentoring.group.level_from == "A0"


def test_answers_to_plugins_are_kept_under_their_name():
    yes_no = Question("night", "?", "yes_no", "")
    choice = Question("system", "?", "choice", "", (("two", "2"),))
    asked = (("care.night", yes_no), ("care.system", choice), ("care.open", choice))
    given = {
        "extra.care.night": {"answer": "no"},
        "extra.care.system": {"answer": "two"},
        "extra.care.open": {"answer": "unknown"},
        "extra.it.gone": {"answer": "yes"},
    }
    facts = request_facts(Known(CARE | given, asked=lambda: asked))
    assert facts.answers == {"care.night": False, "care.system": "two"}


@pytest.mark.parametrize("page", ["place", "budget", "group.dutch-on-the-floor", "lanes"])
def test_without_place_needs_or_budget_there_are_no_facts(page):
    answers = {key: data for key, data in CARE.items() if key != page}
    if page.startswith("group"):
        answers["situations-language"] = {"topics": ["dutch-on-the-floor"]}
    with pytest.raises(Incomplete):
        request_facts(Known(answers))


WHEN = [
    (rules.Criterion("employer.joint_committees", "overlaps", ["330", "318"]), True),
    (rules.Criterion("employer.joint_committees", "overlaps", ["124"]), False),
    (rules.Criterion("employer.legal_form", "is", "vzw"), True),
    (rules.Criterion("employer.legal_form", "in", ["bv", "nv"]), False),
    (rules.Criterion("employer.legal_form", "not_in", ["bv"]), True),
    (rules.Criterion("employer.headcount", "at_least", 50), True),
    (rules.Criterion("employer.headcount", "at_most", 50), False),
    (rules.Criterion("employer.nace_prefixes", "overlaps", ["87"]), True),
    (rules.Criterion("place.region", "is", "vlaanderen"), True),
    (rules.Criterion("need.topic", "in", ["clear-language"]), True),
    (rules.Criterion("need.role", "is", "teams"), False),
    (rules.Criterion("need.count", "at_least", 12), True),
    (rules.Criterion("employer.turnover_eur", "at_most", 5), False),
    (rules.Criterion("stars.sign", "is", "leo"), False),
]


@pytest.mark.parametrize(("test", "expected"), WHEN)
def test_a_question_is_asked_when_all_its_tests_hold(test, expected):
    question = Question("key", "?", "yes_no", "", when=(test,))
    assert concerns(question, request_facts(Known(CARE))) is expected
