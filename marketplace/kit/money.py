"""Euro cents as people read and type them."""

from marketplace.money import euro, parse_euro

__all__ = ["euro", "parse_euro"]
