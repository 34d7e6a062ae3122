"""What people see: the employer its own papers, the desk everything, and the exports."""

import io
from importlib.util import find_spec

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from marketplace.db import db
from marketplace.kit.people import PASSWORD, Browser
from plugins.invoicing import export, finding, gate, paper_page
from plugins.invoicing.models import BuyerRow, Entry, SellerRow

from .bank_files import coda
from .papers import HOSTILE

ROOT = "/x/invoicing"
SELLER_FORM = {
    "name": "AgII",
    "enterprise_number": "0403.019.261",
    "charges_vat": "yes",
    "street": "Kerkstraat 1",
    "postcode": "9300",
    "city": "Aalst",
    "iban": "BE68 5390 0754 7034",
    "bic": "",
    "term_days": "30",
    "automatic": "no",
}
BUYER_FORM = {
    "street": "Dorp 2",
    "postcode": "9300",
    "city": "Aalst",
    "vat_taxpayer": "yes",
    "public_body": "no",
}


@pytest.fixture
def clerk(signed_in):
    return signed_in("consultant", name="AgII", slug="agii")


@pytest.fixture
def stranger(signed_in):
    return signed_in("employer", email="iemand@example.org", name="Iemand")


def desk(public_id, act=""):
    return f"{ROOT}/balie/facturen/{public_id}{'/' if act else ''}{act}"


# ---- the whole way ----


def test_from_delivered_to_paid_with_a_coda_file(books, clerk, employer):
    order = books.order(status="confirmed")
    clerk.post(f"/balie/bestellingen/{order}/uitgevoerd")
    books.run_jobs()
    public_id = books.read(lambda: finding.invoice_of_order(order).public_id)
    assert "ontbreken" in clerk.get(desk(public_id)).text
    assert clerk.post(f"{ROOT}/balie/verkopers/agii", data=SELLER_FORM).status_code == 302
    assert employer.post(f"{ROOT}/factuurgegevens", data=BUYER_FORM).status_code == 302
    page = clerk.post(desk(public_id, "uitgeven"), follow_redirects=True).text
    assert "De factuur is uitgegeven." in page
    assert "2026-00001" in page
    seen = employer.get(f"{ROOT}/facturen/{public_id}").text
    assert "2.904 euro" in seen
    digits = books.communication(public_id)
    data = coda([(290_400, f"+++{digits}", "Den Boomgaard")])
    answer = clerk.post(
        f"{ROOT}/balie/uittreksels",
        data={"file": (io.BytesIO(data), "a.cod")},
        follow_redirects=True,
    )
    assert "1 geboekt" in answer.text
    assert "betaald" in employer.get(f"{ROOT}/facturen").text


# ---- the employer ----


def test_an_employer_without_invoices_reads_what_to_expect(employer):
    page = employer.get(f"{ROOT}/facturen").text
    assert "U hebt nog geen facturen" in page
    assert "Vul uw factuurgegevens in" in page


def test_the_page_the_print_and_the_file_say_the_same(ready, employer):
    public_id = ready.issued()
    for path in (f"{ROOT}/facturen/{public_id}", f"{ROOT}/facturen/{public_id}/afdrukken"):
        page = employer.get(path).text
        for said in ("2026-00001", "2.904 euro", "BE68539007547034", "+++260/", "Kerkstraat 1"):
            assert said in page, said
    answer = employer.get(f"{ROOT}/facturen/{public_id}/ubl")
    assert answer.headers["Content-Disposition"] == "attachment; filename=2026-00001.xml"
    assert gate.judge(answer.data) == ()


@pytest.mark.parametrize("part", ["", "/afdrukken", "/ubl", "/pdf"])
def test_what_is_not_yours_is_not_there(ready, stranger, part):
    public_id = ready.issued()
    assert stranger.get(f"{ROOT}/facturen/{public_id}{part}").status_code == 404
    assert "2026-00001" not in stranger.get(f"{ROOT}/facturen").text


@pytest.mark.parametrize("part", ["", "/afdrukken", "/ubl", "/pdf"])
def test_a_draft_is_not_shown_to_the_employer(ready, employer, part):
    public_id = ready.draft()
    assert employer.get(f"{ROOT}/facturen/{public_id}{part}").status_code == 404


