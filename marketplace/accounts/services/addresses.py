"""E-mail addresses and addresses of pages: one spelling each, and nowhere unsafe."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

_LONGEST_PATH = 2000


def deliverable(email: str) -> str | None:
    """The address in the one spelling we store, or None when no mail can go there."""
    try:
        found = validate_email(
            email, check_deliverability=False, globally_deliverable=False, strict=True
        )
    except EmailNotValidError:
        return None
    if found.ascii_email is None or "." not in found.domain:
        return None
    return found.ascii_email.lower()


def spelling(email: str) -> str:
    """The address as stored; what is no address just in lower case, so that it finds nobody."""
    return deliverable(email) or email.strip().lower()


def absolute(endpoint: str, **values: object) -> str:
    """The full address of a page for a mail, by PUBLIC_URL: never by what a browser claims."""
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    return f"{current_app.config['PUBLIC_URL']}{path}"


def own_path(text: str | None) -> str | None:
    """A path of this site that can be visited; None for whatever may lead elsewhere."""
    if not text or len(text) > _LONGEST_PATH or not re.match(r"/(?![/\\])", text):
        return None
    if "\\" in text or any(unicodedata.category(char)[0] in "CZ" for char in text):
        return None
    try:
        parts = urlsplit(text)
        if parts.scheme or parts.netloc:
            return None
        current_app.url_map.bind("localhost").match(parts.path, method="GET")
    except RequestRedirect:
        return None
    except (ValueError, HTTPException):
        return None
    return text
