"""Which of the plugins' questions concern this request: ``Question.when`` over its facts."""

from __future__ import annotations

from marketplace.catalogue.criteria import holds, lookup
from marketplace.contract.rules import Question
from marketplace.contract.values import RequestFacts


def concerns(question: Question, facts: RequestFacts) -> bool:
    """Whether for some need every ``when`` criterion holds; one on something unknown does not."""
    looks = [lookup(facts, need) for need in facts.needs]
    return any(all(holds(criterion, look) for criterion in question.when) for look in looks)
