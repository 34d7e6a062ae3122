"""Papers for bookkeeping, as CSV and XLSX. A text that a sheet would run as formula is escaped."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from marketplace.kit.i18n import lazy_

from .models import Paper

Cell = str | Decimal | date | None
COLUMNS: tuple[tuple[object, Callable[[Paper], Cell]], ...] = (
    (lazy_("Nummer"), lambda paper: paper.number),
    (lazy_("Soort"), lambda paper: paper.kind),
    (lazy_("Stand"), lambda paper: paper.state),
    (lazy_("Verkoper"), lambda paper: paper.slug),
    (lazy_("Koper"), lambda paper: paper.buyer_name),
    (lazy_("Omschrijving"), lambda paper: paper.title),
    (lazy_("Datum"), lambda paper: paper.issued_on),
    (lazy_("Vervaldag"), lambda paper: paper.due_on),
    (lazy_("Zonder btw"), lambda paper: _euro(paper, paper.net_cents)),
    (lazy_("Met btw"), lambda paper: _euro(paper, paper.total_cents)),
    (lazy_("Gecrediteerd"), lambda paper: _euro(paper, paper.credited_cents)),
    (lazy_("Betaald"), lambda paper: _euro(paper, paper.paid_cents)),
    (lazy_("Bestelnummer"), lambda paper: paper.purchase_order),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(papers: Iterable[Paper]) -> bytes:
    """Semicolons and decimal commas, as spreadsheets in Belgium read them; UTF-8 with mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in _rows(papers):
        writer.writerow([_typed(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(papers: Iterable[Paper]) -> bytes:
    """A workbook of one sheet."""
    from openpyxl import Workbook  # a third of a second that only who exports waits for

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Facturen")
    for row in _rows(papers):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def safe(text: str) -> str:
    """A text that no spreadsheet runs or refuses: https://owasp.org/www-community/attacks/CSV_Injection."""
    shown = "".join(char for char in text if char.isprintable() or char in "\t\r\n")
    return f"'{shown}" if shown.startswith(FORMULA) else shown


def _rows(papers: Iterable[Paper]) -> Iterator[list[Cell]]:
    yield [str(label) for label, _value in COLUMNS]
    for paper in papers:
        yield [_safe(value(paper)) for _label, value in COLUMNS]


def _safe(cell: Cell) -> Cell:
    return safe(cell) if isinstance(cell, str) else cell


def _typed(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",")
    return "" if cell is None else cell if isinstance(cell, str) else cell.isoformat()


def _euro(paper: Paper, cents: int) -> Decimal:
    """A credit note counts against what was invoiced."""
    return Decimal(-cents if paper.kind == "credit" else cents) / 100
