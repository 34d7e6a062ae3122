"""The rules of the game that hold in every sector, as data (see docs/matching.md)."""

from __future__ import annotations

from datetime import date

from marketplace.contract.rules import Criterion, Rule

CHECKED = date(2026, 11, 22)

RULES = (
    Rule(
        id="vdab-first-year",
        code="only-first-year",
        when=(Criterion("offer.tags", "overlaps", ["first-year-workers"]),),
        require=(Criterion("need.all_under_12_months", "is", True),),
        source="all-in-one4her.eu/workplace_integration.php",
        checked_on=CHECKED,
        passes={"offer.tags": ["first-year-workers"], "need.all_under_12_months": True},
        fails={"offer.tags": ["first-year-workers"], "need.all_under_12_months": False},
    ),
    Rule(
        id="class-needs-release-time",
        code="needs-release-time",
        when=(Criterion("offer.tags", "overlaps", ["class"]),),
        require=(Criterion("need.hours_off_floor_per_week", "at_least", 1),),
        source="afspraak van deze dienst",
        checked_on=CHECKED,
        passes={"offer.tags": ["class"], "need.hours_off_floor_per_week": 2},
        fails={"offer.tags": ["class"], "need.hours_off_floor_per_week": 0},
    ),
    Rule(
        id="discrimination-is-no-language-problem",
        code="no-language-course-for-discrimination",
        when=(Criterion("need.topic", "is", "discrimination"),),
        require=(Criterion("offer.language_only", "is", False),),
        source="afspraak van deze dienst",
        checked_on=CHECKED,
        passes={"need.topic": "discrimination", "offer.language_only": False},
        fails={"need.topic": "discrimination", "offer.language_only": True},
    ),
)
