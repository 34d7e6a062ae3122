"""A market to walk through: the demo catalogue with the offers of the plugins."""

from __future__ import annotations

import pytest
from flask import Flask

from marketplace.catalogue import services as catalogue
from marketplace.kit.testing import BeginWith


@pytest.fixture
def market(app: Flask, begin_with: BeginWith) -> Flask:
    """The application with the published demo catalogue."""
    begin_with("market", _fill)
    return app


def _fill() -> None:
    catalogue.seed_demo()
    catalogue.sync_all()
