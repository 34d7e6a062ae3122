"""Origins: scheme, host and port, compared letter by letter. Nothing is matched by its ending."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

MOST = 200
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
_DEFAULT_PORTS = {"https": 443, "http": 80}


def normal(text: str) -> str | None:
    """The origin as a browser sends it; None when this is none.

    A path is refused: who types one expects it to matter.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        return None
    host = _ascii(parts.hostname or "")
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme not in _DEFAULT_PORTS or not bare or host is None or len(host) > MOST - 20:
        return None
    shown = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{shown}"


def is_here(origin: str) -> bool:
    """Whether it is a page on the visitor's own machine."""
    host = urlsplit(origin).hostname or ""
    return host in {"localhost", "127.0.0.1"} or host.endswith(".localhost")


def may_use(origin: str, mode: str, production: bool) -> bool:
    """Whether a key of this mode serves the origin: live ones over https only.

    Outside production a live key also serves this machine, so that it can be tried.
    """
    if is_here(origin):
        return mode == "test" or not production
    return origin.startswith("https://") or (mode == "test" and not production)


def _ascii(host: str) -> str | None:
    try:
        plain = host.encode("idna").decode() if host else ""
    except UnicodeError:
        return None
    return plain if _HOST.fullmatch(plain) else None
