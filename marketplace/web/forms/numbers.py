"""Fields for amounts and dates: ``data`` is the value or None, what was typed is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from wtforms import StringField, widgets

from marketplace import money
from marketplace.i18n import lazy_

from .base import checks

_WHOLE = re.compile(r"\d{1,15}|\d{1,3}(?:[. \u00a0\u202f]\d{3}){1,4}", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEARS = range(1900, 2101)


class Whole(StringField):
    """A whole number from ``least`` to ``most``; ``data`` is int or None, typed text is kept."""

    def __init__(
        self,
        label: object,
        least: int = 0,
        most: int = 100_000,
        required: bool = True,
        hint: object = "",
        **kw: object,
    ) -> None:
        super().__init__(
            label, checks(required), description=hint, render_kw={"inputmode": "numeric"}, **kw
        )
        self.least, self.most = least, most
        self.typed: str | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read digits, with spaces or points between the thousands."""
        self.typed = valuelist[0] if valuelist else None
        self.data = None
        digits = (self.typed or "").strip()
        if not digits:
            return
        if not _WHOLE.fullmatch(digits):
            raise ValueError(lazy_("Typ een heel getal, zonder letters of tekens."))
        number = int(re.sub(r"\D", "", digits))
        if not self.least <= number <= self.most:
            raise ValueError(
                lazy_("Typ een getal van %(least)d tot %(most)d.", least=self.least, most=self.most)
            )
        self.data = number

    def _value(self) -> str:
        return self.typed if self.typed is not None else "" if self.data is None else str(self.data)


class Euro(StringField):
    """An amount in euro; ``data`` is integer cents or None, typed text is kept."""

    def __init__(
        self,
        label: object,
        most_cents: int = 100_000_000_00,
        required: bool = True,
        hint: object = "",
        **kw: object,
    ) -> None:
        super().__init__(
            label, checks(required), description=hint, render_kw={"inputmode": "decimal"}, **kw
        )
        self.most_cents = most_cents
        self.typed: str | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read an amount as people type it."""
        self.typed = valuelist[0] if valuelist else None
        self.data = None
        if not (self.typed or "").strip():
            return
        try:
            cents = money.parse_euro(self.typed or "")
        except ValueError:
            raise ValueError(lazy_("Typ een bedrag zoals 4000 of 4.000,50.")) from None
        if not 0 <= cents <= self.most_cents:
            raise ValueError(
                lazy_("Typ een bedrag van 0 tot %(most)s.", most=money.euro(self.most_cents))
            )
        self.data = cents

    def _value(self) -> str:
        return (
            self.typed
            if self.typed is not None
            else ""
            if self.data is None
            else money.plain(self.data)
        )


class Day(StringField):
    """A date; read as 2027-02-01 or 1/2/2027."""

    widget = widgets.DateInput()

    def __init__(
        self, label: object, required: bool = True, hint: object = "", **kw: object
    ) -> None:
        super().__init__(label, checks(required), description=hint, **kw)
        self.typed: str | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read a date in either notation."""
        self.typed = (valuelist[0] if valuelist else "").strip()
        self.data = None
        if not self.typed:
            return
        match = _DAY.fullmatch(self.typed)
        text = f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}" if match else self.typed
        try:
            found = date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
        except ValueError:
            found = None
        if found is None or found.year not in _YEARS:
            raise ValueError(lazy_("Typ een datum zoals 1/2/2027."))
        self.data = found

    def _value(self) -> str:
        return self.data.isoformat() if self.data else self.typed or ""
