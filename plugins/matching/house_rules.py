"""The rules of the game that hold in every sector, as data (see docs/rules.md).

Each has its source and its two cases beside it, which a test runs. Weights are part of the
published points for situations. Where the agreement says 1.5 hours a week, the rule says 2: a
request counts in whole hours, and 1 would promise too little.
"""

from __future__ import annotations

from datetime import date

from marketplace.contract.rules import Criterion, Rule

CHECKED = date(2026, 11, 22)
HOUSE = "afspraak van deze dienst"
LANGUAGE_LAW = (
    "taaldecreet van 19 juli 1973 en bestuurstaalwet van 1966, via adjunctvandegouverneur.be"
)

FLOOR_LANGUAGE = ("dutch-on-the-floor", "language-practice", "safety-language")
SUPERVISOR_LANGUAGE = ("clear-language", "safety-language")
STAFF_TEXTS = ("onboarding", "safety-language", "clear-language", "language-policy")
WRITTEN = ("advice", "tool", "translation")

REFUSALS = (
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
        source=HOUSE,
        checked_on=CHECKED,
        passes={"offer.tags": ["class"], "need.hours_off_floor_per_week": 2},
        fails={"offer.tags": ["class"], "need.hours_off_floor_per_week": 0},
    ),
    Rule(
        id="class-needs-one-level",
        code="needs-one-level",
        when=(Criterion("offer.tags", "overlaps", ["class"]),),
        require=(Criterion("need.mixed_levels", "is", False),),
        source=HOUSE,
        checked_on=CHECKED,
        passes={"offer.tags": ["class"], "need.mixed_levels": False},
        fails={"offer.tags": ["class"], "need.mixed_levels": True},
    ),
    Rule(
        id="discrimination-is-no-language-problem",
        code="no-language-course-for-discrimination",
        when=(Criterion("need.topic", "is", "discrimination"),),
        require=(Criterion("offer.language_only", "is", False),),
        source=HOUSE,
        checked_on=CHECKED,
        passes={"need.topic": "discrimination", "offer.language_only": False},
        fails={"need.topic": "discrimination", "offer.language_only": True},
    ),
)

