"""The size of an employer with its group."""

from dataclasses import replace

import pytest

from marketplace.catalogue import group_figures
from marketplace.contract.values import Budget, Employer, Place, Related, RequestFacts
from marketplace.kit.criteria import lookup

FIRM = Employer(headcount=40, turnover_eur=8_000_000, balance_eur=5_000_000)
AALST = Place("41002", "Aalst", "vlaanderen", "nl", "agii", 50.94, 4.04)


def look(**values):
    return lookup(RequestFacts(AALST, Budget(0, 0), (), employer=replace(FIRM, **values)))


@pytest.mark.parametrize(
    ("share", "headcount"), [(0, 40), (24, 40), (25, 65), (50, 90), (51, 140), (100, 140)]
)
def test_a_linked_firm_counts_in_full_and_a_partner_by_its_share(share, headcount):
    found = look(related=(Related(share, 100, 0, 0),))
    assert found("employer.group_headcount") == headcount


def test_every_firm_and_every_figure_counts_and_is_rounded_down_once():
    group = (Related(60, 5, 1_000_000, 200_000), Related(33, 10, 999, 10), Related(33, 5, 1, 0))
    found = look(related=group)
    assert found("employer.group_headcount") == 49  # 40 + 5 + 3.30 + 1.65
    assert found("employer.group_turnover_eur") == 9_000_330
    assert found("employer.group_balance_eur") == 5_200_003


def test_of_a_group_that_is_not_known_the_employer_itself_counts():
    for related in (None, ()):
        assert look(related=related)("employer.group_headcount") == 40


def test_a_figure_that_counts_and_is_unknown_leaves_the_whole_unknown():
    assert look(related=(Related(60),))("employer.group_headcount") is None
    assert look(related=(Related(24),))("employer.group_headcount") == 40
    assert look(headcount=None)("employer.group_headcount") is None
    assert look(headcount=None, related=(Related(60, 5),))("employer.group_headcount") is None


def test_the_bounds_of_the_definition():
    assert [group_figures.counted_percent(share) for share in (24, 25, 50, 51)] == [0, 25, 50, 100]
