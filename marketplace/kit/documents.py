"""JSON that a person typed: read strictly, and refused with a Dutch sentence per fault."""

from marketplace.catalogue.faults import FileRefused
from marketplace.catalogue.shape import read

__all__ = ["FileRefused", "read"]
