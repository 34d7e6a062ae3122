"""Walk a site by its links, a few addresses per endpoint, as one kind of person after another."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

NOT_PAGES = frozenset(
    {
        *("static", "health.alive", "health.ready", "health.metrics", "accounts.my_data"),
        *("advice.calendar", "orders.calendar", "x_subsidies.subsidies.schema"),
        *(f"x_widgets.public.{file}" for file in ("frame_style", "offers", "pinned_script")),
        *("x_widgets.public.script", "x_widgets.console.style"),
        *(f"x_invoicing.desk.{view}" for view in ("as_csv", "as_xlsx", "xml", "pdf")),
        *(f"x_invoicing.employer.{view}" for view in ("xml", "pdf")),
    }
)


class Crawl:
    """``seen`` counts the addresses visited per endpoint, ``others`` those of earlier walks.

    A role opens a page of its own at least once, and a page for everybody only until enough of
    its addresses were seen, by whomever.
    """

    def __init__(
        self, app: Flask, page: Page, base: str, others: Counter[str], per_endpoint: int
    ) -> None:
        self.page, self.base, self.others, self.per_endpoint = page, base, others, per_endpoint
        self.routes: MapAdapter = app.url_map.bind(urlsplit(base).netloc)
        self.policies: dict[str, str] = app.extensions["policies"]
        self.seen: Counter[str] = Counter()

    def walk(self, starts: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Open every page that can be reached; give its path and endpoint while it is open."""
        queue, known = deque(starts), set(starts)
        while queue:
            path = queue.popleft()
            endpoint = self.endpoint(path)
            if endpoint is None or (self._enough(endpoint) and path not in starts):
                continue
            self.seen[endpoint] += 1
            self.page.goto(self.base + path)
            yield path, endpoint
            for link in self._links():
                if link not in known:
                    known.add(link)
                    queue.append(link)

    def _enough(self, endpoint: str) -> bool:
        if not self.seen[endpoint] and self.policies[endpoint] != "public":
            return False
        return self.seen[endpoint] + self.others[endpoint] >= self.per_endpoint

    def endpoint(self, path: str) -> str | None:
        """The endpoint a page is made by; None for files and for what is no page."""
        try:
            endpoint, _arguments = self.routes.match(path.split("?")[0], method="GET")
        except HTTPException:
            return None
        name = str(endpoint)
        return None if name in NOT_PAGES or name.endswith(".static") else name

    def _links(self) -> list[str]:
        hrefs: list[str] = self.page.eval_on_selector_all(
            "a[href]", "links => links.map(link => link.href)"
        )
        own = [urlsplit(href) for href in hrefs if href.startswith(self.base + "/")]
        return [part.path + (f"?{part.query}" if part.query else "") for part in own]
