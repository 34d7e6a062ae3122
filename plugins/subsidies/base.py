"""The tables of this plugin."""

from __future__ import annotations

from sqlalchemy.orm import DeclarativeBase

from marketplace.kit.models import plugin_registry


class Base(DeclarativeBase):
    """Every model of this plugin, on a registry of its own."""

    registry = plugin_registry("subsidies")
