"""What agencies and partners give, in kinds: the shape of each kind as shares, by hand.

The shares follow the demonstration catalogue: much Dutch on the floor, much that is free, a third
for one sector. No amount here is the price of anything that exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .draws import spread

Track = tuple[int, int | None, int]
"""Hours off the floor for each participant, hours a week, weeks."""

Band = tuple[str | None, str | None]
"""Entry level and the level it leads to."""

WORKERS, SUPERVISORS, TEAMS = ("workers",), ("supervisors",), ("teams",)
LEADERS_AND_TEAMS = ("supervisors", "teams")
EVERYBODY: tuple[str, ...] = ()
NO_BAND: Mapping[Band, int] = {(None, None): 1}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of offer; every table repeats a choice as often as its share says."""

    natures: tuple[str, ...]
    topics: tuple[tuple[str, ...], ...]
    roles: tuple[tuple[str, ...], ...]
    prices: tuple[str, ...]
    tracks: tuple[Track, ...]
    bands: tuple[Band, ...]
    tags: tuple[tuple[str, ...], ...]


def _kind(
    natures: Mapping[str, int],
    topics: Mapping[tuple[str, ...], int],
    roles: Mapping[tuple[str, ...], int],
    prices: Mapping[str, int],
    tracks: Mapping[Track, int],
    bands: Mapping[Band, int] = NO_BAND,
    tags: Mapping[tuple[str, ...], int] | None = None,
) -> Kind:
    return Kind(
        natures=spread(natures),
        topics=spread(topics),
        roles=spread(roles),
        prices=spread(prices),
        tracks=spread(tracks),
        bands=spread(bands),
        tags=spread(tags or {(): 1}),
    )


BANDS: Mapping[Band, int] = {
    ("A0", "A1"): 3,
    ("A0", "A2"): 5,
    ("A0", "B1"): 3,
    ("A1", "A2"): 5,
    ("A1", "B1"): 5,
    ("A1", "B2"): 2,
    ("A2", "B1"): 4,
    ("A2", "B2"): 3,
    ("B1", "B2"): 3,
    ("B1", "C1"): 2,
    ("B2", "C1"): 1,
    ("A0", None): 1,
    (None, None): 2,
}

