"""Places of scarce offers, by the one portable booking rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from sqlalchemy import CursorResult, ScalarSelect, select, update

from marketplace.catalogue.models import Capacity, Offer, OfferVersion
from marketplace.db import db

_CHUNK = 500


def reserve(version_id: str, places: int) -> bool:
    """Take places (participants) of the offer behind a version, in the caller's transaction.

    True when they were taken or the offer has no limit; False when too few are left. Reserve
    several offers in the sorted order of their version ids, so that two orders cannot block
    each other. Raises ValueError for fewer than one place.
    """
    return _move(version_id, -_positive(places))


def release(version_id: str, places: int) -> bool:
    """Give places back, in the caller's transaction.

    False when more would be given back than were ever taken; nothing is changed then.
    """
    return _move(version_id, _positive(places))


def places_left(version_ids: Sequence[str] | None = None) -> Mapping[str, int]:
    """Places left now per version id of the scarce offers among these, or of all published ones.

    The snapshot that matching keeps may be older; this is the overlay of one request.
    """
    rows = (
        select(OfferVersion.public_id, Capacity.left)
        .join(Offer, Offer.id == Capacity.offer_id)
        .join(OfferVersion, OfferVersion.offer_id == Offer.id)
        .where(OfferVersion.number == Offer.current, Offer.status == "published")
    )
    if version_ids is None:
        return {row[0]: row[1] for row in db.session.execute(rows)}
    found: dict[str, int] = {}
    for start in range(0, len(version_ids), _CHUNK):
        some = OfferVersion.public_id.in_(version_ids[start : start + _CHUNK])
        found.update({row[0]: row[1] for row in db.session.execute(rows.where(some))})
    return found


def _move(version_id: str, places: int) -> bool:
    offer_id = _offer_id(version_id)
    moved = Capacity.left + places
    result = cast(
        "CursorResult[object]",
        db.session.execute(
            update(Capacity)
            .where(Capacity.offer_id == offer_id, moved >= 0, moved <= Capacity.total)
            .values(left=moved)
            .execution_options(synchronize_session=False)
        ),
    )
    return result.rowcount == 1 or not _is_scarce(offer_id)


def _offer_id(version_id: str) -> ScalarSelect[int]:
    wanted = select(OfferVersion.offer_id).where(OfferVersion.public_id == version_id)
    return wanted.scalar_subquery()


def _is_scarce(offer_id: ScalarSelect[int]) -> bool:
    found = select(Capacity.offer_id).where(Capacity.offer_id == offer_id)
    return db.session.scalar(found) is not None


def _positive(places: int) -> int:
    if places < 1:
        raise ValueError(f"{places} places cannot be booked")
    return places
