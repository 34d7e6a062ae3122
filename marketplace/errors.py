"""Errors that are meant for people."""

from __future__ import annotations


class DomainError(Exception):
    """Something a person asked for cannot be done.

    ``code`` is stable and English, ``message`` is Dutch and says what to do next, ``field`` names
    the form field it belongs beside (None: the whole form).
    """

    def __init__(self, code: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.field = code, message, field


class NotFound(Exception):
    """No such object, or not this person's: both look the same from outside (404)."""
