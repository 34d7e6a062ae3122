"""The example of the demonstration: a site of the example federation, on zorg.localhost."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select

from marketplace.kit import clock
from marketplace.kit.models import session

from .models import EmbedKey, EmbedOrigin, EmbedSite

FEDERATION = "demo-federatie"
LIVE, TEST = "pk_live_voorbeeld", "pk_test_voorbeeld"


def add_example() -> None:
    """Make the site once, in the transaction in hand, and list the port that is in use now."""
    found = session.scalars(select(EmbedKey).where(EmbedKey.key == LIVE)).one_or_none()
    site = found.site if found else _site()
    port = urlsplit(str(current_app.config["PUBLIC_URL"])).port or 80
    origin = f"http://zorg.localhost:{port}"
    if origin not in {one.origin for one in site.origins}:
        site.origins.append(EmbedOrigin(origin=origin))


def _site() -> EmbedSite:
    now = clock.now()
    keys = [EmbedKey(key=key, mode=key[3:7], created=now) for key in (TEST, LIVE)]
    made = EmbedSite(
        federation=FEDERATION, name="Voorbeeldsite", sector="zorg", offers=[], theme={}, created=now
    )
    made.keys = keys
    session.add(made)
    return made
