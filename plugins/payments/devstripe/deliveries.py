"""Messages to the application: signed as Stripe signs, and spoiled on request."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass

from .schema import Tree
from .world import World

PAUSE_SECONDS = 0.2
DELAY_SECONDS = 5.0
MOST_TRIES = 5
TIMEOUT_SECONDS = 10

FAULTS: dict[str, str] = {
    "": "Alles komt één keer aan, in volgorde",
    "duplicate": "Elk bericht komt drie keer",
    "reorder": "Berichten komen door elkaar",
    "delay": "Berichten komen vijf seconden later",
    "drop": "Berichten komen niet aan",
    "forged": "De handtekening klopt niet",
    "stale": "Het tijdstip is tien minuten oud",
    "future": "Het tijdstip ligt een dag vooruit",
}
SHIFT = {"stale": -600, "future": 86_400}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to post: its body and the header that signs it."""

    event: str
    body: bytes
    signature: str


def signed(event: Tree, secret: str, at: int) -> Delivery:
    """An event signed at this moment, as Stripe signs: HMAC-SHA256 over time and body."""
    body = json.dumps(event).encode()
    mac = hmac.new(secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    return Delivery(str(event["id"]), body, f"t={at},v1={mac}")


class Deliveries:
    """Takes what the world told and makes messages of it; ``fault`` says how they are spoiled."""

    def __init__(self, world: World, secret: str) -> None:
        self.world, self.secret, self.fault = world, secret, ""
        self._sent = 0

    def choose(self, fault: str) -> None:
        """Spoil what is told from now on; an unknown fault is none."""
        self.fault = fault if fault in FAULTS else ""

    def take(self) -> Sequence[Delivery]:
        """Messages about everything that was told since the last time."""
        with self.world.lock:
            told = self.world.told[self._sent :]
            self._sent += len(told)
        now = int(time.time())
        if self.fault == "drop":
            return ()
        secret = "another" if self.fault == "forged" else self.secret
        made = [signed(event, secret, now + SHIFT.get(self.fault, 0)) for event in told]
        if self.fault == "duplicate":
            made *= 3
        if self.fault in {"duplicate", "reorder"}:
            random.shuffle(made)
        return made


class Postman(threading.Thread):
    """Posts messages to the application, and again when it does not answer with 200."""

    def __init__(self, deliveries: Deliveries, url: str) -> None:
        super().__init__(daemon=True)
        self._deliveries, self._url, self._stopped = deliveries, url, threading.Event()

    def run(self) -> None:
        """Until it is stopped."""
        while not self._stopped.wait(PAUSE_SECONDS):
            made = self._deliveries.take()
            if made and self._deliveries.fault == "delay":
                self._stopped.wait(DELAY_SECONDS)
            for one in made:
                self._post(one)

    def stop(self) -> None:
        """End after the message in hand."""
        self._stopped.set()

    def _post(self, delivery: Delivery) -> None:
        for attempt in range(MOST_TRIES):
            if attempt and self._stopped.wait(PAUSE_SECONDS * 2**attempt):
                return
            if posted(self._url, delivery) < 500:
                return


def posted(url: str, delivery: Delivery) -> int:
    """Post one message; gives the status, 599 when nobody answered."""
    headers = {"Stripe-Signature": delivery.signature, "Content-Type": "application/json"}
    message = urllib.request.Request(url, delivery.body, headers)  # noqa: S310 - loopback, by command
    try:
        with urllib.request.urlopen(message, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return int(error.code)
    except OSError:
        return 599
