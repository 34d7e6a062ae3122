"""What the host keeps: the switches with their settings, and the faults it has seen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Base, UtcDateTime


class PluginSwitch(Base):
    """On, off or never touched (None), with the settings; federation '' is the deployment."""

    __tablename__ = "plugin_switches"

    plugin: Mapped[str] = mapped_column(String(20), primary_key=True)
    federation: Mapped[str] = mapped_column(String(60), primary_key=True, default="")
    is_on: Mapped[bool | None]
    settings: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)


class PluginFault(Base):
    """A hook or page of a plugin that failed: how often, since when, and how it failed last."""

    __tablename__ = "plugin_faults"

    plugin: Mapped[str] = mapped_column(String(20), primary_key=True)
    hook: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int]
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    last: Mapped[datetime] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(Text)
