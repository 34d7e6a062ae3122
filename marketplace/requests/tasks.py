"""The task list: what can be filled in, and how far each part is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from marketplace.requests.flow import Step, every
from marketplace.requests.known import Known
from marketplace.requests.pages import SECTIONS


@dataclass(frozen=True, slots=True)
class Task:
    """A part of the request. ``status``: done | busy | todo; ``key`` is the page to open."""

    label: object
    status: str
    key: str
    hint: object = None


def tasks(known: Known) -> list[Task]:
    """One task per section, and in the section of the needs one per need."""
    return [_task(known, tuple(group)) for _part, group in groupby(every(known), _part_of)]


def finished(known: Known) -> bool:
    """Whether every page of this branch is answered, or told by the profile."""
    return all(task.status == "done" for task in tasks(known))


def _part_of(step: Step) -> tuple[str, str]:
    return step.page.section, step.topic.slug if step.topic else ""


def _task(known: Known, steps: Sequence[Step]) -> Task:
    first, topic = steps[0], steps[0].topic
    open_pages = tuple(_open(known, steps))
    started = any(step.key in known.answers for step in steps)
    status = ("busy" if started else "todo") if open_pages else "done"
    return Task(
        label=topic.label if topic else SECTIONS[first.page.section],
        status=status,
        key=(open_pages or (first,))[0].key,
        hint=topic.situation if topic else None,
    )


def _open(known: Known, steps: Sequence[Step]) -> Iterator[Step]:
    return (step for step in steps if not step.answered(known) and not step.told(known))
