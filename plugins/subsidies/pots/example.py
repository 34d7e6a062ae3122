"""An example pot for the demonstration: made up, and said to be so wherever it is read."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from marketplace.kit.clock import today
from marketplace.kit.models import session
from marketplace.kit.organisations import Organisation

from . import keeping
from .models import Pot


def example_pot(federation: str) -> Pot | None:
    """Open the example for the federation with this slug, or find it; None without a federation."""
    query = select(Organisation).where(Organisation.slug == federation)
    found = session.scalars(query.where(Organisation.kind == "federation")).one_or_none()
    return keeping.open_pot(found, _terms(), f"example-{federation}") if found else None


def _terms() -> keeping.Terms:
    year = today().year
    return keeping.Terms(
        title="Voorbeeldpot: Nederlands op de werkvloer (verzonnen bedragen)",
        page="https://federatie.voorbeeld.example/pot",
        kind="per_participant",
        amount_cents=50_00,
        percent=None,
        training_cap_cents=None,
        employer_cap_cents=1_000_00,
        total_cents=20_000_00,
        first_day=date(year, 1, 1),
        last_day=date(year + 1, 12, 31),
        joint_committees=["330"],
        offers=[],
        stack_order=20,
    )
