"""The pages about what the employer wants to change, and for which group. Counts, never people."""

from __future__ import annotations

from collections.abc import Callable

from wtforms import ValidationError

from marketplace import reference
from marketplace.i18n import _, lazy_
from marketplace.requests.forms.base import PageForm
from marketplace.requests.known import Known, own_role, twins
from marketplace.requests.vocabulary import (
    DO_NOT_KNOW,
    LANES,
    LEVEL_ORDER,
    LEVELS,
    MODES,
    ROLES,
    SHIFTS,
    Topic,
    topics_of,
)
from marketplace.web.forms import Choice, Choices, Whole, YesNo

MOST_IN_GROUP = 10_000
SEVERAL = lazy_("U mag meer dan één antwoord kiezen.")


def _topic(topic: Topic | None) -> Topic:
    if topic is None:
        raise LookupError("this page is asked per need")
    return topic


def lanes(_known: Known, _no_topic: Topic | None) -> type[PageForm]:
    """Language, living together, people: at least one."""

    class LanesForm(PageForm):
        lanes = Choices(lazy_("Waar het om gaat"), LANES, required=True, hint=SEVERAL)

    return LanesForm


def situations(lane: str) -> Callable[[Known, Topic | None], type[PageForm]]:
    """The situations of one lane: at least one."""
    choices = [(topic.slug, topic.situation) for topic in topics_of(lane)]

    class SituationsForm(PageForm):
        topics = Choices(lazy_("Situaties"), choices, required=True, hint=SEVERAL)

    return lambda _known, _topic: SituationsForm


def same(known: Known, topic: Topic | None) -> type[PageForm]:
    """One of the groups described before, or another one."""
    before = [(other.slug, _same_as(known, other)) for other in twins(known, _topic(topic))]

    class SameForm(PageForm):
        same = Choice(lazy_("Groep"), [*before, ("no", lazy_("Nee, dit is een andere groep"))])

    return SameForm


def _same_as(known: Known, other: Topic) -> str:
    count = known.number(f"group.{other.slug}", "count")
    text = _("Ja, dezelfde groep als bij “%(need)s”", need=other.label)
    return f"{text} ({count})" if count else str(text)


def role(_known: Known, topic: Topic | None) -> type[PageForm]:
    """The kinds of people this need may be about."""
    choices = [(code, text) for code, text in ROLES if code in _topic(topic).roles]

    class RoleForm(PageForm):
        role = Choice(lazy_("Voor wie"), choices)

    return RoleForm


class GroupForm(PageForm):
    """How many people."""

    count = Whole(lazy_("Aantal"), 1, MOST_IN_GROUP)


class WorkersForm(GroupForm):
    """How many workers, and how many of them are new or temporary."""

    under_12_months = Whole(
        lazy_("Hoeveel van hen werken minder dan 12 maanden in Vlaanderen?"),
        0,
        MOST_IN_GROUP,
        required=False,
        hint=lazy_("Voor hen is er soms gratis coaching. Weet u het niet? Laat dit dan leeg."),
    )
    temps = Whole(
        lazy_("Hoeveel van hen zijn uitzendkracht?"),
        0,
        MOST_IN_GROUP,
        required=False,
        hint=lazy_("Weet u het niet? Laat dit dan leeg."),
    )

    def validate_under_12_months(self, field: Whole) -> None:
        """Refuse more than the group."""
        self._part_of_group(field)

    def validate_temps(self, field: Whole) -> None:
        """Refuse more than the group."""
        self._part_of_group(field)

    def _part_of_group(self, field: Whole) -> None:
        count = self.count.data
        if isinstance(count, int) and isinstance(field.data, int) and field.data > count:
            raise ValidationError(
                _("Dit is meer dan de hele groep van %(count)d. Kijk de aantallen na.", count=count)
            )


def group(known: Known, topic: Topic | None) -> type[PageForm]:
    """The counts of the group."""
    return WorkersForm if own_role(known, _topic(topic)) == "workers" else GroupForm


class LevelForm(PageForm):
    """The level now, the level wished for, and whether it is one level."""

    level_from = Choice(
        lazy_("Wat kan de groep nu?"),
        [*LEVELS, DO_NOT_KNOW],
        hint=lazy_("Kies wat voor de meeste mensen past."),
    )
    level_to = Choice(
        lazy_("Wat is nodig op het werk?"),
        [*LEVELS[1:], DO_NOT_KNOW],
        hint=lazy_("Voor veel functies is A2 genoeg."),
    )
    mixed_levels = YesNo(
        lazy_("Zitten er verschillende niveaus door elkaar?"),
        unknown=True,
        hint=lazy_(
            "Kies ja als het laagste en het hoogste meer dan één niveau verschillen. "
            "Dan past coaching vaak beter dan een les."
        ),
    )

    def validate_level_to(self, field: Choice) -> None:
        """Refuse a goal below the start."""
        now, goal = self.level_from.data, field.data
        if now in LEVEL_ORDER and goal in LEVEL_ORDER and goal < now:
            raise ValidationError(
                _("Dit is lager dan wat de groep nu al kan. Kies een hoger niveau.")
            )


def level(_known: Known, _no_topic: Topic | None) -> type[PageForm]:
    """The levels of the group."""
    return LevelForm


def languages(_known: Known, _no_topic: Topic | None) -> type[PageForm]:
    """The usual languages, to choose translations by; none is an answer."""
    usual = [(one.code, one.name) for one in reference.usual_languages() if one.code != "nl"]

    class LanguagesForm(PageForm):
        columns = True
        languages = Choices(
            lazy_("Talen"),
            usual,
            hint=lazy_("Kies alles wat past. Weet u het niet? Ga dan gewoon verder."),
        )

    return LanguagesForm


class ShiftsForm(PageForm):
    """The shifts of the group; none is unknown."""

    shifts = Choices(
        lazy_("Diensten"),
        SHIFTS,
        hint=lazy_("Kies alles wat past. Weet u het niet? Ga dan gewoon verder."),
    )


def shifts(_known: Known, _no_topic: Topic | None) -> type[PageForm]:
    """When the group works."""
    return ShiftsForm


class TimeForm(PageForm):
    """Hours a week off the floor; 0 is an answer, empty is unknown."""

    hours = Whole(
        lazy_("Uren per week"),
        0,
        40,
        required=False,
        hint=lazy_(
            "Het gaat om betaalde tijd, per persoon. "
            "0 mag: dan zoeken wij hulp tijdens het werk. Weet u het niet? Laat dit dan leeg."
        ),
    )


def time(_known: Known, _no_topic: Topic | None) -> type[PageForm]:
    """How long somebody can leave the floor."""
    return TimeForm


class ModesForm(PageForm):
    """Where help may happen; none means anywhere."""

    modes = Choices(
        lazy_("Plaatsen"),
        MODES,
        hint=lazy_("Kies alles wat kan. Maakt het niet uit? Ga dan gewoon verder."),
    )


def modes(_known: Known, _no_topic: Topic | None) -> type[PageForm]:
    """Where help may happen."""
    return ModesForm
