"""Orders and referrals: how they stand."""

from marketplace.orders.services import standing

__all__ = ["standing"]
