"""Payments: what an order costs is paid by transfer or online, refunded, and booked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import click

from marketplace.contract.hooks import impl
from marketplace.contract.pages import Check, Companion, Event, NavItem, Panel
from marketplace.contract.values import Json
from marketplace.kit import orders

from . import desk, health, news, opening, reconcile, statements, views, worker
from .devstripe import command as devstripe
from .forms import PaymentSettings

__all__ = ["worker"]

TOLD: Mapping[str, Callable[[orders.Ordered], object]] = {
    "order.placed": opening.of_order,
    "order.confirmed": opening.confirm,
    "order.cancelled": opening.cancel,
    "payment.paid": news.paid,
}
"""What a payment does when this happens to its order."""

ON_STATEMENTS: Mapping[str, Callable[[Event], None]] = {
    "money.received": statements.for_order,
    "bank.received": statements.by_communication,
}
"""What it does with money that came in at the bank."""


@impl
def tell(event: Event) -> None:
    """Follow the order; take money that another plugin found on a bank statement."""
    if event.name in TOLD:
        TOLD[event.name](orders.facts_of(event.subject))
    elif event.name in ON_STATEMENTS:
        ON_STATEMENTS[event.name](event)


@impl
def blueprints() -> Sequence[object]:
    """The employer's page, the desk's pages, the door for Stripe."""
    return (views.blueprint, desk.blueprint)


@impl
def permissions() -> Mapping[str, str]:
    """Employers see their own, the desk sees all, Stripe signs what it posts."""
    return views.POLICY | desk.POLICY


@impl
def nav(role: str | None) -> Sequence[NavItem]:
    """The desk's list of what needs a person."""
    return desk.links(role)


@impl
def panels(slot: str, subject: Mapping[str, Json]) -> Sequence[Panel]:
    """What is to be paid, on the page of an order; the books of a dossier, at the desk."""
    if slot == "order":
        return views.order_panel(str(subject["order"]))
    if slot == "desk.request":
        return desk.dossier_panel(str(subject["request"]))
    return ()


@impl
def settings_form() -> type:
    """The account and the ways to pay."""
    return PaymentSettings


@impl
def commands() -> Sequence[click.Command]:
    """``flask payments`` and, for development, ``flask devstripe``."""
    return (reconcile.group, devstripe.group)


@impl
def companions(url: str) -> Sequence[Companion]:
    """In the demo people pay at a local Stripe."""
    return devstripe.companions(url)


@impl
def checks() -> Sequence[Check]:
    """Whether people can pay, whether the books agree, and what waits for a person."""
    return health.checks()
