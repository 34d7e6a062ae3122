"""Mail: two parts, one line per header, over real SMTP and into a folder, once per mail."""

import email
import smtplib
import socket
from email import policy as mail_policy

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from marketplace.jobs import mail, services
from marketplace.jobs.models import Job


class Inbox:
    """What a mail server received."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope):
        self.letters.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
def inbox(socket_enabled):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(Inbox(), hostname="127.0.0.1", port=port)
    server.start()
    yield server
    server.stop()


def send(app, to="an@voorbeeld.be", subject="Uw advies is klaar"):
    with app.test_request_context():
        mail.send(to, subject, "mail/base", button_label="Bekijk", button_url="http://x.test/1")
        services.db.session.commit()


def letters(folder):
    found = sorted((folder / "mail").glob("*.eml"))
    return [
        email.message_from_bytes(path.read_bytes(), policy=mail_policy.default) for path in found
    ]


def judge(letter):
    assert letter["To"] == "an@voorbeeld.be"
    assert letter["Subject"] == "Uw advies is klaar"
    assert letter["Message-ID"].endswith("@localhost>")
    assert letter["Auto-Submitted"] == "auto-generated"
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert "http://x.test/1" in plain.get_content()
    assert "<a" not in plain.get_content()
    assert 'href="http://x.test/1"' in html.get_content()


def test_a_mail_goes_over_smtp_with_a_text_and_an_html_part(make_app, inbox):
    app = make_app(MAIL_URL=f"smtp://127.0.0.1:{inbox.port}", JOBS_ENGINE="worker")
    send(app)
    assert services.run_due(app) == 1
    [(receivers, content)] = inbox.handler.letters
    assert receivers == ["an@voorbeeld.be"]
    judge(email.message_from_bytes(content, policy=mail_policy.default))


def test_a_mail_goes_into_a_folder_with_a_text_and_an_html_part(app, tmp_path):
    send(app)
    services.run_due(app)
    [letter] = letters(tmp_path)
    judge(letter)


def test_a_repeated_mail_is_the_same_file(make_app, tmp_path, clock):
    app = make_app(JOBS_ENGINE="worker")
    send(app)
    with app.app_context():
        payload = services.db.session.scalars(select(Job)).one().payload
        mail.deliver(payload)
        clock.at = clock.at.replace(hour=23)
        mail.deliver(payload)
    assert len(letters(tmp_path)) == 1


def test_a_server_that_is_down_is_tried_again_later(make_app, socket_enabled):
    app = make_app(MAIL_URL="smtp://127.0.0.1:1", JOBS_ENGINE="worker")
    send(app)
    services.run_due(app)
    with app.app_context():
        job = services.db.session.scalars(select(Job)).one()
        assert (job.state, job.attempts) == ("waiting", 1)


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\x0b", "\x1c", "\u2028", "\x85"])
def test_a_subject_cannot_start_a_header_of_its_own(app, tmp_path, breaks):
    send(app, subject=f"Uw advies{breaks}Bcc: bo@voorbeeld.be")
    services.run_due(app)
    [letter] = letters(tmp_path)
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Uw advies Bcc: bo@voorbeeld.be"


@pytest.mark.parametrize(
    "to", ["an@x.be\nBcc: bo@x.be", "an@x.be\r\n\r\nhallo", "an@x.be,bo@x.be", "an@x.be\u2028b"]
)
def test_an_address_that_breaks_out_of_its_header_is_refused(app, to):
    with pytest.raises(ValueError, match="one address"):
        send(app, to=to)


def test_no_password_goes_over_an_open_line():
    with pytest.raises(smtplib.SMTPNotSupportedError):
        mail._sign_in(smtplib.SMTP(local_hostname="x"), "mail.example.org", "an", "hush")
