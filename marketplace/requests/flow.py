"""The walk through the pages: what is asked now, what comes next, what came before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from marketplace.contract.rules import Question
from marketplace.requests.known import Known, own_role, topics
from marketplace.requests.pages import EXTRA, NEED, ORGANISATION, PLAN, SITUATION, Page
from marketplace.requests.vocabulary import Topic


@dataclass(frozen=True, slots=True)
class Step:
    """A page as it is asked now: of one need, of the whole request, or by a plugin."""

    page: Page
    topic: Topic | None = None
    asked: tuple[str, Question] | None = None  # by a plugin, with the id of its answer

    @property
    def key(self) -> str:
        """The name in the address and in the database."""
        part = self.topic.slug if self.topic else self.asked[0] if self.asked else None
        return f"{self.page.name}.{part}" if part else self.page.name

    def question(self, known: Known) -> object:
        """The question, which is the heading of the page."""
        if self.asked:
            return self.asked[1].title
        role = own_role(known, self.topic) if self.topic else None
        return self.page.by_role.get(role or "", self.page.question)

    @property
    def why(self) -> object:
        """Why it is asked."""
        return self.asked[1].why if self.asked else self.page.why

    def answered(self, known: Known) -> bool:
        """Whether there is an answer that still holds."""
        return self.key in known.answers and self.page.settled(known, self.topic)

    def told(self, known: Known) -> bool:
        """Whether the profile answers it, so that it need not be asked."""
        return self.key not in known.answers and self.page.told(known, self.topic)


def every(known: Known) -> Iterator[Step]:
    """Every page of this branch, in order; lazy, so that plugins are asked as late as possible."""
    for page in (*ORGANISATION, *SITUATION):
        if page.applies(known, None):
            yield Step(page)
    for topic in topics(known):
        yield from (Step(page, topic) for page in NEED if page.applies(known, topic))
    for page in PLAN:
        if page.applies(known, None):
            yield Step(page)
    yield from (Step(EXTRA, asked=asked) for asked in known.asked())


def steps(known: Known) -> Iterator[Step]:
    """Every page that is asked: what the profile tells is left out."""
    return (step for step in every(known) if not step.told(known))


def step(known: Known, key: str) -> Step | None:
    """The page of this key when this branch has it, else None."""
    return next((found for found in every(known) if found.key == key), None)


def following(known: Known, key: str | None = None) -> Step | None:
    """The next page without an answer: after ``key`` first, then any; None when all is answered."""
    earlier: Step | None = None
    passed = key is None
    for found in steps(known):
        if found.key == key:
            passed = True
        elif not found.answered(known):
            if passed:
                return found
            earlier = earlier or found
    return earlier


def preceding(known: Known, key: str) -> Step | None:
    """The page before this one, or None for the first."""
    before: Step | None = None
    for found in steps(known):
        if found.key == key:
            return before
        before = found
    return None
