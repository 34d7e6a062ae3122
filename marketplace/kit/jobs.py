"""Effects on the outside: queued with the change, carried out after it, retried when they fail.

A plugin names its kinds ``x_<id>.…``.
"""

from marketplace.jobs.mail import send
from marketplace.jobs.services import enqueue, handler

__all__ = ["enqueue", "handler", "send"]
