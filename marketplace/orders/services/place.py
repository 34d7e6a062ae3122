"""Place an order or a referral: once per key, with the price as it was advised.

Places are taken by the portable booking rule in the transaction that writes the order, so an offer
is never over- or undersold, and the same post twice is one order.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TypeVar, cast

from flask import url_for
from sqlalchemy.exc import IntegrityError

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.advice.models import Advice
from marketplace.advice.snapshot import Document, plain, request_of
from marketplace.audit.services import record
from marketplace.catalogue import services as catalogue
from marketplace.contract.answers import Line, OrderFacts
from marketplace.contract.pages import Event, Refused
from marketplace.db import db, new_public_id
from marketplace.errors import DomainError
from marketplace.host import ask
from marketplace.i18n import _
from marketplace.jobs import mail
from marketplace.orders.models import Agreed, Order, Referral
from marketplace.orders.services import keys
from marketplace.orders.services.lines import line_of
from marketplace.orders.services.remind import remind_later
from marketplace.requests import services as requests

Kind = TypeVar("Kind", Order, Referral)


def place_order(advice: Advice, version_id: str, key: str, person: Person) -> Order:
    """Order an agency offer; commits. The same key again gives the same order.

    Raises DomainError: not-verified, not-an-order, already-agreed, sold-out, key-reused,
    in-flight, or the refusal of a plugin.
    """
    line = _allowed(advice, version_id, person, owner="agency")
    keys.claim(key)
    existing = keys.made_with(Order, key, (advice.id, version_id))
    if existing is not None:
        return existing
    public_id = _ask_plugins(advice, line)
    if not catalogue.reserve(version_id, line.participants):
        raise DomainError(
            "sold-out",
            _("Er zijn te weinig plaatsen vrij. Bereken uw plan opnieuw, dan ziet u wat wel kan."),
        )
    order = Order(**_frozen(advice, line, key, person), public_id=public_id)
    return _store(order, "order.placed", "orders/mail/placed", person)


def refer(
    advice: Advice, version_id: str, key: str, person: Person, note: str, contact: str
) -> Referral:
    """Hand the employer over to a partner with a note; commits. Raises as ``place_order``."""
    line = _allowed(advice, version_id, person, owner="partner")
    keys.claim(key)
    existing = keys.made_with(Referral, key, (advice.id, version_id, note, contact))
    if existing is not None:
        return existing
    public_id = _ask_plugins(advice, line)
    frozen = _frozen(advice, line, key, person)
    referral = Referral(**frozen, public_id=public_id, note=note, contact=contact)
    partner = catalogue.provider_email(referral.provider)
    if partner:
        subject = _("Aanvraag van %(name)s", name=_employer(advice))
        mail.send(
            partner, subject, "orders/mail/handover", referral=referral, employer=_employer(advice)
        )
    return _store(referral, "referral.made", "orders/mail/referred", person)


def _allowed(advice: Advice, version_id: str, person: Person, owner: str) -> Line:
    line = line_of(advice, version_id)
    if not person.verified:
        raise DomainError(
            "not-verified",
            _("Bevestig eerst uw e-mailadres. De link staat in de mail die u van ons kreeg."),
        )
    if line.owner != owner or advice.request.organisation_id is None:
        raise DomainError("not-an-order", _("Dit aanbod kan niet zo aangevraagd worden."))
    return line


def _ask_plugins(advice: Advice, line: Line) -> str:
    """The public id of what is about to be agreed. Raises DomainError when a plugin refuses it."""
    organisation = advice.request.organisation
    order = OrderFacts(new_public_id(), organisation.public_id if organisation else "")
    request = request_of(cast(Document, advice.document))
    try:
        ask.veto("before_order", request=request, line=line, order=order)
    except Refused as refused:
        raise DomainError(refused.code, refused.message) from refused
    return order.order


def _frozen(advice: Advice, line: Line, key: str, person: Person) -> dict[str, object]:
    titles = cast(dict[str, dict[str, str]], advice.document["titles"])[line.version_id]
    return {
        "key": key,
        "advice": advice,
        "organisation_id": advice.request.organisation_id,
        "version_id": line.version_id,
        "slug": line.offer,
        "title": titles["title"],
        "provider": line.provider,
        "provider_name": titles["provider_name"],
        "participants": line.participants,
        "start": line.start,
        "gross_cents": line.gross_cents,
        "net_cents": line.net_cents,
        "hours": line.hours,
        "line": plain(asdict(line)),
        "placed_by": person.public_id,
        "created": clock.now(),
        "changed": clock.now(),
    }


def _store(agreed: Kind, event: str, template: str, person: Person) -> Kind:
    """Write everything in one transaction: the row, the places, the audit, the mails, the event."""
    body = keys.body_of(agreed)
    db.session.add(agreed)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        return _after_conflict(type(agreed), agreed.key, body)
    requests.mark_ordered(agreed.advice.request)
    record(event, f"{event.split('.')[0]}:{agreed.public_id}", new={"net_cents": agreed.net_cents})
    mail.send(person.email, _subject(agreed), template, agreed=agreed, url=_url(agreed))
    if isinstance(agreed, Order):
        remind_later(agreed, _url(agreed))
    came_through = requests.source_facts(agreed.advice.request)
    facts = {"offer": agreed.slug, "provider": agreed.provider, **came_through}
    ask.tell(Event(event, agreed.public_id, facts))
    db.session.commit()
    return agreed


def _after_conflict(kind: type[Kind], key: str, body: tuple[object, ...]) -> Kind:
    """Another post with the same key won the race, or the line was agreed from another page."""
    won = keys.made_with(kind, key, body)
    if won is None:
        raise DomainError(
            "already-agreed", _("U vroeg dit al aan. U vindt het bij uw bestellingen.")
        )
    return won


def _subject(agreed: Agreed) -> str:
    if isinstance(agreed, Order):
        return _("Uw bestelling: %(title)s", title=agreed.title)
    return _("Uw aanvraag bij %(name)s", name=agreed.provider_name)


def _url(agreed: Agreed) -> str:
    endpoint = "orders.show" if isinstance(agreed, Order) else "orders.referral"
    return url_for(endpoint, public_id=agreed.public_id, _external=True)


def _employer(advice: Advice) -> str:
    organisation = advice.request.organisation
    return organisation.name if organisation else ""
