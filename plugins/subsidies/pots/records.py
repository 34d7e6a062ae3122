"""A pot as a rule of aid: stacking, caps, reasons and the exact bundle treat it like any other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marketplace.contract.answers import Aid, Line
from marketplace.contract.rules import Criterion
from marketplace.contract.values import RequestFacts
from marketplace.kit import criteria

from ..judge import judge
from ..records import Amount, Apply, Condition, Record, Stacking

PREFIX = "pot-"
COMMITTEES, OFFER = "employer.joint_committees", "offer.slug"


@dataclass(frozen=True, slots=True)
class PotFacts:
    """An open pot as one employer meets it: ``left_cents`` in the pot, ``held_cents`` by the
    employer. ``id`` and ``version`` say which row was read.
    """

    id: int
    version: int
    public_id: str
    title: str
    federation: str
    page: str
    kind: str
    amount_cents: int | None
    percent: int | None
    training_cap_cents: int | None
    employer_cap_cents: int | None
    left_cents: int
    first_day: date
    last_day: date
    joint_committees: tuple[str, ...]
    offers: tuple[str, ...]
    stack_order: int
    changed_on: date
    held_cents: int = 0

    @property
    def rule(self) -> str:
        """The id of its record."""
        return f"{PREFIX}{self.public_id}"

    @property
    def room_cents(self) -> int | None:
        """What this employer may still take below the cap per employer; None without a cap."""
        cap = self.employer_cap_cents
        return None if cap is None else max(0, cap - self.held_cents)


def records_of(pots: Iterable[PotFacts]) -> tuple[Record, ...]:
    """A record per pot, its cap what the pot and the cap per employer leave, in cents. A pot
    without anything left for this employer stays, with the reason why it gives nothing.
    """
    return tuple(_record(pot, _amount(pot)) for pot in pots)


def still_gives(pot: PotFacts, request: RequestFacts, line: Line, aid: Aid) -> bool:
    """Whether a pot as it is now would give a line of an earlier advice as much as it counts."""
    record = _record(pot, _terms(pot))
    look = criteria.lookup(request)
    holds = judge(record, lambda subject: line.offer if subject == OFFER else look(subject)).holds
    return bool(holds) and record.in_force(line.start) and (aid.cents or 0) <= _most(pot, line)


def _most(pot: PotFacts, line: Line) -> int:
    if pot.kind == "percentage":
        most = line.gross_cents * (pot.percent or 0) // 100
    else:
        most = (pot.amount_cents or 0) * line.participants
    return most if pot.training_cap_cents is None else min(most, pot.training_cap_cents)


def _record(pot: PotFacts, amount: Amount) -> Record:
    who = _among(COMMITTEES, "overlaps", pot.joint_committees)
    what = _among(OFFER, "in", pot.offers)
    room = pot.room_cents
    return Record(
        id=pot.rule,
        title=pot.title,
        valid_from=pot.first_day,
        valid_to=pot.last_day,
        ended=True,
        who=who,
        what=what,
        amount=amount,
        apply=Apply(""),  # nobody asks for it: an order holds it
        stacking=Stacking(
            order=pot.stack_order,
            pool=pot.rule,
            year_cap_cents=pot.left_cents if room is None else min(pot.left_cents, room),
        ),
        certainty="certain",
        source=pot.page,
        source_name=pot.federation,
        checked_on=pot.changed_on,
        confidence="A",
        passes={},
        fails={},
        has_page=False,
    )


def _amount(pot: PotFacts) -> Amount:
    if pot.room_cents == 0:
        return Amount("none", code="pot-share-used")
    return _terms(pot) if pot.left_cents else Amount("none", code="pot-empty")


def _terms(pot: PotFacts) -> Amount:
    return Amount(
        pot.kind, cents=pot.amount_cents, percent=pot.percent, cap_cents=pot.training_cap_cents
    )


def _among(subject: str, op: str, values: tuple[str, ...]) -> tuple[Condition, ...]:
    """One of these, and an unknown one is none of them; nothing listed is any."""
    if not values:
        return ()
    return (Condition((Criterion(subject, op, list(values)),), known=True),)
