"""Sites, origins and keys of a federation. Each function that changes something commits."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from marketplace.kit import clock
from marketplace.kit.audit import record
from marketplace.kit.errors import DomainError, NotFound
from marketplace.kit.i18n import _
from marketplace.kit.models import session
from marketplace.kit.theme import Theme, verdicts

from . import origins, sectors
from .models import EmbedKey, EmbedOrigin, EmbedSeen, EmbedSite
from .serving import forget

OVERLAP = timedelta(days=30)
MOST_SITES, MOST_ORIGINS, MOST_KEYS = 20, 30, 20


def sites(federation: str) -> Sequence[EmbedSite]:
    """The sites of a federation with their keys, the first made first."""
    query = select(EmbedSite).where(EmbedSite.federation == federation).order_by(EmbedSite.id)
    return session.scalars(query.options(selectinload(EmbedSite.keys))).all()


def site(federation: str, public_id: str) -> EmbedSite:
    """A site of this federation. Raises NotFound for another's."""
    query = select(EmbedSite).where(
        EmbedSite.public_id == public_id, EmbedSite.federation == federation
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound(public_id)
    return found


def add_site(federation: str, name: str, sector: str = "") -> EmbedSite:
    """A new site with a test key. Raises DomainError beyond twenty sites."""
    mine = select(func.count()).select_from(EmbedSite).where(EmbedSite.federation == federation)
    if (session.scalar(mine) or 0) >= MOST_SITES:
        raise DomainError("too-many-sites", _("U hebt al twintig sites. Gebruik er een opnieuw."))
    made = EmbedSite(
        federation=federation, name=name, sector=sector, offers=[], theme={}, created=clock.now()
    )
    made.keys = [_key("test")]
    session.add(made)
    session.flush()
    return _changed(made, "added", {"name": name, "sector": sector})


def change_site(found: EmbedSite, name: str, sector: str, offers: Sequence[str]) -> EmbedSite:
    """Another name, sector, or choice of offers; none chosen: all of the sector.

    Raises DomainError for a sector or an offer that nobody brings.
    """
    sector_found = sectors.find(sector)
    strange = set(offers) - set(sector_found.widget.offers)
    if sector != sector_found.widget.sector or strange:
        raise DomainError(
            "unknown-choice", _("Deze keuze bestaat niet meer. Laad de pagina opnieuw.")
        )
    found.name, found.sector, found.offers = name, sector, sorted(offers)
    return _changed(found, "changed", {"sector": sector, "offers": len(offers)})


def change_theme(found: EmbedSite, theme: Theme) -> EmbedSite:
    """Other colours. Raises DomainError where people could not read them."""
    for one in verdicts(theme):
        if not one.good:
            raise DomainError(
                "contrast",
                _(
                    "%(title)s: het contrast is %(ratio)s. Het moet minstens %(least)s zijn.",
                    title=one.title,
                    ratio=str(one.ratio).replace(".", ","),
                    least=str(one.least).replace(".", ","),
                ),
                one.field,
            )
    found.theme = asdict(theme)
    return _changed(found, "theme", dict(found.theme))


def add_origin(found: EmbedSite, text: str) -> EmbedSite:
    """Let a page show the widgets of this site; one that is there already changes nothing.

    Raises DomainError for what is no origin.
    """
    origin = origins.normal(text)
    if origin is None:
        raise DomainError(
            "bad-origin",
            _("Typ alleen het begin van het adres, zoals https://www.uwfederatie.be, zonder pad."),
            "origin",
        )
    if not (origin.startswith("https://") or origins.is_here(origin)):
        raise DomainError("not-https", _("Het adres moet met https:// beginnen."), "origin")
    if len(found.origins) >= MOST_ORIGINS:
        raise DomainError("too-many-origins", _("U hebt al dertig adressen."), "origin")
    if origin not in {one.origin for one in found.origins}:
        found.origins.append(EmbedOrigin(origin=origin))
    return _changed(found, "origin.added", {"origin": origin})


def drop_origin(found: EmbedSite, origin: str) -> EmbedSite:
    """No longer show the widgets there."""
    found.origins = [one for one in found.origins if one.origin != origin]
    return _changed(found, "origin.dropped", {"origin": origin})


def add_key(found: EmbedSite, mode: str) -> EmbedKey:
    """A new key of mode live or test. Raises DomainError beyond twenty keys."""
    if len(found.keys) >= MOST_KEYS:
        raise DomainError("too-many-keys", _("Deze site heeft al twintig sleutels."))
    made = _key(mode)
    found.keys.append(made)
    _changed(found, "key.added", {"key": made.key})
    return made


def rotate(found: EmbedSite, key: str) -> EmbedKey:
    """A new key of the same mode; the old one goes on for thirty days at most."""
    old = key_of(found, key)
    until = clock.now() + OVERLAP
    old.ends = min(old.ends, until) if old.ends else until
    return add_key(found, old.mode)


def end_key(found: EmbedSite, key: str) -> EmbedSite:
    """End a key now: its widgets show the link that stands in the page."""
    old, now = key_of(found, key), clock.now()
    old.ends = min(old.ends, now) if old.ends else now
    return _changed(found, "key.ended", {"key": key})


def key_of(found: EmbedSite, key: str) -> EmbedKey:
    """A key of this site. Raises NotFound for another's."""
    for one in found.keys:
        if one.key == key:
            return one
    raise NotFound(key)


def key_to_paste(found: EmbedSite) -> EmbedKey | None:
    """The key that snippets show: the newest live one, else the newest test key that works."""
    working = [one for one in found.keys if one.ends is None]
    return max(working, key=lambda one: (one.mode == "live", one.id), default=None)


def key_rows(found: EmbedSite) -> list[tuple[EmbedKey, str]]:
    """Every key with its state: working, ending or ended; what works first, the newest first."""
    now = clock.now()

    def state(one: EmbedKey) -> str:
        return "working" if one.ends is None else "ending" if one.ends > now else "ended"

    rows = [(one, state(one)) for one in found.keys]
    return sorted(rows, key=lambda row: (row[1] == "ended", -row[0].id))


def seen_of(found: EmbedSite) -> Sequence[EmbedSeen]:
    """Which pages asked for this site's widgets, the last one first."""
    mine = select(EmbedKey.id).where(EmbedKey.site_id == found.id)
    query = select(EmbedSeen).where(EmbedSeen.key_id.in_(mine)).order_by(EmbedSeen.last.desc())
    return session.scalars(query.limit(100)).all()


def _key(mode: str) -> EmbedKey:
    key = f"pk_{mode}_{secrets.token_hex(10)}"
    return EmbedKey(key=key, mode=mode, created=clock.now())


def _changed(found: EmbedSite, what: str, new: dict[str, object]) -> EmbedSite:
    record(f"widgets.{what}", f"embed_site:{found.public_id}", new=new)
    session.commit()
    forget()
    return found
