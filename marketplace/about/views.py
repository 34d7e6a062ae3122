"""The pages about the service itself; everybody may read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from flask import Blueprint, current_app, render_template

from marketplace import reference
from marketplace.about import agencies, attribution, keeping
from marketplace.contract.pages import NavItem
from marketplace.i18n import _

blueprint = Blueprint("about", __name__, url_prefix="/over")

POLICY = {
    "about.contact": "public",
    "about.accessibility": "public",
    "about.privacy": "public",
    "about.sources": "public",
}
LINKS: Sequence[Callable[[], NavItem]] = (
    lambda: NavItem(_("Contact"), "about.contact", place="footer"),
    lambda: NavItem(_("Toegankelijkheid"), "about.accessibility", place="footer"),
    lambda: NavItem(_("Privacy"), "about.privacy", place="footer"),
    lambda: NavItem(_("Bronnen"), "about.sources", place="footer"),
)
LOOKED_AT = date(2026, 11, 22)
"""The day on which the statements on accessibility and privacy were last held to the code."""


@blueprint.get("/contact")
def contact() -> str:
    """The four agencies and where each works."""
    return render_template("about/contact.html", agencies=agencies.agencies(), **_owner())


@blueprint.get("/toegankelijkheid")
def accessibility() -> str:
    """The accessibility statement."""
    return render_template("about/accessibility.html", looked_at=LOOKED_AT, **_owner())


@blueprint.get("/privacy")
def privacy() -> str:
    """What is kept about whom, and for how long."""
    return render_template(
        "about/privacy.html", looked_at=LOOKED_AT, keeping=keeping.periods(), **_owner()
    )


@blueprint.get("/bronnen")
def sources() -> str:
    """Whose data and software this service is built on."""
    return render_template(
        "about/sources.html",
        tables=attribution.tables(),
        day=max(source.built_on for source in reference.sources()),
        packages=attribution.packages(current_app.static_folder or ""),
    )


def _owner() -> dict[str, object]:
    """Who runs this installation, as far as its settings say so."""
    return {"owner": current_app.config["SITE_OWNER"], "mail": current_app.config["CONTACT_MAIL"]}
