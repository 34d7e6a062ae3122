"""How an employer can pay: free, by transfer, or online with Stripe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import stripe

from marketplace.contract.values import Json
from marketplace.kit import settings
from marketplace.kit.clock import now
from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _, lazy_
from marketplace.kit.links import absolute
from marketplace.kit.models import session
from marketplace.kit.orders import Ordered

from . import api, books, calls, transfer
from .models import Attempt, Payment
from .opening import of_order, withdraw
from .states import OPEN
from .taking import STRIPE, refer

TRANSFER = "banktransfer"
LEAST_ONLINE_CENTS = 50
"""Stripe refuses less (docs.stripe.com/currencies, minimum charge for EUR)."""
STAYS_OPEN = timedelta(hours=23)
"""A page of Stripe may stay open for at most 24 hours."""
KINDS = ("card", "bancontact", "sepa_debit")


@dataclass(frozen=True, slots=True)
class Method:
    """A way to pay; ``ready`` says whether it can be offered for an amount in cents."""

    id: str
    title: object
    hint: object
    ready: Callable[[int], bool]


def _by_transfer(_cents: int) -> bool:
    return bool(settings.of("payments").get("by_transfer")) and transfer.account() is not None


def _online(cents: int) -> bool:
    by_card = bool(settings.of("payments").get("by_card"))
    return by_card and cents >= LEAST_ONLINE_CENTS and api.usable()


METHODS: Mapping[str, Method] = {
    TRANSFER: Method(
        TRANSFER,
        lazy_("Overschrijven"),
        lazy_("U schrijft zelf over, met een gestructureerde mededeling of een QR-code."),
        _by_transfer,
    ),
    STRIPE: Method(
        STRIPE,
        lazy_("Online betalen"),
        lazy_("Met Bancontact, kaart of domiciliëring, op de beveiligde pagina van Stripe."),
        _online,
    ),
}


def offered(cents: int) -> list[Method]:
    """The ways to pay this amount, here and now."""
    return [one for one in METHODS.values() if one.ready(cents)]


def choose(ordered: Ordered, method: str) -> None:
    """Begin to pay this way; commits. Choosing the same again changes nothing.

    Raises DomainError: not-payable, no-method, or stripe when its page cannot be opened now.
    """
    payment = of_order(ordered)
    if ordered.status == "cancelled" or payment.state not in OPEN:
        raise DomainError("not-payable", _("Voor deze bestelling is nu niets te betalen."))
    if method not in METHODS or not METHODS[method].ready(payment.amount_cents):
        raise DomainError("no-method", _("Zo kunt u nu niet betalen. Kies een andere manier."))
    attempt = _attempt(payment, method)
    books.settle(payment, f"chosen.{method}")
    if method == STRIPE and attempt.url is None:
        _open_page(payment, attempt)
    session.commit()


def current(payment: Payment | None) -> Attempt | None:
    """The way that was chosen and can be taken: a page of Stripe that never opened cannot."""
    found = _standing(payment) if payment else None
    return found if found and (found.method != STRIPE or found.url) else None


def _standing(payment: Payment) -> Attempt | None:
    if not payment.attempts or payment.state not in OPEN:
        return None
    last = payment.attempts[-1]
    return last if last.status == "open" and not _is_over(last) else None


def _attempt(payment: Payment, method: str) -> Attempt:
    found = _standing(payment)
    if found is not None and found.method == method:
        return found
    for one in payment.attempts:
        withdraw(one)
    number = len(payment.attempts) + 1
    made = Attempt(payment_id=payment.id, number=number, method=method, status="open")
    if method == STRIPE:
        made.until = now() + STAYS_OPEN
    payment.attempts.append(made)
    session.flush()
    return made


def _is_over(attempt: Attempt) -> bool:
    return attempt.until is not None and attempt.until <= now()


def _open_page(payment: Payment, attempt: Attempt) -> None:
    """Two transactions with the call between them: its key is kept before it is made."""
    key = f"checkout.{payment.order}.{attempt.number}"
    call = calls.write(payment, "checkout.create", key, _body(payment, attempt))
    key, body = calls.checked(call)
    payment_id, attempt_id = payment.id, attempt.id
    session.commit()
    try:
        page = calls.create_session(key, body)
    except stripe.StripeError as error:
        _not_opened(payment_id, attempt_id, error)
        raise DomainError(
            "stripe",
            _("De betaalpagina antwoordt nu niet. Probeer het straks opnieuw of schrijf over."),
        ) from error
    held = books.hold(payment_id)
    attempt = next(one for one in held.attempts if one.id == attempt_id)
    attempt.reference, attempt.url = page.id, page.url
    refer(held, page.id)
    calls.answered(key, page.id)


def _not_opened(payment_id: int, attempt_id: int, error: stripe.StripeError) -> None:
    """A call that was refused for its content is over; any other may have arrived: same key."""
    if not isinstance(error, stripe.InvalidRequestError):
        return
    held = books.hold(payment_id)
    next(one for one in held.attempts if one.id == attempt_id).status = "failed"
    books.settle(held, "checkout.refused")
    session.commit()


def _body(payment: Payment, attempt: Attempt) -> Mapping[str, Json]:
    back = absolute("x_payments.payments.show", order=payment.order)
    marks: Mapping[str, Json] = {"order": payment.order}
    price: Mapping[str, Json] = {
        "currency": "eur",
        "unit_amount": payment.amount_cents,
        "product_data": {"name": payment.title},
    }
    until = attempt.until
    assert until is not None  # noqa: S101 - set where the attempt is made
    return {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "payment_method_types": list(KINDS),
        "client_reference_id": payment.order,
        "metadata": marks,
        "payment_intent_data": {"metadata": marks},
        "success_url": f"{back}?terug=ja",
        "cancel_url": back,
        "expires_at": int(until.timestamp()),
        "locale": "nl",
        "submit_type": "pay",
    }
