"""The audit log: note a change in the transaction in hand."""

from marketplace.audit.services import record

__all__ = ["record"]
