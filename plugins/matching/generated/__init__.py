"""Catalogues and requests that nobody has, for the audit and the benchmarks; the same by a seed."""

from .demand import requests
from .supply import offers, owner_of

__all__ = ["offers", "owner_of", "requests"]