def test_the_order_page_leads_to_the_invoice(ready, employer):
    public_id = ready.issued()
    (order,) = ready.of(public_id, "order")
    assert f"/facturen/{public_id}" in employer.get(f"/bestelling/{order}").text


@pytest.mark.skipif(find_spec("weasyprint") is None, reason="the extra pdf is not installed")
def test_the_pdf_holds_what_the_page_says(ready, employer):
    public_id = ready.issued()
    answer = employer.get(f"{ROOT}/facturen/{public_id}/pdf")
    assert answer.mimetype == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    for said in ("2026-00001", "2.904", "BE68539007547034", "+++260/"):
        assert said in text


def test_without_the_extra_there_is_a_print_view_and_no_link(ready, employer, monkeypatch):
    monkeypatch.setattr(paper_page, "find_spec", lambda _name: None)
    public_id = ready.issued()
    page = employer.get(f"{ROOT}/facturen/{public_id}").text
    assert "Afdrukken" in page
    assert "PDF" not in page
    assert employer.get(f"{ROOT}/facturen/{public_id}/pdf").status_code == 404


@pytest.mark.skipif(find_spec("weasyprint") is None, reason="the extra pdf is not installed")
def test_a_paper_fetches_nothing(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    html = f'<p>x<img src="file://{secret}"><img src="http://127.0.0.1:9/"></p>'
    assert b"geheim" not in paper_page.pdf_of(html)


# ---- forms ----


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"enterprise_number": "0403019262"}, "geen Belgisch ondernemingsnummer"),
        ({"iban": "BE68539007547035"}, "geen geldig rekeningnummer"),
        ({"term_days": "61"}, "Typ een getal van 0 tot 60"),
        ({"name": ""}, "Vul dit veld in"),
        ({"street": "x" * 121}, "ten hoogste 120"),
        ({"charges_vat": "misschien"}, "Kies een antwoord"),
    ],
)
def test_wrong_input_of_a_seller_stays_with_its_message(books, clerk, changes, said):
    answer = clerk.post(f"{ROOT}/balie/verkopers/agii", data=SELLER_FORM | changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Kerkstraat 1" in answer.text or "x" * 121 in answer.text
    assert books.read(lambda: db.session.scalars(select(SellerRow)).all()) == []


def test_a_seller_that_nobody_knows_is_not_there(clerk):
    assert clerk.get(f"{ROOT}/balie/verkopers/niemand").status_code == 404
    assert "agii" in clerk.get(f"{ROOT}/balie/verkopers").text


@pytest.mark.parametrize("text", HOSTILE[:6])
def test_hostile_text_survives_from_form_to_paper(books, clerk, employer, text):
    clerk.post(f"{ROOT}/balie/verkopers/agii", data=SELLER_FORM | {"street": text})
    employer.post(f"{ROOT}/factuurgegevens", data=BUYER_FORM | {"street": text})
    assert books.read(lambda: db.session.scalars(select(BuyerRow.street)).one()) == text
    public_id = books.issued()
    for path in (f"{ROOT}/facturen/{public_id}", f"{ROOT}/facturen/{public_id}/afdrukken"):
        page = employer.get(path)
        assert page.status_code == 200
        assert "<b>x</b>" not in page.text


# ---- the desk ----


def test_the_desk_lists_filters_and_shows(ready, clerk):
    first, second = ready.issued(), ready.draft()
    page = clerk.get(f"{ROOT}/balie/facturen").text
    assert desk(first) in page
    assert desk(second) in page
    assert desk(second) not in clerk.get(f"{ROOT}/balie/facturen?stand=issued").text
    assert "Wij vinden geen factuur" in clerk.get(f"{ROOT}/balie/facturen?koper=zzz").text
    assert clerk.get(f"{ROOT}/balie/facturen?stand=%3Cb%3E&koper=%25&page=x").status_code == 200


def test_a_long_list_asks_no_query_per_row(ready, clerk, count_queries):
    counts = []
    clerk.get(f"{ROOT}/balie/facturen")
    for _round in range(2):
        for _time in range(3):
            ready.draft()
        with count_queries() as queries:
            clerk.get(f"{ROOT}/balie/facturen")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_draft_is_completed_then_issued(ready, clerk):
    public_id = ready.draft(vat=None)
    assert "Niemand keek na" in clerk.get(desk(public_id)).text
    answer = clerk.post(desk(public_id, "uitgeven"), follow_redirects=True)
    assert "Niemand keek na welke btw" in answer.text
    clerk.post(desk(public_id, "aanvullen"), data={"purchase_order": "PO 7", "treatment": "exempt"})
    page = clerk.post(desk(public_id, "uitgeven"), follow_redirects=True).text
    assert "artikel 44" in page
    assert "PO 7" in page


def test_issuing_twice_is_said_and_changes_nothing(ready, clerk):
    public_id = ready.draft()
    clerk.post(desk(public_id, "uitgeven"))
    assert "al uitgegeven" in clerk.post(desk(public_id, "uitgeven"), follow_redirects=True).text
    assert ready.of(public_id, "number") == ("2026-00001",)


def test_a_draft_is_dropped(ready, clerk):
    public_id = ready.draft()
    assert "vervallen" in clerk.post(desk(public_id, "laten-vallen"), follow_redirects=True).text


def test_a_credit_note_from_the_page_and_the_same_post_again(ready, clerk):
    public_id = ready.issued()
    form = {"amount": "400", "reason": "Eén les minder", "key": "abc"}
    for _time in range(2):
        page = clerk.post(desk(public_id, "crediteren"), data=form, follow_redirects=True).text
        assert "Creditnota 2026-00002" in page
        assert "Eén les minder" in page
    assert ready.count() == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"amount": "2400,01"}, "niet meer crediteren"),
        ({"amount": "0"}, "niet meer crediteren"),
        ({"amount": "veel"}, "Typ een bedrag"),
        ({"reason": ""}, "Vul dit veld in"),
        ({"amount": "-5"}, "Typ een bedrag"),
    ],
)
def test_a_wrong_credit_is_refused_beside_its_field(ready, clerk, changes, said):
    public_id = ready.issued()
    form = {"amount": "400", "reason": "x", "key": "abc"} | changes
    answer = clerk.post(desk(public_id, "crediteren"), data=form)
    assert answer.status_code == 422
    assert said in answer.text
    assert ready.count() == 1


