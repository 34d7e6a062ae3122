"""Which of the plugins' questions concern this request: ``Question.when`` over its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from marketplace.contract.rules import Question, Test
from marketplace.contract.values import Json, RequestFacts

Values = frozenset[Json]
OPERATORS: Mapping[str, Callable[[Values, Values], bool]] = {
    "is": lambda actual, wanted: bool(actual & wanted),
    "in": lambda actual, wanted: bool(actual & wanted),
    "overlaps": lambda actual, wanted: bool(actual & wanted),
    "not_in": lambda actual, wanted: not actual & wanted,
    "at_least": lambda actual, wanted: max(_numbers(actual)) >= max(_numbers(wanted)),
    "at_most": lambda actual, wanted: min(_numbers(actual)) <= min(_numbers(wanted)),
}


def concerns(question: Question, facts: RequestFacts) -> bool:
    """Whether every ``when`` test holds; a test on something unknown does not."""
    return all(_holds(test, facts) for test in question.when)


def _holds(test: Test, facts: RequestFacts) -> bool:
    actual = frozenset(value for value in _values(test.subject, facts) if value is not None)
    return bool(actual) and OPERATORS[test.op](actual, frozenset(_flat(test.value)))


def _values(subject: str, facts: RequestFacts) -> Iterator[Json]:
    """Every value of a subject: of the employer, the place, or of any need."""
    part, _dot, name = subject.partition(".")
    if name in {"joint_committees", "nace_prefixes"}:
        yield from _codes(name, facts)
    elif part in {"employer", "place"}:
        yield from _flat(getattr(getattr(facts, part), name, None))
    elif part == "need":
        for need in facts.needs:
            yield from _flat(getattr(need, name, None) or getattr(need.group, name, None))


def _codes(name: str, facts: RequestFacts) -> Iterator[Json]:
    """A joint committee with its parent, a NACE code with all its beginnings, without the dots."""
    if name == "joint_committees":
        for code in facts.employer.joint_committees:
            yield from (code, code.split(".")[0])
        return
    digits = (facts.employer.nace or "").replace(".", "")
    yield from (digits[:length] for length in range(1, len(digits) + 1))


def _flat(value: object) -> Iterator[Json]:
    if isinstance(value, list | tuple | frozenset):
        yield from value
    elif value is None or isinstance(value, bool | int | str):
        yield value


def _numbers(values: Values) -> list[int]:
    return [value for value in values if isinstance(value, int)] or [0]
