"""Errors for people: a code, a Dutch message with what to do next, and the field."""

from marketplace.errors import DomainError, NotFound

__all__ = ["DomainError", "NotFound"]
