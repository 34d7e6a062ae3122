"""A federation with one site, listed on two origins, with a live and a test key."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from marketplace.accounts.services import add_organisation, find_organisation
from marketplace.db import writing
from plugins.widgets import services

HERE = "https://zorg.example"
ALSO = "https://www.zorg.example:8443"


@dataclass(frozen=True)
class Embed:
    """What a test needs of the site."""

    site: str
    live: str
    test: str


def make_embed(app, federation="zorgfederatie", origins=(HERE, ALSO), sector="zorg"):
    with app.app_context(), writing():
        if find_organisation(federation) is None:
            add_organisation("federation", "Zorgfederatie", federation)
        site = services.add_site(federation, "Onze site", sector)
        for origin in origins:
            services.add_origin(site, origin)
        live = services.add_key(site, "live")
        return Embed(site.public_id, live.key, site.keys[0].key)


@pytest.fixture
def embed(market):
    """The site, ready to be shown."""
    return make_embed(market)


@pytest.fixture
def change(app):
    """Change the site as its federation would: ``change(embed, services.end_key, embed.live)``."""

    def act(embed, what, *arguments):
        with app.app_context(), writing():
            site = services.site("zorgfederatie", embed.site)
            return what(site, *arguments)

    return act
