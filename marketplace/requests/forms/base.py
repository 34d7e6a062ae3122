"""What the forms of all pages share: from stored answers to fields and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wtforms import Field

from marketplace.contract.values import Json
from marketplace.requests.known import Known
from marketplace.web.forms import Day, Form


class PageForm(Form):
    """A form whose fields are the answers of one page. ``columns`` lays options side by side."""

    columns = False

    @classmethod
    def proposal(cls, known: Known) -> Mapping[str, Json]:
        """What is filled in before anything was saved."""
        return {}

    @classmethod
    def filled(cls, stored: Mapping[str, Json]) -> PageForm:
        """The form with stored answers; dates were stored as ISO text."""
        form = cls(data=dict(stored))
        for field in form:
            if isinstance(field, Day) and isinstance(field.data, str):
                field.data = date.fromisoformat(field.data)
        return form

    def questions(self) -> list[Field]:
        """The fields that a person fills in."""
        return [field for field in self if field.type != "CSRFTokenField"]

    def answers(self) -> dict[str, Json]:
        """The answers as they are stored."""
        return {field.name: _plain(field.data) for field in self.questions()}


def _plain(value: object) -> Json:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [str(item) for item in value if item]
    if value is None or isinstance(value, bool | int | str):
        return value or None if isinstance(value, str) else value
    raise TypeError(f"{type(value).__name__} cannot be stored")
