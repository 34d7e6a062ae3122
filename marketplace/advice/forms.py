"""What if: another budget, other hours."""

from __future__ import annotations

from marketplace.i18n import lazy_
from marketplace.web.forms import Euro, Form, Whole


class WhatIfForm(Form):
    """The employer's two ceilings, changed on the advice page itself."""

    net = Euro(lazy_("Budget in euro"), hint=lazy_("0 mag ook."))
    hours = Whole(lazy_("Vrij te maken uren"), most=1_000_000, hint=lazy_("In totaal. 0 mag ook."))