PREFERENCES = (
    Rule(
        id="newcomers-first-year-offers",
        code="made-for-first-year",
        effect="prefer",
        weight=100,
        when=(Criterion("need.all_under_12_months", "is", True),),
        require=(Criterion("offer.tags", "overlaps", ["first-year-workers"]),),
        source="all-in-one4her.eu/workplace_integration.php",
        checked_on=CHECKED,
        passes={"need.all_under_12_months": True, "offer.tags": ["first-year-workers"]},
        fails={"need.all_under_12_months": True, "offer.tags": ["class"]},
    ),
    Rule(
        id="mixed-levels-coaching",
        code="coaching-for-mixed-levels",
        effect="prefer",
        weight=60,
        when=(
            Criterion("need.topic", "in", FLOOR_LANGUAGE),
            Criterion("need.mixed_levels", "is", True),
        ),
        require=(Criterion("offer.nature", "is", "coaching"),),
        source=HOUSE,
        checked_on=CHECKED,
        passes={
            "need.topic": "dutch-on-the-floor",
            "need.mixed_levels": True,
            "offer.nature": "coaching",
        },
        fails={
            "need.topic": "dutch-on-the-floor",
            "need.mixed_levels": True,
            "offer.nature": "training",
        },
    ),
    Rule(
        id="several-shifts-coaching",
        code="coaching-beside-shifts",
        effect="prefer",
        weight=40,
        when=(
            Criterion("need.topic", "in", FLOOR_LANGUAGE),
            Criterion("need.shift_count", "at_least", 2),
        ),
        require=(Criterion("offer.nature", "is", "coaching"),),
        source=HOUSE,
        checked_on=CHECKED,
        passes={
            "need.topic": "language-practice",
            "need.shift_count": 2,
            "offer.nature": "coaching",
        },
        fails={
            "need.topic": "language-practice",
            "need.shift_count": 3,
            "offer.nature": "training",
        },
    ),
    Rule(
        id="no-release-time-coaching",
        code="coaching-on-the-job",
        effect="prefer",
        weight=60,
        when=(
            Criterion("need.topic", "in", FLOOR_LANGUAGE),
            Criterion("need.hours_off_floor_per_week", "at_most", 0),
        ),
        require=(Criterion("offer.nature", "in", ("coaching", "tool")),),
        source=HOUSE,
        checked_on=CHECKED,
        passes={
            "need.topic": "safety-language",
            "need.hours_off_floor_per_week": 0,
            "offer.nature": "tool",
        },
        fails={
            "need.topic": "safety-language",
            "need.hours_off_floor_per_week": 0,
            "offer.nature": "training",
        },
    ),
    Rule(
        id="one-level-class",
        code="class-for-one-level",
        effect="prefer",
        weight=40,
        when=(
            Criterion("need.topic", "is", "dutch-on-the-floor"),
            Criterion("need.mixed_levels", "is", False),
            Criterion("need.count", "at_least", 5),
            Criterion("need.hours_off_floor_per_week", "at_least", 2),
        ),
        require=(Criterion("offer.tags", "overlaps", ["class"]),),
        source=HOUSE,
        checked_on=CHECKED,
        passes={
            "need.topic": "dutch-on-the-floor",
            "need.mixed_levels": False,
            "need.count": 5,
            "need.hours_off_floor_per_week": 2,
            "offer.tags": ["class"],
        },
        fails={
            "need.topic": "dutch-on-the-floor",
            "need.mixed_levels": False,
            "need.count": 12,
            "need.hours_off_floor_per_week": 3,
            "offer.tags": ["care"],
        },
    ),
    Rule(
        id="instruction-starts-with-supervisors",
        code="supervisors-first",
        effect="prefer",
        weight=60,
        when=(Criterion("need.topic", "in", SUPERVISOR_LANGUAGE),),
        require=(
            Criterion("offer.nature", "in", ("training", "coaching")),
            Criterion("offer.roles", "overlaps", ["supervisors"]),
        ),
        source=HOUSE,
        checked_on=CHECKED,
        passes={
            "need.topic": "clear-language",
            "offer.nature": "training",
            "offer.roles": ["supervisors", "teams"],
        },
        fails={
            "need.topic": "safety-language",
            "offer.nature": "training",
            "offer.roles": ["workers"],
        },
    ),
    Rule(
        id="many-temps-material",
        code="material-for-temps",
        effect="prefer",
        weight=40,
        when=(
            Criterion("need.topic", "in", ("onboarding", *FLOOR_LANGUAGE)),
            Criterion("need.temps_percent", "at_least", 50),
        ),
        require=(Criterion("offer.nature", "in", ("tool", "translation")),),
        source=HOUSE,
        checked_on=CHECKED,
        passes={"need.topic": "onboarding", "need.temps_percent": 50, "offer.nature": "tool"},
        fails={"need.topic": "onboarding", "need.temps_percent": 80, "offer.nature": "training"},
    ),
)

NOTES = (
    Rule(
        id="no-budget-free-offers",
        code="free-within-no-budget",
        effect="note",
        when=(Criterion("budget.net_cents", "at_most", 0),),
        require=(Criterion("offer.price_kind", "is", "free"),),
        source=HOUSE,
        checked_on=CHECKED,
        passes={"budget.net_cents": 0, "offer.price_kind": "free"},
        fails={"budget.net_cents": 0, "offer.price_kind": "fixed"},
    ),
    Rule(
        id="dutch-area-dutch-text",
        code="dutch-text-is-legal",
        effect="note",
        when=(
            Criterion("place.regime", "is", "nl"),
            Criterion("need.topic", "in", STAFF_TEXTS),
            Criterion("offer.nature", "in", WRITTEN),
        ),
        # an offer that names languages has another than Dutch; one that names none is unknown
        require=(Criterion("offer.languages", "not_in", ["nl"]),),
        source=LANGUAGE_LAW,
        checked_on=CHECKED,
        passes={
            "place.regime": "nl",
            "need.topic": "onboarding",
            "offer.nature": "translation",
            "offer.languages": ["ar", "tr"],
        },
        fails={
            "place.regime": "nl",
            "need.topic": "onboarding",
            "offer.nature": "tool",
            "offer.languages": ["nl"],
        },
    ),
    Rule(
        id="other-regime-ask-first",
        code="language-of-worker-counts",
        effect="note",
        when=(
            Criterion("place.regime", "in", ("bru", "facility")),
            Criterion("need.topic", "in", STAFF_TEXTS),
        ),
        require=(Criterion("offer.nature", "in", WRITTEN),),
        source=LANGUAGE_LAW,
        checked_on=CHECKED,
        passes={
            "place.regime": "bru",
            "need.topic": "onboarding",
            "offer.nature": "translation",
        },
        fails={
            "place.regime": "facility",
            "need.topic": "onboarding",
            "offer.nature": "training",
        },
    ),
)

RULES = (*REFUSALS, *PREFERENCES, *NOTES)
