"""What people do with pots: a federation keeps its own, consultants look at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import cast

from sqlalchemy import CursorResult, Select, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from marketplace.kit import audit
from marketplace.kit.clock import now, today
from marketplace.kit.errors import DomainError, NotFound
from marketplace.kit.i18n import _
from marketplace.kit.models import session
from marketplace.kit.money import euro
from marketplace.kit.organisations import Organisation, current_organisation

from .models import Movement, Pot


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person may set; see ``Pot``."""

    title: str
    page: str
    kind: str
    amount_cents: int | None
    percent: int | None
    training_cap_cents: int | None
    employer_cap_cents: int | None
    total_cents: int
    first_day: date
    last_day: date
    joint_committees: list[str]
    offers: list[str]
    stack_order: int


def terms_of(pot: Pot) -> Terms:
    """The terms of a pot as they are."""
    return Terms(**{field.name: getattr(pot, field.name) for field in fields(Terms)})


def own_pots() -> Sequence[Pot]:
    """The pots of the federation in hand, open ones first, then the newest."""
    return _listed(_every().where(Pot.organisation_id == _federation().id))


def all_pots() -> Sequence[Pot]:
    """Every pot with its federation, in the same order: for consultants."""
    return _listed(_every())


def giving_pots() -> Sequence[Pot]:
    """Pots that still give for a start today or later, with their federation: for everybody."""
    still = (Pot.closed.is_(None), Pot.last_day >= today(), Pot.left_cents > 0)
    return _listed(_every().where(*still))


def own_pot(public_id: str) -> Pot:
    """A pot of the federation in hand. Raises NotFound for any other."""
    return _one(_every().where(Pot.organisation_id == _federation().id), public_id)


def any_pot(public_id: str) -> Pot:
    """A pot, whoever asks: for consultants. Raises NotFound when absent."""
    return _one(_every(), public_id)


def create(terms: Terms, key: str) -> Pot:
    """A pot of the federation in hand; the same key again gives the same pot. Does not commit.

    Raises DomainError ``key-reused`` when the key is that of another federation.
    """
    return open_pot(_federation(), terms, key)


def open_pot(federation: Organisation, terms: Terms, key: str) -> Pot:
    """As ``create``, for this federation."""
    known = _by_key(key)
    if known is None:
        moment = now()
        made = Pot(
            **asdict(terms), key=key, organisation_id=federation.id, created=moment, changed=moment
        )
        try:
            with session.begin_nested():
                session.add(made)
                session.flush()
        except IntegrityError:  # the same page was posted twice at once
            known = _by_key(key)
        else:
            _moved_total(made, terms.total_cents)
            audit.record("pot.created", f"pot:{made.public_id}", new=_plain(terms))
            return made
    if known is None or known.organisation_id != federation.id:
        raise DomainError("key-reused", _("Deze pagina is al gebruikt. Laad ze opnieuw."))
    return known


def change(pot: Pot, terms: Terms, version: int) -> None:
    """Set other terms, if nobody did since ``version``. Does not commit.

    Raises DomainError: pot-changed, pot-closed, or below-taken when the total would be less than
    what is reserved and used.
    """
    old = terms_of(pot)
    taken = Pot.reserved_cents + Pot.used_cents
    set_to = update(Pot).where(taken <= terms.total_cents).values(**asdict(terms))
    if not _changed(pot, version, set_to):
        raise _why_not(pot, version)
    _moved_total(pot, terms.total_cents - old.total_cents)
    audit.record("pot.changed", f"pot:{pot.public_id}", old=_plain(old), new=_plain(terms))


def close(pot: Pot) -> None:
    """Give nothing more from now on; what is reserved stays. Does not commit. Closing twice is
    closing once.
    """
    if pot.closed is None and _changed(pot, pot.version, update(Pot).values(closed=now())):
        audit.record("pot.closed", f"pot:{pot.public_id}")


def _changed(pot: Pot, version: int, statement: object) -> bool:
    """Whether the change went through: nobody changed or closed the pot before."""
    mine = (Pot.id == pot.id, Pot.version == version, Pot.closed.is_(None))
    done = session.execute(
        statement.where(*mine)  # type: ignore[attr-defined]
        .values(version=Pot.version + 1, changed=now())
        .execution_options(synchronize_session=False)
    )
    session.refresh(pot)
    return cast("CursorResult[object]", done).rowcount == 1


def _why_not(pot: Pot, version: int) -> DomainError:
    if pot.closed is not None:
        return DomainError("pot-closed", _("Deze pot is gesloten en kan niet meer veranderen."))
    if pot.version != version:
        return DomainError(
            "pot-changed",
            _(
                "Iemand anders wijzigde deze pot intussen. Open de pot opnieuw, kijk wat er"
                " veranderde en wijzig dan."
            ),
        )
    taken = euro(pot.reserved_cents + pot.used_cents)
    return DomainError(
        "below-taken",
        _("Er is al %(taken)s vastgehouden of gebruikt. Typ minstens dat bedrag.", taken=taken),
        "total_cents",
    )


def _moved_total(pot: Pot, cents: int) -> None:
    if cents:
        session.add(Movement(pot_id=pot.id, at=now(), kind="total", total_cents=cents))


def _federation() -> Organisation:
    found = current_organisation("federation")
    if found is None:
        raise NotFound("federation")
    return found


def _every() -> Select[Pot]:
    return select(Pot).options(joinedload(Pot.organisation))


def _listed(query: Select[Pot]) -> Sequence[Pot]:
    return session.scalars(query.order_by(Pot.closed.isnot(None), Pot.id.desc())).all()


def _one(query: Select[Pot], public_id: str) -> Pot:
    found = session.scalars(query.where(Pot.public_id == public_id)).one_or_none()
    if found is None:
        raise NotFound(public_id)
    return found


def _by_key(key: str) -> Pot | None:
    return session.scalars(select(Pot).where(Pot.key == key)).one_or_none()


def _plain(terms: Terms) -> dict[str, object]:
    """As JSON for the audit log."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(terms).items()
    }
