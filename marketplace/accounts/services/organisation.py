"""What an organisation says about itself, and where it works. Only its own people reach it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from marketplace.accounts.models import Establishment, Organisation
from marketplace.audit.services import record
from marketplace.contract.values import Employer
from marketplace.db import db
from marketplace.errors import DomainError, NotFound
from marketplace.i18n import _

FACTS = (
    "name",
    "enterprise_number",
    "legal_form",
    "headcount",
    "turnover_eur",
    "balance_eur",
    "vat_recoverable",
    "nace",
    "joint_committees",
)
"""The columns that a form may set; nothing else is ever taken from a form."""

MOST_ESTABLISHMENTS = 200


def fill(place: Organisation, answers: Mapping[str, object]) -> None:
    """Set the facts that are in the answers, in the transaction in hand."""
    for fact in FACTS:
        if fact in answers:
            setattr(place, fact, answers[fact])


def update(place: Organisation, answers: Mapping[str, object]) -> None:
    """Change facts of an organisation, note old and new, and commit."""
    old = facts(place)
    fill(place, answers)
    new = facts(place)
    changed = [key for key in FACTS if old[key] != new[key]]
    if changed:
        record(
            "organisation.changed",
            f"organisation:{place.public_id}",
            old={key: old[key] for key in changed},
            new={key: new[key] for key in changed},
        )
    db.session.commit()


def facts(place: Organisation) -> dict[str, object]:
    """The facts of an organisation by name."""
    return {fact: getattr(place, fact) for fact in FACTS}


def employer_facts(place: Organisation) -> Employer:
    """The facts that rules may look at; turnover and balance in whole euro, None is unknown."""
    return Employer(
        enterprise_number=place.enterprise_number,
        legal_form=place.legal_form,
        headcount=place.headcount,
        turnover_eur=place.turnover_eur,
        balance_eur=place.balance_eur,
        joint_committees=tuple(place.joint_committees),
        nace=place.nace,
        vat_recoverable=place.vat_recoverable,
    )


def establishment(place: Organisation, public_id: str) -> Establishment:
    """An establishment of this organisation. Raises NotFound for any other."""
    query = select(Establishment).where(
        Establishment.public_id == public_id, Establishment.organisation_id == place.id
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def add_establishment(place: Organisation, name: str, refnis: str) -> Establishment:
    """A new place of work; commits. Raises DomainError past the limit."""
    if len(place.establishments) >= MOST_ESTABLISHMENTS:
        raise DomainError("too-many-places", _("U hebt al 200 vestigingen. Meer kan niet."))
    made = Establishment(name=name, refnis=refnis)
    place.establishments.append(made)
    db.session.flush()
    _note("establishment.added", made, None, _row(made))
    db.session.commit()
    return made


def change_establishment(found: Establishment, name: str, refnis: str) -> None:
    """Change the name or the municipality of a place of work; commits."""
    old = _row(found)
    found.name, found.refnis = name, refnis
    _note("establishment.changed", found, old, _row(found))
    db.session.commit()


def remove_establishment(found: Establishment) -> None:
    """Remove a place of work; commits. Raises DomainError for the last one."""
    place = found.organisation
    if len(place.establishments) == 1:
        raise DomainError(
            "last-place", _("Dit is uw enige vestiging. Voeg eerst een andere vestiging toe.")
        )
    _note("establishment.removed", found, _row(found), None)
    place.establishments.remove(found)
    db.session.commit()


def _row(found: Establishment) -> dict[str, object]:
    return {"name": found.name, "refnis": found.refnis}


def _note(
    action: str,
    found: Establishment,
    old: Mapping[str, object] | None,
    new: Mapping[str, object] | None,
) -> None:
    record(action, f"establishment:{found.public_id}", old, new)
