"""How far a request is: the one way along the transition table."""

from __future__ import annotations

from marketplace.audit.services import record
from marketplace.requests.models import Request


def mark_advised(request: Request) -> None:
    """An advice was given, in the transaction in hand: the answers were all there."""
    if request.status == "draft":
        _move(request, "ready")
    _move(request, "advised")


def mark_ordered(request: Request) -> None:
    """Something of the advice was ordered or referred, in the transaction in hand."""
    _move(request, "ordered")


def _move(request: Request, status: str) -> None:
    old = request.status
    request.become(status)
    if request.status != old:
        record("request.moved", f"request:{request.public_id}", {"status": old}, {"status": status})
