"""Pages of a request: the landing page, the wizard, and what surrounds it."""

from __future__ import annotations

from . import around, drafts, landing, wizard
from .blueprint import blueprint

__all__ = ["POLICY", "around", "blueprint", "drafts", "landing", "wizard"]

POLICY = {
    "requests.landing": "public",
    "requests.start": "public",
    "requests.page": "public",
    "requests.tasks": "public",
    "requests.check": "public",
    "requests.later": "public",
    "requests.resume": "public",
    "requests.index": "employer",
    "requests.hand_over": "public",
    "requests.draft": "public",
    "requests.claim_draft": "public",
}
"""Public, because a request needs no account: the services check whose request it is."""