def test_a_reminder_from_the_page(ready, clerk, clock):
    public_id = ready.issued()
    assert "niet te laat" in clerk.post(desk(public_id, "herinneren"), follow_redirects=True).text
    clock.at = clock.at.replace(year=2027, month=1, day=20)
    clerk = _again(ready.app, clerk)
    clerk.post(desk(public_id, "herinneren"))
    ready.run_jobs()
    assert ready.of(public_id, "state", "reminders") == ("reminded", 1)


def test_a_person_says_that_the_file_was_sent(ready, clerk):
    public_id = ready.issued()
    assert "als verstuurd" in clerk.post(desk(public_id, "verstuurd"), follow_redirects=True).text
    assert ready.of(public_id, "state") == ("sent",)


def test_the_buyer_is_filled_in_at_the_desk(books, clerk, employer):
    path = f"{ROOT}/balie/kopers/{employer.organisation_id}"
    assert clerk.post(path, data=BUYER_FORM | {"postcode": ""}).status_code == 422
    assert clerk.post(path, data=BUYER_FORM).status_code == 302
    assert "Dorp 2" in clerk.get(path).text
    assert clerk.get(f"{ROOT}/balie/kopers/niemand").status_code == 404


@pytest.mark.parametrize("role", ["employer", "partner", "federation"])
def test_only_the_desk_reaches_the_desk(ready, signed_in, role):
    public_id = ready.issued()
    browser = signed_in(role, email=f"{role}2@example.org")
    for path in ("balie/facturen", "balie/facturen.csv", "balie/verkopers", "balie/uittreksels"):
        assert browser.get(f"{ROOT}/{path}").status_code == 403
    for act in ("uitgeven", "crediteren", "herinneren", "verstuurd", "laten-vallen", "aanvullen"):
        assert browser.post(desk(public_id, act)).status_code == 403


