"""Another site beside the demonstration: http://zorg.localhost, on the same port.

``*.localhost`` names are sites of their own to a browser and need no hosts file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOST = "zorg.localhost"
PAGES = Path("docs/examples/widgets")
WRITTEN_FOR = "http://markt.localhost:8000"
"""The marketplace as the pages name it; they are served with the port that is in use."""
KINDS = {".html": "text/html", ".css": "text/css"}


class Neighbour:
    """Serves the pages of a folder to their own host name, and leaves the rest to the house."""

    def __init__(self, inside: WSGIApplication, folder: Path) -> None:
        self.inside = inside
        self.pages = {f"/{path.name}": path for path in folder.glob("*") if path.suffix in KINDS}

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """One request."""
        name, _colon, port = environ.get("HTTP_HOST", "").partition(":")
        if name != HOST:
            return self.inside(environ, start)
        return self._page(Request(environ).path, port or "80")(environ, start)

    def _page(self, path: str, port: str) -> Response:
        found = self.pages.get("/index.html" if path == "/" else path)
        if found is None or not port.isdigit():
            return Response("this page does not exist\n", 404)
        text = found.read_text("utf-8").replace(WRITTEN_FOR, f"http://markt.localhost:{port}")
        return Response(text, mimetype=KINDS[found.suffix])


def address(port: int) -> str:
    """Where its first page is."""
    return f"http://{HOST}:{port}/"
