"""The audit log: note a change in the transaction in hand, and who makes it."""

from marketplace.accounts.services.people import names
from marketplace.audit.services import actor, record

__all__ = ["actor", "names", "record"]
