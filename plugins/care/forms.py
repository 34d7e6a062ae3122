"""What an administrator can set."""

from __future__ import annotations

from marketplace.kit.forms import Form, Tick
from marketplace.kit.i18n import lazy_


class CareSettings(Form):
    """Settings of the care plugin, per deployment and per federation."""

    words_shown = Tick(lazy_("Toon de woordenlijst en de gids bij een advies"), default=True)
