"""What is known about a request so far: the answers per page and the employer's own profile."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from marketplace import reference
from marketplace.contract.rules import Question
from marketplace.contract.values import Employer, Json
from marketplace.requests.vocabulary import LANES, UNKNOWN, Topic, topics_of

Answers = Mapping[str, Mapping[str, Json]]
Asked = Sequence[tuple[str, Question]]
"""Plugin questions with the id their answer is kept under: ``<plugin id>.<key>``."""


@dataclass(frozen=True, slots=True)
class Site:
    """An establishment of the employer: its public id, name and REFNIS code."""

    public_id: str
    name: str
    refnis: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What the account already tells; nothing in it is asked again."""

    employer: Employer = field(default_factory=Employer)
    sites: tuple[Site, ...] = ()


def _nothing_asked() -> Asked:
    return ()


@dataclass(frozen=True)
class Known:
    """The answers by page key (``group.clear-language``) beside the profile.

    ``asked`` gives the plugins' questions; it is only called when the walk gets that far.
    """

    answers: Answers = field(default_factory=dict)
    profile: Profile = field(default_factory=Profile)
    asked: Callable[[], Asked] = _nothing_asked

    @cached_property
    def groups(self) -> Mapping[str, tuple[Topic, tuple[Topic, ...]]]:
        """Per need the need that describes its group, and those it could share with; one pass."""
        found: dict[str, tuple[Topic, tuple[Topic, ...]]] = {}
        own: list[Topic] = []
        for topic in topics(self):
            able = tuple(other for other in own if own_role(self, other) in topic.roles)
            chosen = self.text(f"same.{topic.slug}", "same")
            shared = next((other for other in able if other.slug == chosen), None)
            found[topic.slug] = (shared or topic, able)
            if shared is None:
                own.append(topic)
        return found

    def answer(self, page: str, name: str) -> Json:
        """One stored value, or None."""
        return self.answers.get(page, {}).get(name)

    def text(self, page: str, name: str) -> str | None:
        """A stored text; None when absent, empty or "I do not know"."""
        value = self.answer(page, name)
        return value if isinstance(value, str) and value not in {"", UNKNOWN} else None

    def number(self, page: str, name: str) -> int | None:
        """A stored whole number, or None."""
        value = self.answer(page, name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def day(self, page: str, name: str) -> date | None:
        """A stored date, or None."""
        text = self.text(page, name)
        return date.fromisoformat(text) if text else None

    def several(self, page: str, name: str) -> tuple[str, ...]:
        """A stored list of words; empty when absent."""
        value = self.answer(page, name)
        return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()


def topics(known: Known) -> tuple[Topic, ...]:
    """The chosen topics of the chosen lanes, in the order they are asked."""
    lanes = known.several("lanes", "lanes")
    return tuple(
        topic
        for lane, _label in LANES
        if lane in lanes
        for topic in topics_of(lane)
        if topic.slug in known.several(f"situations-{lane}", "topics")
    )


def own_role(known: Known, topic: Topic) -> str | None:
    """Whom a need with a group of its own is about: the topic's only role, or the one chosen."""
    if len(topic.roles) == 1:
        return topic.roles[0]
    chosen = known.text(f"role.{topic.slug}", "role")
    return chosen if chosen in topic.roles else None


def twins(known: Known, topic: Topic) -> tuple[Topic, ...]:
    """Earlier needs whose group this one may share: same kind of people, described in full."""
    return known.groups[topic.slug][1]


def group_of(known: Known, topic: Topic) -> Topic:
    """The need under whose keys the group of this need is described: an earlier one, or itself."""
    return known.groups[topic.slug][0]


def role(known: Known, topic: Topic) -> str | None:
    """Whom a need is about, its shared group considered; None while nobody said."""
    return own_role(known, group_of(known, topic))


def legal_form(known: Known) -> str | None:
    """The legal form as answered, else as the profile has it."""
    if "legal-form" in known.answers:
        return known.text("legal-form", "legal_form")
    return known.profile.employer.legal_form


def headcount(known: Known) -> int | None:
    """The head count as answered, else as the profile has it."""
    if "headcount" in known.answers:
        return known.number("headcount", "headcount")
    return known.profile.employer.headcount


def committees(known: Known) -> tuple[str, ...]:
    """Joint committees as answered: the ticked ones, then the typed ones, each once."""
    typed = committee_codes(known.text("sector", "other") or "")
    return tuple(dict.fromkeys((*known.several("sector", "usual"), *typed)))


def committee_codes(text: str) -> tuple[str, ...]:
    """The codes in ``330, 200 en 145.04``; unknown words are left out."""
    found = (reference.joint_committee(word) for word in committee_words(text))
    return tuple(committee.code for committee in found if committee)


def committee_words(text: str) -> tuple[str, ...]:
    """The words in a list of joint committees, without ``en`` and ``PC``."""
    words = re.split(r"[,;/\s]+", text)
    return tuple(word for word in words if word and word.casefold() not in {"en", "pc", "psc"})
