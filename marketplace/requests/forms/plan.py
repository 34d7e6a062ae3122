"""The pages about dates, budget, what comes first, and the plugins' own questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from wtforms import Field, SelectField, ValidationError

from marketplace import clock
from marketplace.contract.rules import Question
from marketplace.contract.values import Json
from marketplace.i18n import _, lazy_
from marketplace.requests.forms.base import PageForm
from marketplace.requests.known import Known, topics
from marketplace.requests.vocabulary import DO_NOT_KNOW, USUAL_WEIGHT, WEIGHTS, Topic
from marketplace.web.forms import CHOOSE, Choice, Choices, Day, Euro, Filled, Whole, YesNo, options

FURTHEST = timedelta(days=5 * 366)
MOST_BUDGET_CENTS = 100_000_000_00
MOST_HOURS = 1_000_000
MOST_ANSWER = 1_000_000


class DatesForm(PageForm):
    """The wished start and the latest end; both may stay open."""

    start = Day(
        lazy_("Wanneer wilt u beginnen?"),
        required=False,
        hint=lazy_("Laat dit leeg als het u niet uitmaakt."),
    )
    latest_end = Day(
        lazy_("Wanneer moet het klaar zijn?"),
        required=False,
        hint=lazy_("Laat dit leeg als er geen einddatum is."),
    )

    def validate_start(self, field: Day) -> None:
        """Refuse the past and the far future."""
        self._in_sight(field)

    def validate_latest_end(self, field: Day) -> None:
        """Refuse an end before the start."""
        self._in_sight(field)
        if field.data and self.start.data and field.data <= self.start.data:
            raise ValidationError(_("Het einde ligt voor het begin. Kies een latere dag."))

    def _in_sight(self, field: Day) -> None:
        today = clock.today()
        if field.data and not today <= field.data <= today + FURTHEST:
            raise ValidationError(_("Kies een dag vanaf vandaag, en binnen de vijf jaar."))


def dates(_known: Known, _topic: Topic | None) -> type[PageForm]:
    """When it must happen."""
    return DatesForm


class BudgetForm(PageForm):
    """Two ceilings that only the employer sets: euro (kept as cents) and paid hours."""

    euro = Euro(
        lazy_("Hoeveel euro wilt u ten hoogste betalen?"),
        MOST_BUDGET_CENTS,
        hint=lazy_("Dit is wat u zelf betaalt, na steun. Met 0 zoeken wij alleen gratis hulp."),
    )
    hours = Whole(
        lazy_("Hoeveel betaalde uren maakt u ten hoogste vrij?"),
        0,
        MOST_HOURS,
        hint=lazy_(
            "Tel de uren van iedereen samen: 10 mensen die elk 8 uur volgen, is 80 uur. "
            "Met 0 zoeken wij alleen hulp waarvoor niemand weg moet van het werk."
        ),
    )


def budget(_known: Known, _topic: Topic | None) -> type[PageForm]:
    """What the employer will invest."""
    return BudgetForm


def priorities(known: Known, _topic: Topic | None) -> type[PageForm]:
    """A weight per need."""
    chosen = topics(known)

    class PrioritiesForm(PageForm):
        @classmethod
        def proposal(cls, known: Known) -> Mapping[str, Json]:
            return {topic.slug: str(USUAL_WEIGHT) for topic in chosen}

        @classmethod
        def filled(cls, stored: Mapping[str, Json]) -> PageForm:
            return super().filled({**cls.proposal(known), **stored})

    for topic in chosen:
        setattr(PrioritiesForm, topic.slug, _weight(topic))
    return PrioritiesForm


def _weight(topic: Topic) -> Field:
    return SelectField(
        topic.label, [Filled(CHOOSE)], choices=options(WEIGHTS), invalid_choice_message=CHOOSE
    )


def of_plugin(question: Question) -> type[PageForm]:
    """One question of a plugin."""

    class ExtraForm(PageForm):
        answer = _field(question)

    return ExtraForm


def _field(question: Question) -> Field:
    """The field of a question; every plugin question may be left unknown."""
    if question.kind == "yes_no":
        return YesNo(question.title, unknown=True)
    if question.kind == "number":
        return Whole(question.title, 0, MOST_ANSWER, required=False)
    if question.kind == "choices":
        return Choices(question.title, question.choices)
    return Choice(question.title, [*question.choices, DO_NOT_KNOW])
