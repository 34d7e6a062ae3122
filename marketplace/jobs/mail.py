"""Mail: rendered when the change is made, sent by the worker over SMTP or into a folder."""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template

from marketplace import clock
from marketplace.jobs.services import enqueue, handler

TIMEOUT_SECONDS = 20
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def send(to: str, subject: str, template: str, key: str | None = None, **context: object) -> None:
    """Queue a mail in the transaction in hand.

    ``template`` is a path without ending, such as ``orders/mail/placed``: its ``.txt`` and
    ``.html`` twins are both rendered now, so the mail says what was true when it happened.
    Raises ValueError for an address that would break out of its header.
    """
    if not to.isprintable() or "," in to:
        raise ValueError("this is not one address")
    one_line = " ".join(str(subject).split())
    payload = {
        "to": to,
        "subject": one_line,
        "text": render_template(f"{template}.txt", subject=one_line, **context),
        "html": render_template(f"{template}.html", subject=one_line, **context),
        "date": clock.now().isoformat(),
        "message_id": make_msgid(domain=urlsplit(str(current_app.config["PUBLIC_URL"])).hostname),
    }
    enqueue("mail.send", payload, key)


@handler("mail.send")
def deliver(payload: Mapping[str, object]) -> None:
    """Send one mail; a repeat carries the same Message-ID."""
    url = str(current_app.config["MAIL_URL"])
    message = _message(payload)
    if url.startswith("folder:"):
        _write(Path(url.removeprefix("folder:")), message)
    else:
        _smtp(url, message)


def _message(payload: Mapping[str, object]) -> EmailMessage:
    message = EmailMessage()
    message["From"] = str(current_app.config["MAIL_FROM"])
    message["To"] = str(payload["to"])
    message["Subject"] = str(payload["subject"])
    message["Message-ID"] = str(payload["message_id"])
    message["Date"] = datetime.fromisoformat(str(payload["date"]))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(str(payload["text"]))
    message.add_alternative(str(payload["html"]), subtype="html")
    return message


def _write(folder: Path, message: EmailMessage) -> None:
    """One file per mail, whole or absent: a repeat writes over the same name."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = message["Date"].datetime.strftime("%Y%m%dT%H%M%S")
    name = re.sub(r"\W", "", str(message["Message-ID"]))[:40]
    half = folder / f".{name}.{os.getpid()}"
    half.write_bytes(bytes(message))
    half.replace(folder / f"{stamp}-{name}.eml")


def _smtp(url: str, message: EmailMessage) -> None:
    parts = urlsplit(url)
    host = parts.hostname or "127.0.0.1"
    trust = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=trust
        )
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT_SECONDS)
    with server:
        server.ehlo_or_helo_if_needed()
        if parts.scheme == "smtp" and host not in LOOPBACK and server.has_extn("starttls"):
            server.starttls(context=trust)
        if parts.username:
            _sign_in(server, host, unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _sign_in(server: smtplib.SMTP, host: str, name: str, password: str) -> None:
    """Only where nobody can listen. Raises smtplib.SMTPException on an open line."""
    if host not in LOOPBACK and not isinstance(server.sock, ssl.SSLSocket):
        raise smtplib.SMTPNotSupportedError("no password goes over a line without TLS")
    server.login(name, password)
