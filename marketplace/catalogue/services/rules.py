"""The life of a consultant's rule: draft, published in versions that never change, withdrawn.

Every write moves the catalogue's version in the same transaction, so no snapshot is older than
the rules it was made with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import g
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from marketplace import clock, states
from marketplace.audit import services as audit
from marketplace.catalogue import consultant_rules as files
from marketplace.catalogue import guard, shape
from marketplace.catalogue.faults import FileRefused
from marketplace.catalogue.models import ConsultantRule, ConsultantRuleVersion
from marketplace.catalogue.rule_documents import Document
from marketplace.catalogue.vocabulary import RULE_TRANSITIONS
from marketplace.contract.rules import Rule
from marketplace.db import db
from marketplace.errors import DomainError, NotFound
from marketplace.i18n import _


@dataclass(frozen=True, slots=True)
class Kept:
    """A rule as it is kept: ``document`` is the draft when there is one, else what was published.

    ``number`` and ``published_at`` are those of the newest version, 0 and None before the first.
    """

    slug: str
    status: str
    number: int
    published_at: datetime | None
    document: Document
    has_draft: bool


def read(raw: bytes) -> Document:
    """The document of a rule file. Raises FileRefused with every fault of its shape."""
    document = shape.read(raw)
    if found := files.shape_faults(document, clock.today()):
        raise FileRefused(found)
    return cast(Document, document)


def check(document: object) -> None:
    """Raise FileRefused with everything that stands in the way of publishing."""
    if found := files.faults(document, clock.today()):
        raise FileRefused(found)


def save(document: Document, is_new: bool = False) -> None:
    """Keep a document as a draft and commit; what is published stays in force.

    Raises FileRefused for a wrong shape, and DomainError ``rule.taken`` when a new one has the
    slug of another rule. Saving the same again changes nothing.
    """
    if found := files.shape_faults(document, clock.today()):
        raise FileRefused(found)
    with guard.changing():
        _draft(files.full(document), is_new)
    _commit()


def publish(slug: str) -> None:
    """Publish the draft, or a withdrawn rule again, and commit; a second time changes nothing.

    Raises NotFound, or FileRefused when the rule has a fault.
    """
    with guard.changing():
        _publish(_known(slug))
    _commit()


def publish_document(document: Document) -> None:
    """Save and publish a document in one transaction. Raises FileRefused."""
    check(document)
    with guard.changing():
        _publish(_draft(files.full(document)))
    _commit()


def withdraw(slug: str) -> None:
    """Take a rule out of force and commit; its versions stay. A second time changes nothing.

    Raises NotFound.
    """
    with guard.changing():
        _move(_known(slug), "withdrawn")
    _commit()


def _commit() -> None:
    db.session.commit()
    g.pop("consultant_rules", None)


def published_rules() -> tuple[Rule, ...]:
    """The rules of consultants that are in force, by slug, in one query."""
    in_force = _newest().where(ConsultantRule.status == "published")
    return tuple(files.rule(document) for document in db.session.scalars(in_force))


def sentences(language: str) -> Mapping[str, str]:
    """Reason code → sentence of every rule ever published, where it has one in this language.

    Withdrawn rules too: an advice that was given keeps its reasons. The newest version counts.
    """
    if "consultant_rules" not in g:  # once per request, whatever the languages
        g.consultant_rules = db.session.scalars(_newest()).all()
    texts = (
        (files.rule_id(str(document["slug"])), files.sentence_of(document, language))
        for document in g.consultant_rules
    )
    return {code: text for code, text in texts if text}


def every() -> Sequence[Kept]:
    """All rules of consultants, drafts and withdrawn ones too, by slug."""
    rows = db.session.execute(
        select(ConsultantRule, ConsultantRuleVersion)
        .outerjoin(
            ConsultantRuleVersion,
            (ConsultantRuleVersion.rule_id == ConsultantRule.id)
            & (ConsultantRuleVersion.number == ConsultantRule.current),
        )
        .order_by(ConsultantRule.slug)
    )
    return [_kept(rule, version) for rule, version in rows]


def find(slug: str) -> Kept:
    """One rule. Raises NotFound."""
    rule = db.session.scalar(select(ConsultantRule).where(ConsultantRule.slug == slug))
    if rule is None:
        raise NotFound
    return _kept(rule, _version(rule))


def _newest() -> Select[dict[str, object]]:
    """The document of the newest version of every rule, by slug."""
    return (
        select(ConsultantRuleVersion.document)
        .join(ConsultantRule, ConsultantRule.id == ConsultantRuleVersion.rule_id)
        .where(ConsultantRuleVersion.number == ConsultantRule.current)
        .order_by(ConsultantRule.slug)
    )


def _kept(rule: ConsultantRule, version: ConsultantRuleVersion | None) -> Kept:
    published = version.document if version else {}
    return Kept(
        slug=rule.slug,
        status=rule.status,
        number=rule.current,
        published_at=version.published_at if version else None,
        document=rule.draft or published,
        has_draft=rule.draft is not None,
    )


def _version(rule: ConsultantRule) -> ConsultantRuleVersion | None:
    newest = select(ConsultantRuleVersion).where(
        ConsultantRuleVersion.rule_id == rule.id, ConsultantRuleVersion.number == rule.current
    )
    return db.session.scalar(newest)


def _locked(slug: str) -> ConsultantRule | None:
    """The row, held until the commit so that two publications make two numbers."""
    found = select(ConsultantRule).where(ConsultantRule.slug == slug)
    return db.session.scalar(found.with_for_update())


def _known(slug: str) -> ConsultantRule:
    if (rule := _locked(slug)) is None:
        raise NotFound
    return rule


def _draft(document: dict[str, object], is_new: bool = False) -> ConsultantRule:
    slug = str(document["slug"])
    rule = _locked(slug)
    if rule is None:
        if made := _added(slug, document):
            return made
        rule = _known(slug)
    version = _version(rule)
    before = rule.draft or (version.document if version else None)
    if is_new and before != document:
        raise DomainError("rule.taken", _("Deze code is al van een andere regel."), "slug")
    if before != document:
        rule.draft = None if version and version.document == document else document
        audit.record("rule.drafted", f"rule:{slug}", before, document)
    return rule


def _added(slug: str, document: dict[str, object]) -> ConsultantRule | None:
    """A new row; None when the same moment brought another with this slug."""
    rule = ConsultantRule(slug=slug, status="draft", current=0, draft=document)
    try:
        with db.session.begin_nested():
            db.session.add(rule)
    except IntegrityError:
        return None
    audit.record("rule.drafted", f"rule:{slug}", new=document)
    return rule


def _publish(rule: ConsultantRule) -> None:
    version = _version(rule) if rule.current else None
    published = version.document if version else {}
    document = rule.draft or published
    check(document)
    if document != published:
        rule.current, rule.draft = rule.current + 1, None
        db.session.flush()
        db.session.add(
            ConsultantRuleVersion(
                rule_id=rule.id,
                number=rule.current,
                published_at=clock.now(),
                document=document,
            )
        )
        audit.record("rule.version", f"rule:{rule.slug}", published or None, document)
    _move(rule, "published")


def _move(rule: ConsultantRule, wanted: str) -> None:
    """The only way a rule gets another status."""
    if rule.status == wanted:
        return
    states.check(RULE_TRANSITIONS, rule.status, wanted)
    audit.record(f"rule.{wanted}", f"rule:{rule.slug}", {"status": rule.status}, {"status": wanted})
    rule.status = wanted
