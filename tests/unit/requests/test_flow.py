"""Every branch of the wizard ends, asks nothing twice, and gives facts that can be advised on."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from marketplace.contract.rules import Question
from marketplace.contract.values import Employer
from marketplace.requests import flow
from marketplace.requests.facts import request_facts
from marketplace.requests.file import read_request, write_request
from marketplace.requests.known import Known, Profile, Site, topics, twins
from marketplace.requests.tasks import finished, tasks
from marketplace.requests.vocabulary import LANES, TOPICS, topics_of
from tests.factories.requests import CARE

ASKED = (
    ("care.shift_system", Question("shift_system", "Diensten?", "choice", "", (("two", "2"),))),
    ("it.remote", Question("remote", "Thuiswerk?", "yes_no", "")),
)
PROFILE = Profile(
    Employer(
        legal_form="vzw",
        headcount=85,
        joint_committees=("330",),
        vat_recoverable=False,
    ),
    (Site("a", "Den Boomgaard", "41002"),),
)
MOST_PAGES = len(flow.ORGANISATION) + len(flow.SITUATION) + len(TOPICS) * len(flow.NEED) + 10


def keys(known):
    return [step.key for step in flow.steps(known)]


def draw_answer(draw, known, step):
    """An answer as the form of the page would give it."""
    name = step.page.name
    some = st.lists
    lane = name.removeprefix("situations-")
    roles = step.topic.roles if step.topic else ("workers",)
    offered = [other.slug for other in twins(known, step.topic)] if step.topic else []
    weights = st.sampled_from("12345")
    strategies = {
        "place": st.just({"refnis": "41002"}),
        "sector": st.just({"usual": ["330"], "other": "200", "nace": None}),
        "legal-form": st.sampled_from([{"legal_form": form} for form in ("bv", "vzw", "unknown")]),
        "headcount": st.sampled_from([{"headcount": n} for n in (None, 1, 250)]),
        "vat": st.sampled_from([{"vat": word} for word in ("yes", "no", "unknown")]),
        "lanes": some(st.sampled_from([key for key, _ in LANES]), min_size=1, unique=True).map(
            lambda chosen: {"lanes": chosen}
        ),
        "same": st.sampled_from([*offered, "no"]).map(lambda chosen: {"same": chosen}),
        "role": st.sampled_from(roles).map(lambda role: {"role": role}),
        "group": st.integers(1, 9).map(lambda n: {"count": n, "under_12_months": None}),
        "level": st.sampled_from([None, "A1", "unknown"]).map(lambda low: {"level_from": low}),
        "priorities": st.fixed_dictionaries({topic.slug: weights for topic in topics(known)}),
        "budget": st.just({"euro": 0, "hours": 0}),
        "extra": st.sampled_from(["two", "yes", "unknown"]).map(lambda word: {"answer": word}),
    }
    if name.startswith("situations-"):
        slugs = [topic.slug for topic in topics_of(lane)]
        chosen = some(st.sampled_from(slugs), min_size=1, unique=True)
        return draw(chosen.map(lambda found: {"topics": found}))
    return draw(strategies.get(name, st.just({})))


@st.composite
def walks(draw):
    """A walk that may go back and change an answer now and then."""
    profile = draw(st.sampled_from([Profile(), PROFILE, replace(PROFILE, sites=())]))
    asked = draw(st.sampled_from([(), ASKED]))
    known = Known({}, profile, lambda: asked)
    changes = draw(st.integers(0, 4))
    step, count = flow.following(known), 0
    while step is not None or changes:
        if step is None:
            changes -= 1
            step = draw(st.sampled_from(list(flow.every(known))))
        answer = draw_answer(draw, known, step)
        known = replace(known, answers={**known.answers, step.key: answer})
        step = flow.following(known, step.key)
        count += 1
        assert count <= MOST_PAGES * 5, "the wizard does not end"
    return known


@given(walks())
def test_every_branch_ends_with_facts_that_can_be_advised_on(known):
    facts = request_facts(known)
    assert {need.topic for need in facts.needs} == {topic.slug for topic in topics(known)}
    assert read_request(write_request(facts)) == facts
    assert finished(known)


@given(walks())
def test_the_page_before_is_the_way_back(known):
    walked = list(flow.every(known))
    assert len({step.key for step in walked}) == len(walked)
    assert flow.preceding(known, walked[0].key) is None


def test_the_first_page_asks_where():
    assert flow.following(Known()).key == "place"


def test_nothing_is_asked_that_the_profile_tells():
    asked = keys(Known({}, PROFILE))
    assert asked[:1] == ["lanes"]
    assert not {"place", "sector", "legal-form", "headcount", "vat"} & set(asked)


def test_what_the_profile_tells_can_still_be_opened_and_changed():
    known = Known({}, PROFILE)
    assert flow.step(known, "headcount").told(known)


def test_several_establishments_are_a_choice():
    sites = (*PROFILE.sites, Site("b", "De Linde", "44021"))
    assert keys(Known({}, replace(PROFILE, sites=sites)))[0] == "place"


def test_only_small_companies_are_asked_for_turnover():
    company = {"legal-form": {"legal_form": "bv"}, "headcount": {"headcount": 40}}
    assert "turnover" in keys(Known(company))
    assert "turnover" not in keys(Known(company | {"headcount": {"headcount": 250}}))
    assert "turnover" not in keys(Known(company | {"legal-form": {"legal_form": "vzw"}}))


def test_a_topic_of_a_lane_that_was_left_is_no_need():
    known = Known(CARE | {"lanes": {"lanes": ["people"]}})
    assert topics(known) == ()
    assert flow.following(known).key == "situations-people"


def test_a_new_need_asks_for_its_weight_again():
    more = {"topics": ["dutch-on-the-floor", "clear-language", "language-practice"]}
    same = {"same.language-practice": {"same": "dutch-on-the-floor"}}
    known = Known(CARE | same | {"situations-language": more})
    assert flow.following(known).key == "priorities"


def test_a_shared_group_is_asked_again_when_the_other_need_goes():
    answers = CARE | {
        "situations-language": {"topics": ["language-practice"]},
        "same.language-practice": {"same": "dutch-on-the-floor"},
    }
    assert flow.following(Known(answers)).key == "group.language-practice"


def test_a_page_changed_later_leads_straight_back_to_the_check():
    assert flow.following(Known(CARE), "headcount") is None


def test_the_task_list_says_how_far_each_part_is():
    answers = {key: CARE[key] for key in ("place", "lanes", "situations-language")}
    found = {task.key: task.status for task in tasks(Known(answers))}
    assert found == {
        "sector": "busy",
        "lanes": "done",
        "group.dutch-on-the-floor": "todo",
        "role.clear-language": "todo",
        "dates": "todo",
    }


def test_all_eighteen_topics_with_shared_groups_are_walked_in_one_go():
    """The groups are worked out in one pass; a naive look-back would take minutes here."""
    answers = {"lanes": {"lanes": [lane for lane, _ in LANES]}}
    for lane, _label in LANES:
        answers[f"situations-{lane}"] = {"topics": [topic.slug for topic in topics_of(lane)]}
    for slug in TOPICS:
        answers[f"same.{slug}"] = {"same": "dutch-on-the-floor"}
    assert len(topics(Known(answers))) == len(TOPICS)
    assert len(keys(Known(answers))) > len(TOPICS)
