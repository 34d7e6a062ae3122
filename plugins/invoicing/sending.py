"""How an issued paper reaches the buyer: a mail with the page, and a Peppol file by a transport.

Transports: ``download`` (a person sends the file), ``folder`` and ``http``. Where the folder or the
access point is, comes from the environment only.
"""

from __future__ import annotations

import os
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from marketplace.kit import settings
from marketplace.kit.clock import today
from marketplace.kit.errors import NotFound
from marketplace.kit.i18n import _
from marketplace.kit.jobs import enqueue, handler, send
from marketplace.kit.links import absolute
from marketplace.kit.models import session
from marketplace.kit.orders import buyer_email, facts_of

from .channels import PEPPOL
from .finding import paper_of
from .models import Paper
from .moving import move

TIMEOUT_SECONDS = 20
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class NotDelivered(RuntimeError):
    """The file did not arrive; the outbox tries again."""


def announce(paper: Paper) -> None:
    """Queue what follows an issue, in the transaction in hand: the mail, and the transport."""
    mail(paper, _subject(paper), "@invoicing/mail/issued")
    if paper.channel != PEPPOL:
        _mark_sent(paper)
    elif settings.of("invoicing")["transport"] in TRANSPORTS:
        enqueue("x_invoicing.send", {"paper": paper.public_id}, f"x_invoicing.send:{paper.id}")


def mark_sent(paper: Paper) -> None:
    """A person sent the downloaded file. Does nothing when it was sent before."""
    if paper.sent_on is None:
        _mark_sent(paper)


def mail(paper: Paper, subject: str, template: str) -> None:
    """Mail who placed the order with a link to the page; an account that was closed gets none."""
    try:
        email = buyer_email(facts_of(paper.order).placed_by)
    except NotFound:
        return
    if email:
        url = absolute("x_invoicing.employer.show", public_id=paper.public_id)
        send(email, subject, template, paper=paper, url=url)


@handler("x_invoicing.send")
def carry_out(payload: Mapping[str, object]) -> None:
    """Deliver one file, and only then say so. Raises NotDelivered, and is tried again.

    No transaction is open while the network is waited for.
    """
    public_id = str(payload["paper"])
    paper = paper_of(public_id)
    issued = paper.issued
    if paper.sent_on is not None or issued is None:
        return
    transport = TRANSPORTS.get(str(settings.of("invoicing")["transport"]))
    name, xml, digest = (
        f"{issued.seller.enterprise_number}-{paper.number}.xml",
        issued.xml,
        issued.digest,
    )
    session.rollback()
    if transport is not None:
        transport(name, xml, digest)
        _mark_sent(paper_of(public_id))


def to_folder(name: str, xml: bytes, _digest: str) -> None:
    """Write the file whole or not at all. Raises NotDelivered without a folder."""
    folder = settings.secret("invoicing", "folder")
    if not folder:
        raise NotDelivered("X_INVOICING_FOLDER is not set")
    place = Path(folder)
    half = place / f".{name}.{os.getpid()}"
    half.write_bytes(xml)
    half.replace(place / name)


def to_access_point(_name: str, xml: bytes, digest: str) -> None:
    """Post the file; a repeat carries the same key. Raises NotDelivered for any other answer."""
    url = settings.secret("invoicing", "access_point") or ""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise NotDelivered("X_INVOICING_ACCESS_POINT must be an https address")
    request = urllib.request.Request(url, data=xml, method="POST")  # noqa: S310 - judged above
    request.add_header("Content-Type", "application/xml; charset=utf-8")
    request.add_header("Idempotency-Key", digest)
    if token := settings.secret("invoicing", "access_token"):
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - judged above
            answer.read(0)
    except OSError as error:  # an answer of 400 and above is one too
        raise NotDelivered(f"the access point: {error}") from error


TRANSPORTS: Mapping[str, Callable[[str, bytes, str], None]] = {
    "folder": to_folder,
    "http": to_access_point,
}


def _mark_sent(paper: Paper) -> None:
    if paper.state == "issued":
        move(paper, "sent", sent_on=today())
    else:
        paper.sent_on = today()


def _subject(paper: Paper) -> str:
    if paper.kind == "credit":
        return _("Uw creditnota %(number)s", number=paper.number)
    return _("Uw factuur %(number)s", number=paper.number)
