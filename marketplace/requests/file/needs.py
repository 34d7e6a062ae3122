"""The needs of a request file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from marketplace import reference
from marketplace.contract.values import Group, Need
from marketplace.requests.file.reading import Reader, short
from marketplace.requests.vocabulary import (
    LEVEL_ORDER,
    MODE_CODES,
    ROLE_CODES,
    SHIFT_CODES,
    TOPICS,
)

MOST_NEEDS = 64
NEED = (
    "id",
    "topic",
    "weight",
    "group",
    "shifts",
    "hours_off_floor_per_week",
    "modes",
    "latest_end",
)
GROUP = (
    "count",
    "role",
    "level_from",
    "level_to",
    "mixed_levels",
    "under_12_months",
    "temps",
    "languages",
)
_PLUGIN_TOPIC = re.compile(r"[a-z][a-z0-9_]{0,39}:[a-z0-9][a-z0-9-]{0,79}")


def read_needs(reader: Reader, root: Mapping[str, object]) -> tuple[Need, ...]:
    """From 1 to 64 needs with ids of their own."""
    value = root.get("needs")
    if value is None:
        reader.refuse("needs", "is missing")
        return ()
    if not isinstance(value, list):
        reader.refuse("needs", f"must be a list, not {short(value)}")
        return ()
    if not 1 <= len(value) <= MOST_NEEDS:
        reader.refuse("needs", f"must hold from 1 to {MOST_NEEDS} needs, not {len(value)}")
        return ()
    needs = tuple(_need(reader, item, index) for index, item in enumerate(value))
    seen: set[str] = set()
    for index, need in enumerate(needs):
        if need.id in seen:
            reader.refuse(f"needs[{index}].id", f"is given twice: {short(need.id)}")
        seen.add(need.id)
    return needs


def _need(reader: Reader, item: object, index: int) -> Need:
    path = f"needs[{index}]"
    need = reader.record(item, path, NEED)
    hours = reader.whole(need.get("hours_off_floor_per_week"), f"{path}.hours_off_floor_per_week")
    weight = reader.whole(need.get("weight"), f"{path}.weight")
    return Need(
        id=reader.text(need.get("id"), f"{path}.id", most=80) or f"n{index}",
        topic=_topic(reader, need.get("topic"), f"{path}.topic"),
        group=_group(reader, reader.part(need, path, "group", GROUP), f"{path}.group"),
        weight=1 if weight is None else weight,
        shifts=reader.several(need.get("shifts"), f"{path}.shifts", _word(reader, SHIFT_CODES)),
        hours_off_floor_per_week=hours,
        modes=reader.several(need.get("modes"), f"{path}.modes", _word(reader, MODE_CODES)),
        latest_end=reader.day(need.get("latest_end"), f"{path}.latest_end"),
    )


def _topic(reader: Reader, value: object, path: str) -> str:
    if value is None:
        reader.refuse(path, "is missing")
    topic = reader.text(value, path, most=120) or ""
    if topic and topic not in TOPICS and not _PLUGIN_TOPIC.fullmatch(topic):
        reader.refuse(path, f"{short(topic)} is not a known topic")
    return topic


def _group(reader: Reader, group: Mapping[str, object], path: str) -> Group:
    count = reader.whole(group.get("count"), f"{path}.count", least=1)
    read = Group(
        count=count or 1,
        role=reader.one_of(group.get("role"), f"{path}.role", ROLE_CODES) or "workers",
        level_from=reader.one_of(group.get("level_from"), f"{path}.level_from", LEVEL_ORDER),
        level_to=reader.one_of(group.get("level_to"), f"{path}.level_to", LEVEL_ORDER),
        mixed_levels=reader.flag(group.get("mixed_levels"), f"{path}.mixed_levels"),
        under_12_months=reader.whole(group.get("under_12_months"), f"{path}.under_12_months"),
        temps=reader.whole(group.get("temps"), f"{path}.temps"),
        languages=reader.several(group.get("languages"), f"{path}.languages", _language(reader)),
    )
    for key, part in (("under_12_months", read.under_12_months), ("temps", read.temps)):
        if count is not None and part is not None and part > count:
            reader.refuse(f"{path}.{key}", f"is more than the group of {count}")
    if read.level_from and read.level_to and read.level_to < read.level_from:
        reader.refuse(f"{path}.level_to", f"is below level_from {read.level_from}")
    return read


def _word(reader: Reader, allowed: Sequence[str]) -> Callable[[object, str], str | None]:
    return lambda value, path: reader.one_of(value, path, allowed)


def _language(reader: Reader) -> Callable[[object, str], str | None]:
    def read(value: object, path: str) -> str | None:
        code = reader.text(value, path, most=20)
        if code and reference.language(code) is None:
            reader.refuse(path, f"{short(code)} is not a known language code")
        return code.lower() if code else None

    return read
