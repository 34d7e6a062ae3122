"""The desk: lists, drafts, credit notes, statements that wait, and the exports."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from marketplace.db import db
from marketplace.kit.people import PASSWORD, Browser
from plugins.invoicing import export, finding
from plugins.invoicing.models import Entry

from .addresses import BUYER_FORM, ROOT, desk
from .bank_files import coda

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
