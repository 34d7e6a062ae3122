"""co-financing pots"""

import sqlalchemy as sa
from alembic import op

revision = "0002_pots"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "x_subsidies_pots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("page", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("training_cap_cents", sa.BigInteger(), nullable=True),
        sa.Column("employer_cap_cents", sa.BigInteger(), nullable=True),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("reserved_cents", sa.BigInteger(), nullable=False),
        sa.Column("used_cents", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("joint_committees", sa.JSON(), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("stack_order", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.Column("closed", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'per_participant' OR amount_cents > 0", name=op.f("ck_x_subsidies_pots_amount")
        ),
        sa.CheckConstraint(
            "kind <> 'percentage' OR percent BETWEEN 1 AND 100",
            name=op.f("ck_x_subsidies_pots_percent"),
        ),
        sa.CheckConstraint(
            "kind IN ('per_participant', 'percentage')", name=op.f("ck_x_subsidies_pots_kind")
        ),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_x_subsidies_pots_days")),
        sa.CheckConstraint(
            "reserved_cents + used_cents <= total_cents", name=op.f("ck_x_subsidies_pots_left")
        ),
        sa.CheckConstraint(
            "reserved_cents >= 0 AND used_cents >= 0", name=op.f("ck_x_subsidies_pots_taken")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_x_subsidies_pots_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_subsidies_pots")),
        sa.UniqueConstraint("key", name=op.f("uq_x_subsidies_pots_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_x_subsidies_pots_public_id")),
    )
    op.create_index(op.f("ix_x_subsidies_pots_last_day"), "x_subsidies_pots", ["last_day"])
    op.create_index(
        op.f("ix_x_subsidies_pots_organisation_id"), "x_subsidies_pots", ["organisation_id"]
    )

    op.create_table(
        "x_subsidies_pot_reservations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pot_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("organisation", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('reserved', 'used', 'released')",
            name=op.f("ck_x_subsidies_pot_reservations_state"),
        ),
        sa.CheckConstraint("cents > 0", name=op.f("ck_x_subsidies_pot_reservations_cents")),
        sa.ForeignKeyConstraint(
            ["pot_id"],
            ["x_subsidies_pots.id"],
            name=op.f("fk_x_subsidies_pot_reservations_pot_id_x_subsidies_pots"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_subsidies_pot_reservations")),
        sa.UniqueConstraint(
            "order_id", "pot_id", name=op.f("uq_x_subsidies_pot_reservations_order_id_pot_id")
        ),
    )
    op.create_index(
        op.f("ix_x_subsidies_pot_reservations_pot_id"), "x_subsidies_pot_reservations", ["pot_id"]
    )

    op.create_table(
        "x_subsidies_pot_shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pot_id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(length=16), nullable=False),
        sa.Column("held_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("held_cents >= 0", name=op.f("ck_x_subsidies_pot_shares_held")),
        sa.ForeignKeyConstraint(
            ["pot_id"],
            ["x_subsidies_pots.id"],
            name=op.f("fk_x_subsidies_pot_shares_pot_id_x_subsidies_pots"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_subsidies_pot_shares")),
        sa.UniqueConstraint(
            "pot_id", "organisation", name=op.f("uq_x_subsidies_pot_shares_pot_id_organisation")
        ),
    )
    op.create_table(
        "x_subsidies_pot_movements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pot_id", sa.Integer(), nullable=False),
        sa.Column("reservation_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("reserved_cents", sa.BigInteger(), nullable=False),
        sa.Column("used_cents", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pot_id"],
            ["x_subsidies_pots.id"],
            name=op.f("fk_x_subsidies_pot_movements_pot_id_x_subsidies_pots"),
        ),
        sa.ForeignKeyConstraint(
            ["reservation_id"],
            ["x_subsidies_pot_reservations.id"],
            name="fk_x_subsidies_pot_movements_reservation",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_subsidies_pot_movements")),
    )
    op.create_index(
        op.f("ix_x_subsidies_pot_movements_pot_id"), "x_subsidies_pot_movements", ["pot_id"]
    )


def downgrade() -> None:
    op.drop_table("x_subsidies_pot_movements")
    op.drop_table("x_subsidies_pot_shares")
    op.drop_table("x_subsidies_pot_reservations")
    op.drop_table("x_subsidies_pots")
