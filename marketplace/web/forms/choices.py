"""Fields for choosing."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import BooleanField, RadioField, SelectMultipleField, widgets
from wtforms.fields.choices import SelectChoice

from marketplace.i18n import lazy_

from .base import CHOOSE, checks

NO_CHOICE = lazy_("Kies een antwoord uit de lijst.")


def options(pairs: Sequence[tuple[str, object]]) -> list[SelectChoice]:
    """Value and label pairs as WTForms wants them, also for a field's ``choices`` set later."""
    return [SelectChoice(value, label) for value, label in pairs]


class Choice(RadioField):
    """One of a few answers."""

    def __init__(
        self,
        label: object,
        choices: Sequence[tuple[str, object]],
        required: bool = True,
        hint: object = "",
        **kw: object,
    ) -> None:
        tests = checks(required, message=CHOOSE)
        super().__init__(
            label,
            tests,
            choices=options(choices),
            description=hint,
            invalid_choice_message=NO_CHOICE,
            **kw,
        )


class Choices(SelectMultipleField):
    """Any number of answers, as checkboxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def __init__(
        self,
        label: object,
        choices: Sequence[tuple[str, object]],
        required: bool = False,
        hint: object = "",
        **kw: object,
    ) -> None:
        tests = checks(required, message=CHOOSE)
        super().__init__(
            label,
            tests,
            choices=options(choices),
            description=hint,
            invalid_choice_message=NO_CHOICE,
            **kw,
        )


class YesNo(Choice):
    """Yes, no, or "I do not know" where ``unknown`` allows it; ``data`` is yes | no | unknown."""

    def __init__(self, label: object, unknown: bool = False, **kw: object) -> None:
        choices = [("yes", lazy_("Ja")), ("no", lazy_("Nee"))]
        super().__init__(label, choices + [("unknown", lazy_("Dat weet ik niet"))] * unknown, **kw)  # type: ignore[arg-type]


class Tick(BooleanField):
    """One box to tick."""
