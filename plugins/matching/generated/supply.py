"""Generated offers. What two offers have in common is drawn from the same short lists."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

from marketplace.contract.values import Offer, Price

from .draws import draw, pick, spread
from .kinds import KINDS
from .places import PLACES

PRICES: Mapping[str, Sequence[Price]] = {
    "free": (Price("free"),),
    "fixed": tuple(Price("fixed", euro * 100) for euro in range(250, 4_250, 50)),
    "per_group": tuple(Price("per_group", euro * 100) for euro in range(400, 3_000, 50)),
    "per_participant": tuple(Price("per_participant", euro * 100) for euro in range(30, 700, 15)),
    "tiered": tuple(
        Price("tiered", tiers=((6, euro * 100), (12, euro * 160), (25, euro * 240)))
        for euro in range(300, 1_500, 60)
    ),
}
NEIGHBOURS = tuple(
    tuple(place.refnis for place in PLACES[first : first + length])
    for length in (3, 5, 9)
    for first in range(len(PLACES) - length + 1)
)
REACH = spread(
    {
        ("vlaanderen",): 170,
        ("vlaanderen", "brussel"): 60,
        ("brussel",): 70,
        ("area:agii",): 90,
        ("area:atlas",): 40,
        ("area:amal",): 30,
        ("area:huisnl",): 40,
        ("area:agii", "brussel"): 30,
        (): 20,
    }
    | dict.fromkeys(NEIGHBOURS, 2)
)
MODES = spread(
    {
        ("on_site",): 8,
        ("on_site", "online"): 5,
        ("on_site", "at_provider"): 4,
        ("at_provider",): 4,
        ("at_provider", "online"): 2,
        ("online",): 5,
        (): 1,
    }
)
SHIFTS = spread(
    {
        ("day",): 9,
        ("day", "early"): 3,
        ("day", "late"): 3,
        ("day", "early", "late"): 4,
        ("day", "early", "late", "night"): 1,
        ("day", "early", "late", "weekend"): 1,
        ("day", "weekend"): 1,
        ("early", "late"): 1,
        ("late", "night"): 1,
        (): 2,
    }
)
LANGUAGES = spread(
    {
        (): 14,
        ("fr",): 2,
        ("en", "fr"): 3,
        ("ar", "en", "fr", "tr"): 2,
        ("bg", "pl", "ro", "uk"): 1,
        ("en", "pl", "ro"): 1,
        ("fa", "ps", "so", "ti"): 1,
        ("ar", "bg", "en", "es", "fr", "pl", "ro", "ru", "tr", "uk"): 1,
    }
)
GROUPS: Sequence[tuple[int, int | None]] = spread(
    {
        (1, None): 5,
        (1, 4): 3,
        (1, 12): 2,
        (2, 5): 3,
        (2, 10): 3,
        (3, 6): 3,
        (3, 8): 3,
        (3, 12): 3,
        (4, 10): 3,
        (4, 12): 3,
        (5, 12): 3,
        (6, 14): 3,
        (6, 16): 2,
        (8, 20): 2,
        (12, 30): 1,
    }
)
LEAD_DAYS = spread({1: 1, 2: 2, 5: 1, 7: 2, 10: 1, 14: 5, 21: 5, 28: 3, 30: 7, 45: 3, 60: 2, 90: 1})
SECTORS: Sequence[tuple[tuple[str, ...], tuple[str, ...]]] = spread(
    {
        ((), ()): 110,  # for everybody: two thirds
        (("330",), ()): 7,
        (("200",), ()): 7,
        (("124",), ("41", "42", "43")): 4,
        (("111", "209"), ("25", "28")): 4,
        (("149.01",), ()): 2,
        (("322",), ("78",)): 4,
        (("116", "207"), ("20",)): 3,
        (("202", "311", "312"), ("47",)): 4,
        (("144", "145", "132"), ("01",)): 3,
        (("118", "220"), ("10",)): 4,
        (("121",), ("81",)): 4,
        (("302",), ("55", "56")): 4,
        (("140.03",), ("49", "52")): 4,
        ((), ("86", "87", "88")): 3,
    }
)
EVIDENCE = spread(
    {
        (): 6,
        ("non_commercial",): 5,
        ("kmo_registered",): 4,
        ("kmo_registered", "vov_registered"): 2,
        ("vov_registered",): 1,
        ("public_task", "non_commercial"): 2,
        ("education_recognised", "non_commercial"): 2,
        ("sector_fund",): 1,
        ("brussels_premium",): 1,
    }
)
PLACES_LEFT: Sequence[int | None] = spread(
    {None: 24, 0: 1, 4: 1, 8: 1, 12: 1, 15: 1, 20: 1, 30: 1, 60: 1}
)
VAT: Sequence[str | None] = spread({None: 3, "standard": 4, "exempt": 2, "outside": 1})
AGENCY_SHARE = 40
"""Of a hundred offers, how many carry the label of an agency."""


def offers(seed: int, count: int) -> Iterator[Offer]:
    """The first ``count`` offers of the catalogue with this seed, one at a time.

    A larger count only adds offers at the end. Seed, and nothing of the machine, decides them.
    """
    for index in range(count):
        yield _offer(seed, index)


def owner_of(seed: int, version_id: str) -> str:
    """``agency`` or ``partner``, by a lot that knows nothing else of the offer."""
    lot = int.from_bytes(blake2b(f"owner/{seed}/{version_id}".encode()).digest()[:8], "big")
    return "agency" if lot % 100 < AGENCY_SHARE else "partner"


def _offer(seed: int, index: int) -> Offer:
    lots = draw("offer", seed, index)
    kind = pick(KINDS, lots[0])
    topics = pick(kind.topics, lots[1])
    hours, hours_per_week, weeks = pick(kind.tracks, lots[2])
    level_from, level_to = pick(kind.bands, lots[3])
    group_min, group_max = pick(GROUPS, lots[4])
    committees, activities = pick(SECTORS, lots[5])
    modes = pick(MODES, lots[6])
    home = pick(PLACES, lots[7])
    return Offer(
        version_id=_version_id(seed, index),
        slug=f"{topics[0]}-{home.name.lower()}-{index}",
        nature=pick(kind.natures, lots[8]),
        topics=topics,
        roles=pick(kind.roles, lots[9]),
        price=pick(PRICES[pick(kind.prices, lots[10])], lots[11]),
        hours=hours,
        level_from=level_from,
        level_to=level_to,
        modes=modes,
        shifts=pick(SHIFTS, lots[12]),
        languages=pick(LANGUAGES, lots[13]),
        group_min=group_min,
        group_max=group_max,
        hours_per_week=hours_per_week,
        lead_days=pick(LEAD_DAYS, lots[14]),
        weeks=weeks,
        reach=pick(REACH, lots[15]),
        location=(home.latitude, home.longitude) if lots[16] % 4 else None,
        joint_committees=committees,
        nace_prefixes=activities,
        evidence=pick(EVIDENCE, lots[17]),
        tags=pick(kind.tags, lots[18]),
        places_left=pick(PLACES_LEFT, lots[19]),
        vat=pick(VAT, lots[20]),
    )


def _version_id(seed: int, index: int) -> str:
    """Twenty-two characters without order, as a published version has."""
    number = blake2b(f"version/{seed}/{index}".encode(), digest_size=16).digest()
    return urlsafe_b64encode(number)[:22].decode()
