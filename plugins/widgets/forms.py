"""Forms of the console."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.kit.forms import Choice, Form, Text
from marketplace.kit.i18n import lazy_

from .sectors import Sector


class SiteForm(Form):
    """A site and the sector it shows."""

    name = Text(lazy_("Naam van de site"), most=80, hint=lazy_("Alleen u ziet deze naam."))
    sector = Choice(lazy_("Sector"), [], required=False)

    @classmethod
    def with_sectors(cls, known: Mapping[str, Sector], **data: object) -> SiteForm:
        """The form with the sectors that plugins bring."""

        class Made(cls):  # type: ignore[valid-type, misc]
            sector = Choice(
                lazy_("Sector"),
                [
                    ("", lazy_("Geen: toon het hele aanbod")),
                    *((name, found.widget.title) for name, found in known.items()),
                ],
                required=False,
                default="",
            )

        made: SiteForm = Made(data=data)
        return made
