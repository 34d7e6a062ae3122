"""Euro cents as people read and type them, and the VAT that comes on a price."""

from marketplace.money import euro, parse_euro
from marketplace.reference import vat_cents

__all__ = ["euro", "parse_euro", "vat_cents"]