COURSE = _kind(
    {"training": 9, "vocational-training": 1},
    {
        ("dutch-on-the-floor",): 6,
        ("dutch-on-the-floor", "language-practice"): 5,
        ("dutch-on-the-floor", "onboarding"): 2,
        ("dutch-on-the-floor", "safety-language", "language-practice"): 2,
        ("language-practice",): 2,
        ("safety-language", "dutch-on-the-floor"): 3,
    },
    {WORKERS: 9, ("workers", "teams"): 1},
    {"per_group": 5, "per_participant": 3, "free": 3, "fixed": 1, "tiered": 1},
    {
        (12, 2, 6): 2,
        (16, 2, 8): 3,
        (20, 2, 10): 4,
        (24, 2, 12): 3,
        (20, 1, 20): 2,
        (30, 3, 10): 2,
        (40, 2, 20): 3,
        (60, 3, 20): 2,
        (90, 7, 13): 1,
        (150, 30, 5): 1,
    },
    BANDS,
    {("class",): 7, (): 2, ("class", "first-year-workers"): 1},
)
COACHING = _kind(
    {"coaching": 9, "guidance": 1},
    {
        ("dutch-on-the-floor", "language-practice"): 5,
        ("language-practice", "dutch-on-the-floor"): 3,
        ("language-practice", "onboarding"): 2,
        ("dutch-on-the-floor", "clear-language"): 2,
        ("safety-language", "clear-language"): 1,
    },
    {WORKERS: 6, ("workers", "supervisors"): 2, TEAMS: 1, EVERYBODY: 1},
    {"free": 5, "fixed": 4, "per_group": 3, "per_participant": 1},
    {(0, None, 12): 2, (2, 1, 8): 2, (5, 1, 10): 4, (6, 1, 12): 3, (8, 1, 16): 2, (13, 1, 26): 1},
    BANDS,
    {(): 8, ("first-year-workers",): 2, ("ibo", "first-year-workers"): 1},
)
CLEAR_LANGUAGE = _kind(
    {"training": 6, "advice": 2, "tool": 1},
    {
        ("clear-language",): 5,
        ("clear-language", "safety-language"): 5,
        ("safety-language", "clear-language"): 2,
        ("clear-language", "language-policy"): 2,
        ("clear-language", "onboarding", "safety-language"): 1,
    },
    {SUPERVISORS: 4, LEADERS_AND_TEAMS: 4, TEAMS: 1, ("workers", "supervisors"): 1, EVERYBODY: 1},
    {"fixed": 5, "free": 5, "per_group": 3, "tiered": 1},
    {(3, 3, 1): 3, (4, 2, 2): 2, (6, 3, 2): 4, (6, 2, 3): 3, (9, 3, 3): 1, (12, 3, 4): 1},
)
POLICY = _kind(
    {"advice": 7, "training": 2, "tool": 1},
    {
        ("language-policy",): 3,
        ("language-policy", "vacancy-language"): 4,
        ("vacancy-language", "inclusive-recruitment"): 3,
        ("diversity-scan",): 2,
        ("diversity-scan", "inclusive-recruitment"): 2,
        ("diversity-scan", "language-policy", "onboarding"): 1,
    },
    {SUPERVISORS: 5, LEADERS_AND_TEAMS: 4, EVERYBODY: 2},
    {"free": 6, "fixed": 6, "tiered": 1},
    {(0, None, 4): 2, (2, 1, 2): 2, (4, 2, 6): 4, (6, 2, 8): 3, (12, 3, 12): 1, (8, 2, 26): 1},
)
TEAM = _kind(
    {"training": 8, "guidance": 2, "coaching": 1},
    {
        ("diversity-training",): 3,
        ("diversity-training", "intercultural-team"): 5,
        ("intercultural-team", "discrimination"): 2,
        ("discrimination",): 2,
        ("discrimination", "diversity-training"): 3,
        ("inclusive-recruitment", "discrimination"): 2,
        ("inclusive-recruitment", "diversity-training", "vacancy-language"): 1,
    },
    {LEADERS_AND_TEAMS: 5, ("workers", "supervisors", "teams"): 4, SUPERVISORS: 2, TEAMS: 2},
    {"free": 5, "per_group": 5, "fixed": 4, "per_participant": 2, "tiered": 1},
    {(3, 3, 1): 3, (4, 4, 1): 2, (6, 6, 1): 4, (6, 3, 2): 4, (12, 6, 2): 1, (12, 3, 8): 1},
)
WELCOME = _kind(
    {"guidance": 4, "advice": 3, "tool": 3, "training": 1},
    {
        ("onboarding",): 5,
        ("onboarding", "integration-referral"): 2,
        ("onboarding", "mentoring"): 3,
        ("mentoring",): 3,
        ("mentoring", "language-practice"): 2,
        ("orientation-places", "mentoring"): 2,
        ("orientation-places",): 1,
    },
    {WORKERS: 4, ("supervisors", "workers"): 3, LEADERS_AND_TEAMS: 2, EVERYBODY: 1},
    {"free": 7, "fixed": 3, "per_participant": 2},
    {(0, None, 2): 2, (2, 1, 4): 3, (4, 2, 3): 3, (6, 1, 26): 2, (8, 2, 10): 2, (1, 1, 1): 1},
)
HELPDESK = _kind(
    {"referral": 4, "advice": 4, "translation": 2},
    {
        ("legal-information",): 4,
        ("legal-information", "integration-referral"): 2,
        ("integration-referral",): 3,
        ("diploma-recognition",): 2,
        ("diploma-recognition", "prior-learning"): 3,
        ("prior-learning",): 1,
    },
    {WORKERS: 4, ("supervisors", "workers"): 2, EVERYBODY: 3},
    {"free": 9, "fixed": 1, "per_participant": 1},
    {(0, None, 1): 4, (1, 1, 1): 3, (2, 2, 1): 2, (3, 1, 6): 2, (5, 1, 20): 1},
)
KINDS = spread(
    {COURSE: 26, COACHING: 20, CLEAR_LANGUAGE: 14, POLICY: 10, TEAM: 14, WELCOME: 10, HELPDESK: 8}
)
