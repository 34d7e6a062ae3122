"""What the local Stripe knows, and what people can do at its Checkout page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import cast

from . import objects, schema
from .schema import Tree

TABLES = ("checkout.session", "payment_intent", "charge", "refund", "dispute", "event")


class Refused(Exception):
    """What Stripe answers instead: HTTP status, error type, code and message."""

    def __init__(self, status: int, kind: str, code: str, message: str, param: str = "") -> None:
        super().__init__(message)
        self.status, self.kind, self.code, self.message = status, kind, code, message
        self.param = param


class World:
    """Every object by its id, in the order in which they were made. ``lock`` guards it all."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.lock = threading.RLock()
        self.tables: dict[str, dict[str, Tree]] = {name: {} for name in TABLES}
        self.told: list[Tree] = []
        self._now, self._count = now, 0
        self._run = f"{int(now() * 1000):x}"

    def now(self) -> int:
        """Seconds since 1970."""
        return int(self._now())

    def get(self, table: str, reference: str) -> Tree:
        """One object. Raises Refused ``resource_missing``."""
        found = self.tables[table].get(reference)
        if found is None:
            text = f"No such {table}: '{reference}'"
            raise Refused(404, "invalid_request_error", "resource_missing", text, "id")
        if table == "checkout.session" and found["status"] == "open" and self._is_over(found):
            self._expire(found)
        return found

    def open_session(self, asked: Tree, base: str) -> Tree:
        """A new Checkout Session. Raises Refused for a moment of expiry that Stripe refuses."""
        lines = cast("list[dict[str, dict[str, int]]]", asked.get("line_items") or [])
        amount = sum(
            line["price_data"]["unit_amount"] * cast("int", line.get("quantity", 1))
            for line in lines
        )
        if amount < 50:
            self._invalid("amount_too_small", "The total must be at least 0.50 eur", "line_items")
        until = cast("int", asked.get("expires_at") or self.now() + 24 * 3600)
        if not self.now() + 1795 <= until <= self.now() + 24 * 3600 + 5:
            self._invalid("", "expires_at must be 30 minutes to 24 hours ahead", "expires_at")
        number = self._number()
        url = f"{base}/pay/cs_test_{number}"
        return self._keep(objects.session(number, asked, amount, url, self.now()))

    def expire_session(self, reference: str) -> Tree:
        """Shut a page. Raises Refused when it is not open."""
        page = self._open(reference)
        self._expire(page)
        return page

    def pay(self, reference: str) -> None:
        """A card or Bancontact that works."""
        page = self._open(reference)
        found = self._intent(page)
        page["status"] = "complete"
        self._succeed(page, found)
        self.tell("checkout.session.completed", page)

    def decline(self, reference: str) -> None:
        """A card that is refused: the page stays open."""
        found = self._intent(self._open(reference))
        found["last_payment_error"] = {"code": "card_declined", "type": "card_error"}
        self.tell("payment_intent.payment_failed", found)

    def pend(self, reference: str) -> None:
        """A direct debit: the page is done, the money comes later or not."""
        page = self._open(reference)
        found = self._intent(page)
        page["status"], found["status"] = "complete", "processing"
        self.tell("payment_intent.processing", found)
        self.tell("checkout.session.completed", page)

    def end_debit(self, reference: str, ok: bool) -> None:
        """The bank answered a direct debit."""
        page = self.get("checkout.session", reference)
        found = self.get("payment_intent", str(page["payment_intent"]))
        if found["status"] != "processing":
            self._invalid("payment_intent_unexpected_state", "It is not processing", "status")
        if ok:
            self._succeed(page, found)
            self.tell("checkout.session.async_payment_succeeded", page)
        else:
            found["status"] = "requires_payment_method"
            self.tell("payment_intent.payment_failed", found)
            self.tell("checkout.session.async_payment_failed", page)

    def refund(self, asked: Tree) -> Tree:
        """Give money of a charge back. Raises Refused for more than is left."""
        charge = self._charge_of(str(asked.get("payment_intent") or ""))
        left = cast("int", charge["amount"]) - cast("int", charge["amount_refunded"])
        amount = cast("int", asked.get("amount") or left)
        if left == 0:
            self._invalid("charge_already_refunded", "It has already been refunded", "charge")
        if not 0 < amount <= left:
            self._invalid("", f"Refund amount is greater than unrefunded amount ({left})", "amount")
        made = self._keep(objects.refund(self._number(), charge, asked, amount, self.now()))
        charge["amount_refunded"] = cast("int", charge["amount_refunded"]) + amount
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
        self.tell("refund.created", made)
        self.tell("charge.refunded", charge)
        return made

    def fail_refund(self, reference: str) -> None:
        """The bank sent a refund back: the money is at Stripe again."""
        made = self.get("refund", reference)
        charge = self.get("charge", str(made["charge"]))
        made["status"] = "failed"
        left = cast("int", charge["amount_refunded"]) - cast("int", made["amount"])
        charge["amount_refunded"], charge["refunded"] = left, False
        self.tell("refund.failed", made)

    def dispute(self, reference: str) -> Tree:
        """Who paid with this session asks the bank for the money back."""
        page = self.get("checkout.session", reference)
        charge = self._charge_of(str(page["payment_intent"]))
        if charge["disputed"]:
            self._invalid("charge_disputed", "It is disputed already", "charge")
        made = self._keep(objects.dispute(self._number(), charge, self.now()))
        charge["disputed"] = True
        self.tell("charge.dispute.created", made)
        return made

    def close_dispute(self, reference: str, won: bool) -> None:
        """The bank decided."""
        found = self.get("dispute", reference)
        found["status"] = "won" if won else "lost"
        self.tell("charge.dispute.closed", found)

    def tell(self, kind: str, about: Tree) -> None:
        """Keep an event about an object that is still what Stripe says it is."""
        now = self.now()
        made = objects.event(self._number(), kind, schema.answer(about), now, schema.version())
        self.told.append(self._keep(made))

    def _succeed(self, page: Tree, found: Tree) -> None:
        charge = self._keep(objects.charge(self._number(), found, self.now()))
        found["status"], found["latest_charge"] = "succeeded", charge["id"]
        found["amount_received"], found["last_payment_error"] = found["amount"], None
        page["payment_status"] = "paid"
        self.tell("charge.succeeded", charge)
        self.tell("payment_intent.succeeded", found)

    def _intent(self, page: Tree) -> Tree:
        if page["payment_intent"] is None:
            made = self._keep(objects.intent(self._number(), page, self.now()))
            page["payment_intent"] = made["id"]
        return self.get("payment_intent", str(page["payment_intent"]))

    def _charge_of(self, intent: str) -> Tree:
        found = self.get("payment_intent", intent)
        if found["latest_charge"] is None:
            self._invalid("charge_not_found", "It has no successful charge", "payment_intent")
        return self.get("charge", str(found["latest_charge"]))

    def _open(self, reference: str) -> Tree:
        page = self.get("checkout.session", reference)
        if page["status"] != "open":
            self._invalid("", f"Only open sessions; this one is {page['status']}", "session")
        return page

    def _expire(self, page: Tree) -> None:
        page["status"], page["url"] = "expired", None
        self.tell("checkout.session.expired", page)

    def _is_over(self, page: Tree) -> bool:
        return cast("int", page["expires_at"]) <= self.now()

    def _keep(self, made: Tree) -> Tree:
        self.tables[str(made["object"])][str(made["id"])] = made
        return made

    def _number(self) -> str:
        self._count += 1
        return f"{self._run}{self._count:06d}"

    def _invalid(self, code: str, message: str, param: str) -> None:
        raise Refused(400, "invalid_request_error", code, message, param)
