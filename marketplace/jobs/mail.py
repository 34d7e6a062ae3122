"""Mail: rendered when the change is made, sent by the worker over SMTP or into a folder."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template

from marketplace import clock
from marketplace.jobs.services import enqueue, handler

TIMEOUT_SECONDS = 20


def send(to: str, subject: str, template: str, key: str | None = None, **context: object) -> None:
    """Queue a mail in the transaction in hand.

    ``template`` is a path without ending, such as ``orders/mail/placed``: its ``.txt`` and
    ``.html`` twins are both rendered now, so the mail says what was true when it happened.
    """
    one_line = re.sub(r"[\r\n]+", " ", str(subject))
    payload = {
        "to": to,
        "subject": one_line,
        "text": render_template(f"{template}.txt", subject=one_line, **context),
        "html": render_template(f"{template}.html", subject=one_line, **context),
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
    message["Date"] = clock.now()
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(str(payload["text"]))
    message.add_alternative(str(payload["html"]), subtype="html")
    return message


def _write(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    stamp = clock.now().strftime("%Y%m%dT%H%M%S")
    name = re.sub(r"\W", "", str(message["Message-ID"]))[:40]
    (folder / f"{stamp}-{name}.eml").write_bytes(bytes(message))


def _smtp(url: str, message: EmailMessage) -> None:
    parts = urlsplit(url)
    secure = parts.scheme == "smtps"
    client = smtplib.SMTP_SSL if secure else smtplib.SMTP
    with client(
        parts.hostname or "127.0.0.1",
        parts.port or (465 if secure else 25),
        timeout=TIMEOUT_SECONDS,
    ) as server:
        if not secure and server.has_extn("starttls"):
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
