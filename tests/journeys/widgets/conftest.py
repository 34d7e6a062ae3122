"""Three sites on one machine: the marketplace, a federation's pages, and a hostile page.

``*.localhost`` are distinct sites without TLS or a hosts file; two ports of one host are not. Each
test runs twice in ``make drill``, with third-party cookies allowed and blocked by a preference of
the profile; ``make test`` takes the one that tells more.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from marketplace.accounts.services import find_organisation
from marketplace.app import create_app
from marketplace.db import db, writing
from plugins.widgets import script_file, services

from ..conftest import CHROMIUM, FLAGS, Site, _free_port

FEDERATION = "demo-federatie"
MODES = {"cookies allowed": 0, "cookies blocked": 1}

TELLS_MORE = {
    "test_hostile.py": "cookies allowed",
    "test_pages.py": "cookies blocked",
    "test_stillness.py": "cookies blocked",
    "test_way_over.py": "cookies blocked",
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A hostile page gains most where cookies are sent; a page works least where they are not."""
    if config.getoption("--drill"):
        return
    spared = [item for item in items if _mode(item) not in {None, TELLS_MORE.get(item.path.name)}]
    config.hook.pytest_deselected(items=spared)
    items[:] = [item for item in items if item not in set(spared)]


def _mode(item: pytest.Item) -> str | None:
    """The mode of a test whose module does with one; None for every other."""
    if item.path.name not in TELLS_MORE or not hasattr(item, "callspec"):
        return None
    mode: str | None = item.callspec.params.get("profile")
    return mode


@dataclass(frozen=True)
class Embedded:
    """Addresses and keys. ``other`` is a key of another site of the same federation."""

    market: str
    zorg: str
    kwaad: str
    live: str
    other: str

    @property
    def script(self) -> str:
        return f'<script src="{self.market}/widgets/v1/widgets.js" async></script>'

    @property
    def pinned(self) -> str:
        return f"{self.market}/widgets/v1/{script_file.NEWEST.name}/widgets.js"

    def offers(self, key: str = "", more: str = 'loading="eager"') -> str:
        link = f'<a class="back" href="{self.market}/aanbod">Bekijk het aanbod</a>'
        return f'<tdm-offers key="{key or self.live}" {more}>{link}</tdm-offers>'

    def intake(self, key: str = "", more: str = 'loading="eager"') -> str:
        link = f'<a class="back" href="{self.market}/aanvraag">Vraag ondersteuning aan</a>'
        return f'<tdm-intake key="{key or self.live}" {more}>{link}</tdm-intake>'


class Hosts:
    """A server for pages of other sites: it gives what a test put there, whatever the host."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, dict[str, str]]] = {}
        pages = self.pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                text, headers = pages.get(self.path.split("?")[0], ("", {}))
                self.send_response(200 if text else 404)
                kind = "text/css" if self.path.endswith(".css") else "text/html"
                for name, value in {"Content-Type": f"{kind}; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_words: object) -> None:
                """Nothing: the tests say what went wrong."""

        self.server = ThreadingHTTPServer(("127.0.0.1", _free_port()), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def put(self, body: str, path: str = "/", head: str = "", **headers: str) -> None:
        """A whole page with this body; header names with ``_`` for ``-``."""
        page = f'<!doctype html><html lang="nl"><head><title>Gast</title>{head}</head>'
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (f"{page}<body><main><h1>Gast</h1>{body}</main></body></html>", sent)


@pytest.fixture(scope="session")
def hosts() -> Iterator[Hosts]:
    """The server of the other sites."""
    made = Hosts()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="session")
def embedded(site: Site, hosts: Hosts) -> Embedded:
    """A federation's site in the running marketplace, listed for zorg.localhost."""
    zorg = f"http://zorg.localhost:{hosts.port}"
    app = create_app(
        {
            "ENVIRONMENT": "demo",
            "INSTANCE": site.folder,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{site.folder / 'marketplace.db'}",
            "SECRET_KEY": (site.folder / "secret_key").read_text(),
        }
    )
    with app.app_context(), writing():
        assert find_organisation(FEDERATION)
        keys = []
        for name in ("Een", "Twee"):
            made = services.add_site(FEDERATION, name, "zorg")
            services.add_origin(made, zorg)
            keys.append(services.add_key(made, "live").key)
        db.session.remove()
        db.engine.dispose()
    market, kwaad = (f"http://{name}.localhost" for name in ("markt", "kwaad"))
    return Embedded(f"{market}:{site.port}", zorg, f"{kwaad}:{hosts.port}", *keys)


@pytest.fixture(scope="module", params=MODES, ids=str)
def profile(
    request: pytest.FixtureRequest,
    playwright: Playwright,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[BrowserContext]:
    """A browser whose profile allows or blocks third-party cookies."""
    folder: Path = tmp_path_factory.mktemp("profile")
    (folder / "Default").mkdir()
    wish = {"profile": {"cookie_controls_mode": MODES[request.param]}}
    (folder / "Default" / "Preferences").write_text(json.dumps(wish))
    context = playwright.chromium.launch_persistent_context(
        str(folder), executable_path=CHROMIUM, args=FLAGS, headless=True, locale="nl-BE"
    )
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def guest(profile: BrowserContext) -> Iterator[Page]:
    """A page of a fresh visitor; ``window.told`` collects the events of the widgets."""
    profile.clear_cookies()
    page = profile.new_page()
    page.set_viewport_size({"width": 1000, "height": 900})
    page.add_init_script(LISTEN)
    yield page
    page.close()


LISTEN = """
window.told = []; window.heard = []; window.shift = 0;
for (const name of ["ready", "select", "step", "resize", "handoff", "error"])
  addEventListener("tdm:" + name, (event) => told.push([name, event.detail]));
addEventListener("message", (event) => heard.push(event.data));
addEventListener("securitypolicyviolation", (event) =>
  (window.violations ??= []).push(event.violatedDirective));
new PerformanceObserver((list) => list.getEntries().forEach((one) => (shift += one.value)))
  .observe({ type: "layout-shift", buffered: true });
"""
