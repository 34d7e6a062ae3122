"""Tables of plugins.

A plugin declares one base, ``class Base(DeclarativeBase): registry = plugin_registry("care")``,
and names its tables ``x_<id>_…``.
"""

from marketplace.db import UtcDateTime, db, new_public_id, writing
from marketplace.host.tables import plugin_registry

session = db.session
"""The session in hand. A hook never commits; a view of the plugin commits once, at its end."""

__all__ = ["UtcDateTime", "new_public_id", "plugin_registry", "session", "writing"]
