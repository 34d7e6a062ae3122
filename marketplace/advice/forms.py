"""What if: another budget, other hours."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.i18n import lazy_
from marketplace.web.forms import Euro, Form, Whole

MOST_DIGITS = 12


class WhatIfForm(Form):
    """The employer's two ceilings, changed on the advice page itself."""

    net = Euro(lazy_("Budget in euro"), hint=lazy_("0 mag ook."))
    hours = Whole(lazy_("Vrij te maken uren"), most=1_000_000, hint=lazy_("In totaal. 0 mag ook."))

    def propose(self, address: Mapping[str, str]) -> None:
        """Fill in what a link proposes as ``net_cents`` and ``hours``; anything odd is left out."""
        for field, name, most in (
            (self.net, "net_cents", self.net.most_cents),
            (self.hours, "hours", self.hours.most),
        ):
            text = address.get(name, "")
            if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
                field.data = min(int(text), most)
