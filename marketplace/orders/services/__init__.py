"""Place an order, hand over to a partner, look them up, and change their status."""

from marketplace.orders.services.keys import new_key
from marketplace.orders.services.lines import hand_over_note, line_of, price_of
from marketplace.orders.services.lookup import (
    agreed_lines,
    find_order,
    find_referral,
    history,
    load_order,
    load_referral,
    standing,
)
from marketplace.orders.services.place import place_order, refer
from marketplace.orders.services.status import (
    cancel_order,
    confirm_order,
    deliver_order,
    withdraw_referral,
)

__all__ = [
    "agreed_lines",
    "cancel_order",
    "confirm_order",
    "deliver_order",
    "find_order",
    "find_referral",
    "hand_over_note",
    "history",
    "line_of",
    "load_order",
    "load_referral",
    "new_key",
    "place_order",
    "price_of",
    "refer",
    "standing",
    "withdraw_referral",
]
