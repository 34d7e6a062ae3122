"""Fixtures of the whole suite come from the kit; this file holds what only the house needs."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_network(empty_database: str, socket_disabled: None) -> None:
    """Unit tests talk to nobody; tests that need a server say so with ``socket_enabled``."""
