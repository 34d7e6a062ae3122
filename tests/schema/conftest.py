"""Plugins with tables, on a database of their own."""

from __future__ import annotations

import pytest

from tests.factories.plugins import write_witness


@pytest.fixture
def folder(tmp_path):
    write_witness(tmp_path / "plugins")
    return tmp_path / "plugins"


@pytest.fixture
def start(make_app, folder):
    """A fresh application on the same database and folder."""
    return lambda: make_app(PLUGIN_FOLDERS=[folder])
