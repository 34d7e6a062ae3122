"""co-financing pots"""

import sqlalchemy as sa
from alembic import op

revision = "0002_pots"
down_revision = "0001_rules"
branch_labels = None
depends_on = None

POTS = "x_subsidies_pots"
SHARES = "x_subsidies_pot_shares"
RESERVATIONS = "x_subsidies_pot_reservations"
MOVEMENTS = "x_subsidies_pot_movements"


def upgrade() -> None:
    _pots()
    _shares()
    _reservations()
    _movements()


def downgrade() -> None:
    for table in (MOVEMENTS, RESERVATIONS, SHARES, POTS):
        op.drop_table(table)


def _pots() -> None:
    op.create_table(
        POTS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("page", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        _cents("amount_cents", nullable=True),
        _cents("training_cap_cents", nullable=True),
        _cents("employer_cap_cents", nullable=True),
        _cents("total_cents"),
        _cents("reserved_cents"),
        _cents("used_cents"),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("joint_committees", sa.JSON(), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("stack_order", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.Column("closed", sa.DateTime(), nullable=True),
        *_pot_checks(),
        _points_at(POTS, "organisation_id", "organisations"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{POTS}"),
        sa.UniqueConstraint("key", name=f"uq_{POTS}_key"),
        sa.UniqueConstraint("public_id", name=f"uq_{POTS}_public_id"),
    )
    op.create_index(f"ix_{POTS}_last_day", POTS, ["last_day"])
    op.create_index(f"ix_{POTS}_organisation_id", POTS, ["organisation_id"])


def _pot_checks() -> list[sa.CheckConstraint]:
    rules = {
        "kind": "kind IN ('per_participant', 'percentage')",
        "amount": "kind <> 'per_participant' OR amount_cents > 0",
        "percent": "kind <> 'percentage' OR percent BETWEEN 1 AND 100",
        "days": "first_day <= last_day",
        "taken": "reserved_cents >= 0 AND used_cents >= 0",
        "left": "reserved_cents + used_cents <= total_cents",
    }
    return [_check(POTS, name, rule) for name, rule in rules.items()]


def _shares() -> None:
    op.create_table(
        SHARES,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pot_id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(length=16), nullable=False),
        _cents("held_cents"),
        _check(SHARES, "held", "held_cents >= 0"),
        _points_at(SHARES, "pot_id", POTS),
        sa.PrimaryKeyConstraint("id", name=f"pk_{SHARES}"),
        sa.UniqueConstraint("pot_id", "organisation", name=f"uq_{SHARES}_pot_id_organisation"),
    )


def _reservations() -> None:
    op.create_table(
        RESERVATIONS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pot_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("organisation", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        _cents("cents"),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        _check(RESERVATIONS, "state", "state IN ('reserved', 'used', 'released')"),
        _check(RESERVATIONS, "cents", "cents > 0"),
        _points_at(RESERVATIONS, "pot_id", POTS),
        sa.PrimaryKeyConstraint("id", name=f"pk_{RESERVATIONS}"),
        sa.UniqueConstraint("order_id", "pot_id", name=f"uq_{RESERVATIONS}_order_id_pot_id"),
    )
    op.create_index(f"ix_{RESERVATIONS}_pot_id", RESERVATIONS, ["pot_id"])


def _movements() -> None:
    op.create_table(
        MOVEMENTS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pot_id", sa.Integer(), nullable=False),
        sa.Column("reservation_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        _cents("total_cents"),
        _cents("reserved_cents"),
        _cents("used_cents"),
        _points_at(MOVEMENTS, "pot_id", POTS),
        sa.ForeignKeyConstraint(
            ["reservation_id"], [f"{RESERVATIONS}.id"], name=f"fk_{MOVEMENTS}_reservation"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{MOVEMENTS}"),
    )
    op.create_index(f"ix_{MOVEMENTS}_pot_id", MOVEMENTS, ["pot_id"])


def _cents(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _points_at(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")
