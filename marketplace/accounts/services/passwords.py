"""Passwords: Argon2id with the parameters OWASP advises for a small server."""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
SHORTEST = 12
_FEWEST_DIFFERENT = 5


def hash_password(password: str) -> str:
    """The hash to store. About 20 ms of work on purpose."""
    return _hasher.hash(_bytes(password))


def matches(password: str, stored: str | None) -> bool:
    """Whether the password belongs to the hash. Without a hash it works just as long, for nothing.

    So an answer takes the same time for a known and an unknown account.
    """
    try:
        _hasher.verify(stored or _nobodys_hash(), _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def too_easy(password: str, email: str) -> bool:
    """Whether anybody would guess it: a few characters over and over, or the e-mail address."""
    return len(set(password)) < _FEWEST_DIFFERENT or password.casefold() == email.casefold()


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(b"the password of nobody")


def _bytes(password: str) -> bytes:
    """One spelling for the same characters, whichever keyboard typed them."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace")
