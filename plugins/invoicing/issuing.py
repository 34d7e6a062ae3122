"""Issue: draw the number, freeze the paper, pass the gate. All of it or nothing of it."""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from marketplace.kit.clock import today
from marketplace.kit.errors import DomainError, NotFound
from marketplace.kit.i18n import _
from marketplace.kit.models import session

from . import channels, gate, numbering, parties, sending, terms, treatments, ubl
from .drafting import lines_of
from .models import Issued, PaidOrder, Paper, SellerRow
from .moving import move, take_credit
from .snapshot import as_json, from_json
from .values import CreditNote, Document, Invoice, InvoiceLine, VatRow


def issue(paper: Paper) -> None:
    """Make a legal invoice of a draft, in the transaction in hand.

    Raises DomainError: not-now, no-seller, no-buyer, vat-not-reviewed, vat-mixed, no-vat-number,
    term, numbers-full, no-order-number, or not-sound with the rule and the field. Then nothing
    changed and the number is free again.
    """
    if paper.state != "draft":
        raise DomainError("not-now", _("Deze factuur is al uitgegeven of vervallen."))
    with session.begin_nested():
        _issue(paper)


def credit(original: Paper, net_cents: int, reason: str, key: str) -> Paper:
    """A credit note for so much of an invoice without VAT, in the transaction in hand.

    The same key again gives the same credit note. Raises DomainError ``too-much``, ``not-now``,
    ``not-one-rate``, or as ``issue``.
    """
    query = select(Paper).where(Paper.origin == f"credit:{key}")
    made = session.scalars(query).one_or_none()
    if made is not None:
        return made
    if original.kind != "invoice" or original.issued is None:
        raise DomainError("not-now", _("Alleen een uitgegeven factuur kan gecrediteerd worden."))
    with session.begin_nested():
        return _credit(original, net_cents, reason, key)


def document_of(paper: Paper) -> Document:
    """What was issued. Raises NotFound for a draft."""
    if paper.issued is None:
        raise NotFound(paper.public_id)
    return from_json(paper.issued.snapshot)


def _issue(paper: Paper) -> None:
    row, seller = parties.seller_of(paper.slug)
    buyer, lines, day = parties.buyer_of(paper.organisation), lines_of(paper), today()
    vat = treatments.breakdown(lines)
    treatments.check_seller(seller, vat)
    sequence = numbering.draw(row.id, day.year)
    total = sum(line.net_cents for line in lines) + sum(one.vat_cents for one in vat)
    made = Invoice(
        number=numbering.number_of(day.year, sequence),
        issued=day,
        seller=seller,
        buyer=buyer,
        lines=lines,
        vat=vat,
        order=paper.order,
        purchase_order=paper.purchase_order,
        due=terms.due_on(day, row.term_days),
        communication=terms.communication_of(day.year, row.id, sequence),
        prepaid_cents=min(total, _paid_before(paper.order)),
    )
    channel = channels.channel_of(made).channel
    _freeze(paper, made, row, sequence, channel)
    if not made.payable_cents:
        move(paper, "paid")


def _credit(original: Paper, net_cents: int, reason: str, key: str) -> Paper:
    before = document_of(original)
    (vat_row,) = before.vat if len(before.vat) == 1 else (None,)
    if vat_row is None:
        raise DomainError("not-one-rate", _("Deze factuur heeft meer dan één soort btw. Bel ons."))
    vat = treatments.credited_vat(vat_row.treatment, original.credited_net_cents, net_cents)
    take_credit(original, net_cents, net_cents + vat)
    row, seller = parties.seller_of(original.slug)
    day = today()
    sequence = numbering.draw(row.id, day.year)
    made = CreditNote(
        number=numbering.number_of(day.year, sequence),
        issued=day,
        seller=seller,
        buyer=before.buyer,
        lines=(InvoiceLine(original.title, 1, net_cents, vat_row.treatment),),
        vat=(VatRow(vat_row.treatment, net_cents, vat),),
        order=original.order,
        purchase_order=before.purchase_order,
        original=before.number,
        original_day=before.issued,
        reason=reason,
    )
    paper = _credit_paper(original, made, key)
    _freeze(paper, made, row, sequence, str(original.channel))
    return paper


def _credit_paper(original: Paper, made: CreditNote, key: str) -> Paper:
    """Its row; the reader of the list finds the same facts as on the invoice."""
    paper = Paper(
        origin=f"credit:{key}",
        kind="credit",
        slug=original.slug,
        order=original.order,
        organisation=original.organisation,
        buyer_name=original.buyer_name,
        title=original.title,
        lines=original.lines,
        purchase_order=original.purchase_order,
        reason=made.reason,
        original_id=original.id,
        net_cents=made.net_cents,
    )
    session.add(paper)
    session.flush()
    return paper


def _freeze(paper: Paper, made: Document, row: SellerRow, sequence: int, channel: str) -> None:
    """The state is taken first: of two who press at once, the second is told so."""
    xml = ubl.write(made)
    gate.check(xml, channel)
    invoice = made if isinstance(made, Invoice) else None
    move(
        paper,
        "issued",
        number=made.number,
        issued_on=made.issued,
        due_on=invoice.due if invoice else None,
        channel=channel,
        buyer_name=made.buyer.name,
        net_cents=made.net_cents,
        total_cents=made.total_cents,
        paid_cents=invoice.prepaid_cents if invoice else 0,
    )
    session.add(
        Issued(
            paper=paper,
            seller_id=row.id,
            year=made.issued.year,
            sequence=sequence,
            communication=made.communication if isinstance(made, Invoice) else None,
            snapshot=as_json(made),
            xml=xml,
            digest=hashlib.sha256(xml).hexdigest(),
        )
    )
    session.flush()
    sending.announce(paper)


def _paid_before(order: str) -> int:
    """What other plugins said was paid for the order, in cents."""
    found = session.get(PaidOrder, order)
    return found.paid_cents if found else 0


def is_intact(issued: Issued) -> bool:
    """Whether the kept file is the one that was issued, and the snapshot still makes it."""
    same = hashlib.sha256(issued.xml).hexdigest() == issued.digest
    return same and ubl.write(from_json(issued.snapshot)) == issued.xml