@pytest.mark.parametrize("part", ["", "ubl", "pdf", "afdrukken"])
def test_an_unknown_paper_and_the_file_of_a_draft_are_not_there(ready, clerk, part):
    assert clerk.get(desk("niets", part)).status_code == 404
    draft = ready.draft()
    assert clerk.get(desk(draft, part)).status_code == (200 if part == "" else 404)


# ---- statements ----


def test_a_statement_is_uploaded_and_a_person_decides(ready, clerk):
    public_id = ready.issued()
    digits = ready.communication(public_id)
    data = coda([(100, f"+++{digits}", "<b>Jan</b>"), (200, "bedankt", "An")])
    page = clerk.post(
        f"{ROOT}/balie/uittreksels",
        data={"file": (io.BytesIO(data), "x")},
        follow_redirects=True,
    ).text
    assert "2 nieuw: 0 geboekt, 2 wachten op u" in page
    assert "<b>Jan</b>" not in page
    first, second = ready.read(
        lambda: db.session.scalars(select(Entry.public_id).order_by(Entry.id)).all()
    )
    entry = f"{ROOT}/balie/uittreksels/{first}"
    assert "Minder dan er open staat" in clerk.get(entry).text
    assert clerk.post(f"{entry}/toewijzen", data={"number": "9"}).status_code == 422
    assert clerk.post(f"{entry}/toewijzen", data={"number": "2026-00001"}).status_code == 302
    assert ready.of(public_id, "paid_cents") == (100,)
    assert clerk.post(f"{entry}/toewijzen", data={"number": "2026-00001"}).status_code == 422
    other = f"{ROOT}/balie/uittreksels/{second}"
    assert clerk.post(f"{other}/negeren", data={"note": ""}).status_code == 422
    assert clerk.post(f"{other}/terugstorten", data={"note": "Fout"}).status_code == 302
    assert "Ik heb het teruggestort" in clerk.get(other).text
    assert clerk.post(f"{other}/teruggestort").status_code == 302
    assert "al beslist" in clerk.get(other).text
    assert clerk.get(f"{ROOT}/balie/uittreksels/niets").status_code == 404


@pytest.mark.parametrize("data", [b"", b"hello", b"<a/>"])
def test_a_wrong_file_gets_a_message(clerk, data):
    answer = clerk.post(f"{ROOT}/balie/uittreksels", data={"file": (io.BytesIO(data), "x.txt")})
    assert answer.status_code == 422
    assert "Wij kunnen dit bestand niet lezen" in answer.text
    assert "Kies eerst een bestand" in clerk.post(f"{ROOT}/balie/uittreksels").text


# ---- exports ----


def test_the_exports_hold_every_paper_with_its_sign(ready, clerk):
    public_id = ready.issued()
    ready.credit(public_id, 40_000)
    text = clerk.get(f"{ROOT}/balie/facturen.csv").data.decode("utf-8-sig")
    lines = text.splitlines()
    assert lines[0].startswith("Nummer;Soort")
    assert "2904" in lines[2]
    assert "-484" in lines[1]
    data = clerk.get(f"{ROOT}/balie/facturen.xlsx").data
    rows = list(load_workbook(io.BytesIO(data)).active.values)
    assert len(rows) == 3
    assert rows[2][9] == 2904
    assert len(clerk.get(f"{ROOT}/balie/facturen.csv?stand=sent").data.splitlines()) == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1"])
def test_no_text_is_run_as_a_formula(ready, clerk, text):
    assert export.safe(text).startswith("'")
    public_id = ready.issued()
    paper = ready.read(lambda: finding.paper_of(public_id))
    paper.buyer_name = text
    sheet = load_workbook(io.BytesIO(export.as_xlsx([paper]))).active
    assert "f" not in {cell.data_type for row in sheet.rows for cell in row}
    assert sheet["E2"].value.startswith("'")


@pytest.mark.parametrize("text", ["\x00\x0b=1", "\ud800", "gewoon", ""])
def test_no_text_breaks_a_sheet(text):
    assert export.safe(text).isprintable()


def _again(app, browser):
    """Signed in anew: a month later the old sign-in is over."""
    fresh = Browser(app, app.response_class, use_cookies=True)
    fresh.post("/aanmelden", data={"email": browser.email, "password": PASSWORD})
    return fresh
