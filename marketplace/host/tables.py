"""Tables of plugins: a registry of their own, so that a broken mapper breaks nobody else's."""

from __future__ import annotations

import sys

from sqlalchemy import Table
from sqlalchemy.orm import registry

from marketplace.db import Base

_registries: dict[str, registry] = {}


class TableError(RuntimeError):
    """A plugin's tables cannot be used; the message says why."""


def plugin_registry(plugin_id: str) -> registry:
    """The registry for a plugin's models: ``class Base(DeclarativeBase): registry = …``.

    Tables are named ``x_<id>_…``. Foreign keys go from plugin to core; a relationship names the
    core class itself, without ``backref``, because names do not resolve across registries.
    """
    _registries[plugin_id] = registry(metadata=Base.metadata)
    return _registries[plugin_id]


def check(plugin_id: str) -> None:
    """Judge what a plugin declares. Raises TableError, or SQLAlchemy's error of a broken mapper."""
    if own := _registries.get(plugin_id):
        names = {str(mapper.local_table) for mapper in own.mappers}
        if strange := sorted(name for name in names if not owns(plugin_id, name)):
            raise TableError(f"tables must be named x_{plugin_id}_…: {', '.join(strange)}")
        own.configure(cascade=True)  # the house's too, when a model points at one of its classes


def owns(plugin_id: str, table: str) -> bool:
    """Whether a table belongs to this plugin; its version table belongs to the house."""
    return table.startswith(f"x_{plugin_id}_") and table != f"x_{plugin_id}_version"


def is_id(text: str) -> bool:
    """Whether a text could be a plugin's id, so that it is safe inside a table name."""
    return text.isascii() and text.isalnum()


def has_any(plugin_id: str) -> bool:
    """Whether the plugin declares tables."""
    return any(owns(plugin_id, name) for name in Base.metadata.tables)


def forget(plugin_id: str, module: str) -> None:
    """Undo a half-done import: its modules, its mappers and the tables it left behind."""
    for name in [name for name in sys.modules if _is_inside(name, module)]:
        del sys.modules[name]
    own = _registries.pop(plugin_id, None)
    left = {mapper.local_table for mapper in own.mappers} if own else set()
    left |= {table for name, table in Base.metadata.tables.items() if owns(plugin_id, name)}
    if own:
        own.dispose()
    for table in left:
        if isinstance(table, Table):
            Base.metadata.remove(table)


def _is_inside(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")
