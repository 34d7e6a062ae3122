"""Euro cents as people read and type them, and VAT on them."""

from marketplace.money import euro, parse_euro
from marketplace.reference import VatTreatment, vat_cents, vat_treatment

__all__ = ["VatTreatment", "euro", "parse_euro", "vat_cents", "vat_treatment"]
