"""A real server and Debian's chromium: what an employer meets, nothing in between."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_SECONDS = 30


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests need a socket; without chromium they are skipped, and say so."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.enable_socket)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="NO CHROMIUM: browser tests did not run"))


class Site:
    """A server with its worker on a database of its own; it can be killed and started again.

    Its logs go to the file number ``logs``, or to our own output.
    """

    def __init__(self, folder: Path, logs: int | None = None) -> None:
        self.folder, self.logs = folder, logs
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "MARKETPLACE_ENV": "demo",
            "MARKETPLACE_INSTANCE": str(folder),
            "PUBLIC_URL": self.url,
            "JOBS_ENGINE": "worker",
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def prepare(self) -> None:
        """Migrate and fill the database."""
        for command in (["schema", "upgrade"], ["demo", "seed"]):
            subprocess.run([*_FLASK, *command], env=self.environment, check=True)

    def start(self, *beside: Sequence[str]) -> None:
        """Start server and worker, and commands of flask beside them; wait until it is ready."""
        granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "error"]
        server = [*granian, "--host", "127.0.0.1", "--port", str(self.port), "wsgi:app"]
        for command in (server, [*_FLASK, "worker"], *([*_FLASK, *one] for one in beside)):
            self.running.append(
                subprocess.Popen(
                    command, env=self.environment, stderr=self.logs, start_new_session=True
                )
            )
        self._wait()

    def kill(self) -> None:
        """Pull the plug: SIGKILL to the server, its workers and the job worker."""
        for process in self.running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()

    def mails_to(self, address: str) -> list[EmailMessage]:
        """The mails the worker wrote to an address so far, oldest first."""
        files = sorted((self.folder / "mail").glob("*.eml"))
        parsed = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [mail for mail in parsed if mail["To"] == address]

    def link_in_mail(self, address: str, path: str) -> str:
        """The newest link with this path in a mail to the address; waits for the worker."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            for mail in reversed(self.mails_to(address)):
                text = mail.get_body(("plain",)).get_content()
                found = re.search(rf"{re.escape(self.url)}{re.escape(path)}\S+", text)
                if found:
                    return found[0]
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address} with a link to {path}")

    def _ask(self, path: str) -> None:
        """Raise OSError unless the page answers 200."""
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            wire.request("GET", path)
            if wire.getresponse().status != 200:
                raise ConnectionError(path)
        finally:
            wire.close()

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                self._ask("/readyz")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError(f"{self.url} did not become ready")


_FLASK = [sys.executable, "-m", "flask"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The running demonstration."""
    made = Site(tmp_path_factory.mktemp("site"))
    made.prepare()
    made.start()
    yield made
    made.kill()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Debian's chromium, quiet about the closed network."""
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def any_page(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """A page of a fresh visitor, once with and once without JavaScript."""
    context = _visitor(browser, site, javascript=request.param == "with JavaScript")
    yield context.new_page()
    context.close()


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of a fresh visitor."""
    context = _visitor(browser, site, javascript=True)
    yield context.new_page()
    context.close()


def _visitor(browser: Browser, site: Site, javascript: bool) -> BrowserContext:
    context = browser.new_context(
        base_url=site.url,
        java_script_enabled=javascript,
        locale="nl-BE",
        viewport={"width": 1280, "height": 900},
    )
    context.set_default_timeout(10_000)
    return context
