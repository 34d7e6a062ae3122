"""What people see: the employer its own papers, the desk everything, and the exports."""

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from marketplace.db import db
from plugins.invoicing import finding, gate, paper_page
from plugins.invoicing.models import BuyerRow, SellerRow

from .addresses import BUYER_FORM, ROOT, SELLER_FORM, desk
from .bank_files import coda
from .papers import HOSTILE


@pytest.fixture
def stranger(signed_in):
    return signed_in("employer", email="iemand@example.org", name="Iemand")


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
