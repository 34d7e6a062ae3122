"""The life of a consultant's rule of aid: draft, published from a day, withdrawn.

Nothing here commits. Every write first takes the row of the counter, so writers go one by one;
what changes the published set moves the counter, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgres
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from marketplace.kit import audit
from marketplace.kit.clock import now, today
from marketplace.kit.errors import DomainError, NotFound
from marketplace.kit.i18n import _
from marketplace.kit.models import new_public_id, session

from .. import in_force, reader
from ..overlay import Broken, Published, lay, turns
from . import bodies
from .complaints import in_dutch
from .models import Rows, RuleChange, RuleCount, RuleVersion

STATES: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"published"}),
    "published": frozenset({"withdrawn"}),
    "withdrawn": frozenset(),
}
"""State → the states that may follow. To change what was published, begin a new version."""


def every() -> Sequence[RuleVersion]:
    """All versions with what was done to them, by rule, the newest first."""
    query = select(RuleVersion).order_by(RuleVersion.rule_id, RuleVersion.number.desc())
    return session.scalars(query).all()


def versions_of(rule_id: str) -> Sequence[RuleVersion]:
    """The versions of one rule, the newest first."""
    found = select(RuleVersion).where(RuleVersion.rule_id == rule_id)
    found = found.order_by(RuleVersion.number.desc())
    return session.scalars(found.execution_options(populate_existing=True)).all()


def find(public_id: str) -> RuleVersion:
    """One version, as it is in the database now. Raises NotFound."""
    query = select(RuleVersion).where(RuleVersion.public_id == public_id)
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(public_id)
    return found


def body_of(rule_id: str) -> Rows:
    """What a new version of a rule begins with: its newest version, else the bundled rule.

    Raises NotFound for a rule that is nowhere.
    """
    newest = next(iter(versions_of(rule_id)), None)
    found = newest.body if newest else bodies.bundled_rows().get(rule_id)
    if not found:
        raise NotFound(rule_id)
    return found


def before(version: RuleVersion) -> Rows:
    """What a version is compared with: the one before it, else the bundled rule, else nothing."""
    older = [one for one in versions_of(version.rule_id) if one.number < version.number]
    return older[0].body if older else bodies.bundled_rows().get(version.rule_id, [])


def begin(public_id: str, rows: Rows) -> RuleVersion:
    """A new draft under an id that the form drew; the same again gives the same one.

    Raises DomainError when that id is taken by something else.
    """
    _take_turn()
    found = session.scalar(select(RuleVersion).where(RuleVersion.public_id == public_id))
    if found is None:
        return _added(rows, public_id)
    if found.body != rows:
        raise _later()
    return found


def save(public_id: str, rows: Rows, seen: int) -> RuleVersion:
    """Change a draft that was ``seen`` so; the same again changes nothing.

    Raises NotFound, or DomainError when it is no draft, is about another rule, or somebody else
    changed it since: then nothing is written.
    """
    _take_turn()
    version = find(public_id)
    if version.body == rows:
        return version
    if version.state != "draft":
        raise DomainError(
            "rule.fixed", _("Deze versie is gepubliceerd. Begin een nieuwe versie."), "body"
        )
    if rows[0]["id"] != version.rule_id:
        said = _("Het id van een regel blijft hetzelfde: %(id)s.", id=version.rule_id)
        raise DomainError("rule.id", said, "body")
    if version.seen != seen:
        raise _later()
    old, version.body = version.body, rows
    _note(version, "changed", "", {"body": old}, {"body": rows})
    return version


def publish(public_id: str, starts: date, reason: str) -> RuleVersion:
    """Put a draft in force from a day, with the reason; the same again changes nothing.

    Raises NotFound, or DomainError when the set would not read with it: nothing is written then.
    """
    _take_turn()
    version = find(public_id)
    if version.state == "published" and version.published_from == starts:
        return version
    _put_in_force([version], starts, reason)
    return version


def publish_rows(rows: Rows, starts: date, reason: str) -> list[RuleVersion]:
    """Publish the rules of a file, all or none; a rule that stands so already is left alone.

    Raises DomainError.
    """
    _take_turn()
    made = []
    for rule_id, own in bodies.split(rows).items():
        newest = next(iter(versions_of(rule_id)), None)
        stands = newest is not None and (newest.state, newest.published_from, newest.body) == (
            ("published", starts, own)
        )
        if not stands:
            made.append(_added(own, new_public_id()))
    if made:
        _put_in_force(made, starts, reason)
    return made


def withdraw(rule_id: str, reason: str) -> int:
    """Take every published version of a rule out of force, with the reason; says how many.

    What is bundled counts again; without that the rule is gone. A second time changes nothing.
    Raises NotFound, or DomainError when the rest would not read without it.
    """
    _take_turn()
    versions = versions_of(rule_id)
    if not versions:
        raise NotFound(rule_id)
    published = [one for one in versions if one.state == "published"]
    known = in_force.published()
    for version in published:
        _move(version, "withdrawn", reason)
    if published:
        _refuse_if_broken(known, [one for one in known if one.rule_id != rule_id])
        _count()
    return len(published)


def look_again(rule_id: str, checked_on: date, note: str) -> RuleVersion:
    """The rule as it counts today, with the day on which its source was read, published at once.

    The same again changes nothing. Raises NotFound, or DomainError.
    """
    if checked_on > today():
        raise DomainError("rule.future", _("Kies vandaag of een vroegere dag."), "checked_on")
    _take_turn()
    rows = [{**row, "checked_on": checked_on.isoformat()} for row in _body_today(rule_id)]
    newest = next(iter(versions_of(rule_id)), None)
    if newest is not None and newest.state == "published" and newest.body == rows:
        return newest
    version = _added(rows, new_public_id())
    _put_in_force([version], today(), note)
    return version


def _body_today(rule_id: str) -> Rows:
    """The rows of a rule that count today, bundled ones among them. Raises NotFound."""
    counting = [one for one in in_force.rules_in_force() if one.id == rule_id]
    published = [one.body for one in versions_of(rule_id) if one.state == "published"]
    rows = [row for body in (*published, bodies.bundled_rows().get(rule_id, [])) for row in body]
    found: Rows = []
    for record in counting:
        found += [row for row in rows if bodies.shape([row]) == [record]][:1]
    if not found:
        raise NotFound(rule_id)
    return found


def _put_in_force(versions: Iterable[RuleVersion], starts: date, reason: str) -> None:
    if starts < today():
        raise DomainError("rule.past", _("Kies vandaag of een latere dag."), "starts")
    known = in_force.published()
    added = []
    for version in versions:
        bodies.sound(version.body)
        version.published_from = starts
        _move(version, "published", reason)
        added.append(
            Published(version.public_id, version.rule_id, version.number, starts, version.body)
        )
    _refuse_if_broken(known, [*known, *added])
    _count()


def _refuse_if_broken(old: Sequence[Published], new: Sequence[Published]) -> None:
    """Raise DomainError when a set of today or later leaves out what was not left out before."""
    for day in sorted({today(), *(day for day in turns(new) if day > today())}):
        known = {one.version.public_id for one in _broken(old, day)}
        for one in _broken(new, day):
            if one.version.public_id not in known:
                raise DomainError("rule.refused", in_dutch(one.why), "body")


def _broken(versions: Sequence[Published], day: date) -> tuple[Broken, ...]:
    return lay(reader.bundled(), versions, day).broken


def _added(rows: Rows, public_id: str) -> RuleVersion:
    rule_id = str(rows[0]["id"])
    newest = select(func.max(RuleVersion.number)).where(RuleVersion.rule_id == rule_id)
    version = RuleVersion(
        public_id=public_id,
        rule_id=rule_id,
        number=(session.scalar(newest) or 0) + 1,
        state="draft",
        body=rows,
        seen=0,
        created=now(),
    )
    session.add(version)
    _note(version, "drafted", "", None, {"body": rows})
    return version


def _move(version: RuleVersion, wanted: str, reason: str) -> None:
    """The only way a version gets another state."""
    if wanted not in STATES[version.state]:
        said = _("Dat kan niet meer met deze versie. Begin een nieuwe versie.")
        raise DomainError("rule.state", said)
    old, version.state = version.state, wanted
    starts = version.published_from.isoformat() if version.published_from else None
    _note(version, wanted, reason, {"state": old}, {"state": wanted, "from": starts})


def _note(
    version: RuleVersion,
    what: str,
    reason: str,
    old: Mapping[str, object] | None,
    new: Mapping[str, object],
) -> None:
    version.changed = now()
    version.seen += 1
    version.changes.append(
        RuleChange(at=version.changed, author=audit.actor(), what=what, reason=reason)
    )
    subject = f"aid_rule:{version.public_id}"
    told = {"rule": version.rule_id, "number": version.number, "reason": reason}
    audit.record(f"subsidies.rule_{what}", subject, old, {**told, **new})


def _later() -> DomainError:
    said = _(
        "Een collega heeft deze regel intussen gewijzigd. Hieronder staat wat nu bewaard is. Neem"
        " over wat u nodig hebt en bewaar opnieuw."
    )
    return DomainError("rule.changed", said, "body")


def _take_turn() -> None:
    """Hold the row of the counter until the commit: writers go one by one on both databases."""
    insert = insert_sqlite if session.get_bind().dialect.name == "sqlite" else insert_postgres
    first = insert(RuleCount).values(id=1, number=0, stamp="")
    session.execute(first.on_conflict_do_nothing())
    session.execute(select(RuleCount.id).where(RuleCount.id == 1).with_for_update())


def _count() -> None:
    session.execute(
        update(RuleCount)
        .where(RuleCount.id == 1)
        .values(number=RuleCount.number + 1, stamp=new_public_id())
    )
