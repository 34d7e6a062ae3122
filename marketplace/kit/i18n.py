"""Dutch sentences, ready to be translated."""

from marketplace.i18n import _, lazy_, n_

__all__ = ["_", "lazy_", "n_"]
