"""Start, load, fill in and hand on a request. Each function that changes something commits."""

from .access import check_access, claim, find, load, mine, start
from .answers import facts, known, put_budget, save_page
from .drafts import (
    Gone,
    claim_draft,
    draft,
    federation_name,
    load_draft,
    open_draft,
    source_facts,
    source_of,
)
from .progress import mark_advised, mark_ordered
from .resume import DeadLink, mail_link, needs_account, resume, resume_link

__all__ = [
    "DeadLink",
    "Gone",
    "check_access",
    "claim",
    "claim_draft",
    "draft",
    "facts",
    "federation_name",
    "find",
    "known",
    "load",
    "load_draft",
    "mail_link",
    "mark_advised",
    "mark_ordered",
    "mine",
    "needs_account",
    "open_draft",
    "put_budget",
    "resume",
    "resume_link",
    "save_page",
    "source_facts",
    "source_of",
    "start",
]
