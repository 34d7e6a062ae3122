"""How an invoice reaches the buyer: a mail, a folder, an access point on this machine."""

import threading
from pathlib import Path

import pytest
from mockeinvoice.buyer import Buyer
from mockeinvoice.server import serve

from marketplace.host import settings
from marketplace.kit.errors import DomainError
from plugins.invoicing import finding, gate, sending


@pytest.fixture
def mails(app):
    folder = Path(str(app.config["MAIL_URL"]).removeprefix("folder:"))
    return lambda: [path.read_text("utf-8", "replace") for path in sorted(folder.glob("*.eml"))]


@pytest.fixture
def transport(ready):
    def choose(name):
        values = {"transport": name, "reminder_days": 7, "most_reminders": 3}
        ready.write(lambda: settings.save("invoicing", values))

    return choose


@pytest.fixture
def access_point(monkeypatch, socket_enabled):
    """A buyer of mock-einvoice on loopback that judges every document again."""
    buyer = Buyer()
    server = serve(buyer, port=0, quiet=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    host, port = server.server_address
    monkeypatch.setenv("X_INVOICING_ACCESS_POINT", f"http://{host}:{port}/invoices")
    yield buyer
    server.shutdown()
    thread.join()
    server.server_close()


def test_who_ordered_gets_a_mail_with_the_page(ready, mails):
    ready.issued()
    ready.run_jobs()
    (mail,) = mails()
    assert "Subject: Uw factuur 2026-00001" in mail
    assert f"To: {ready.employer.email}" in mail
    assert "/x/invoicing/facturen/" in mail


def test_paper_counts_as_sent_by_the_mail_and_peppol_waits(ready):
    assert ready.of(ready.issued(vat="exempt"), "state", "channel") == ("sent", "paper")
    assert ready.of(ready.issued(), "state", "channel") == ("issued", "peppol")


def test_a_person_who_sent_the_file_says_so_once(ready, clock):
    public_id = ready.issued()
    for _time in range(2):
        ready.write(lambda: sending.mark_sent(finding.paper_of(public_id)))
    assert ready.of(public_id, "state", "sent_on") == ("sent", clock.at.date())


def test_a_file_lands_whole_in_the_folder(ready, transport, tmp_path, monkeypatch):
    monkeypatch.setenv("X_INVOICING_FOLDER", str(tmp_path))
    transport("folder")
    public_id = ready.issued()
    ready.run_jobs()
    assert [path.name for path in tmp_path.glob("*.xml")] == ["0403019261-2026-00001.xml"]
    xml = (tmp_path / "0403019261-2026-00001.xml").read_bytes()
    assert xml == ready.read(lambda: finding.paper_of(public_id).issued.xml)
    assert gate.judge(xml) == ()
    assert ready.of(public_id, "state") == ("sent",)


def test_an_access_point_takes_invoices_and_credit_notes(ready, transport, access_point):
    transport("http")
    public_id = ready.issued()
    note = ready.credit(public_id, 40_000)
    ready.run_jobs()
    held = [one.number for one in access_point.invoices.values()]
    assert held == ["2026-00001", "2026-00002"]
    assert ready.of(public_id, "state") == ("sent",)
    assert ready.of(note, "state") == ("sent",)


def test_an_access_point_that_does_not_answer_is_tried_again(ready, transport, monkeypatch):
    monkeypatch.setenv("X_INVOICING_ACCESS_POINT", "http://127.0.0.1:9/invoices")
    transport("http")
    public_id = ready.issued()
    ready.run_jobs()
    assert ready.of(public_id, "state", "sent_on") == ("issued", None)


@pytest.mark.parametrize(
    "url",
    ["", "http://example.org/", "ftp://127.0.0.1/", "file:///etc/passwd", "https:", "127.0.0.1"],
)
def test_only_an_address_with_tls_or_this_machine_is_posted_to(url, monkeypatch):
    monkeypatch.setenv("X_INVOICING_ACCESS_POINT", url)
    with pytest.raises((sending.NotDelivered, DomainError)):
        sending.to_access_point("x", b"x", "d")


def test_what_was_paid_before_it_was_sent_is_sent_all_the_same(
    ready, transport, tmp_path, monkeypatch
):
    monkeypatch.setenv("X_INVOICING_FOLDER", str(tmp_path))
    transport("folder")
    order = ready.order()
    ready.hear("payment.paid", order, paid_cents=290_400)
    ready.hear("order.delivered", order)
    public_id = ready.issue(ready.read(lambda: finding.invoice_of_order(order).public_id))
    ready.run_jobs()
    assert ready.of(public_id, "state") == ("paid",)
    assert ready.of(public_id, "sent_on") != (None,)
