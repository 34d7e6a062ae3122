"""One paper as people read it: on the page, in print and as PDF, all of the same template."""

from __future__ import annotations

import io
from importlib.util import find_spec
from pathlib import Path

from flask import Response, render_template, send_file
from flask.typing import ResponseReturnValue

from marketplace.kit.errors import NotFound

from .issuing import document_of
from .models import Paper
from .terms import shown
from .treatments import TREATMENTS
from .values import Document, Invoice

SHEET = Path(__file__).parent / "static" / "paper.css"


def context(paper: Paper) -> dict[str, object]:
    """What the templates of a paper need. Raises NotFound for a draft."""
    return parts_of(document_of(paper)) | {"paper": paper, "has_pdf": has_pdf()}


def parts_of(document: Document) -> dict[str, object]:
    """What ``paper_body.html`` needs."""
    invoice = document if isinstance(document, Invoice) else None
    return {
        "document": document,
        "is_invoice": invoice is not None,
        "communication": shown(invoice.communication) if invoice else "",
        "treatments": TREATMENTS,
    }


def print_view(paper: Paper) -> str:
    """The paper alone, to print."""
    return _html(paper, is_pdf=False)


def xml_file(paper: Paper) -> ResponseReturnValue:
    """The Peppol file, byte for byte as it was issued. Raises NotFound for a draft."""
    if paper.issued is None:
        raise NotFound(paper.public_id)
    return _file(paper.issued.xml, f"{paper.number}.xml", "application/xml")


def pdf_file(paper: Paper) -> ResponseReturnValue:
    """The print view as PDF. Raises NotFound for a draft, and without the extra ``pdf``."""
    if not has_pdf():
        raise NotFound(paper.public_id)
    return _file(pdf_of(_html(paper, is_pdf=True)), f"{paper.number}.pdf", "application/pdf")


def has_pdf() -> bool:
    """Whether the extra ``pdf`` is installed."""
    return find_spec("weasyprint") is not None


def pdf_of(html: str) -> bytes:
    """A page as PDF with its own sheet; nothing is fetched, whatever the page names."""
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    nothing = URLFetcher(allowed_protocols=())
    sheet = CSS(string=SHEET.read_text("utf-8"), url_fetcher=nothing)
    made: bytes = HTML(string=html, url_fetcher=nothing).write_pdf(stylesheets=[sheet])
    return made


def _html(paper: Paper, is_pdf: bool) -> str:
    """The PDF has its sheet from the maker."""
    return render_template("@invoicing/print.html", is_pdf=is_pdf, **context(paper))


def _file(data: bytes, name: str, kind: str) -> Response:
    return send_file(io.BytesIO(data), mimetype=kind, as_attachment=True, download_name=name)
