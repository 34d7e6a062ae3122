"""Start, load, fill in and hand on a request. Each function that changes something commits."""

from .access import check_access, claim, find, load, mine, start
from .answers import facts, known, put_budget, save_page
from .progress import mark_advised, mark_ordered
from .resume import DeadLink, mail_link, needs_account, resume, resume_link

__all__ = [
    "DeadLink",
    "check_access",
    "claim",
    "facts",
    "find",
    "known",
    "load",
    "mail_link",
    "mark_advised",
    "mark_ordered",
    "mine",
    "needs_account",
    "put_budget",
    "resume",
    "resume_link",
    "save_page",
    "start",
]
