"""Widgets: two tags that a sector federation pastes into its own site, and the console for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from marketplace.contract.hooks import impl
from marketplace.contract.pages import Attribution, Event, NavItem
from marketplace.kit.i18n import _

from . import counts, demo
from .serving import Served, look_up
from .views import console, public


@impl
def blueprints() -> Sequence[object]:
    """What other sites reach, and the console."""
    return (public.blueprint, console.blueprint)


@impl
def permissions() -> Mapping[str, str]:
    """Other sites are the public; the console is a federation's."""
    return {**dict.fromkeys(public.CROSS_SITE, "public"), **console.POLICY}


@impl
def cross_site() -> Mapping[str, str]:
    """Scripts and offers are fetched, the form is framed and posts."""
    return public.CROSS_SITE


@impl
def attribution(key: str) -> Attribution | None:
    """The federation of a key that may be used now."""
    found = look_up(key[:40])
    if not isinstance(found, Served) or found.has_ended:
        return None
    return Attribution(found.federation, found.key, is_test=found.is_test)


@impl
def nav(role: str | None) -> Sequence[NavItem]:
    """The console, for federations."""
    return (NavItem(_("Widgets"), "console.index", ("federation",)),)


@impl
def tell(event: Event) -> None:
    """Count what a key brought; in the demonstration, make the example site."""
    counts.count(event)
    if event.name == "demo.seeded":
        demo.add_example()
