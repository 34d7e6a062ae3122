"""rules of aid that consultants keep"""

import sqlalchemy as sa
from alembic import op

revision = "0001_rules"
down_revision = None
branch_labels = None
depends_on = None

RULES = "x_subsidies_rules"
CHANGES = "x_subsidies_rules_changes"
COUNT = "x_subsidies_rules_count"


def upgrade() -> None:
    _rules()
    _changes()
    _count()


def downgrade() -> None:
    for table in (COUNT, CHANGES, RULES):
        op.drop_table(table)


def _rules() -> None:
    op.create_table(
        RULES,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("rule_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("published_from", sa.Date(), nullable=True),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'withdrawn')", name=op.f(f"ck_{RULES}_state")
        ),
        sa.CheckConstraint(
            "state = 'draft' OR published_from IS NOT NULL", name=op.f(f"ck_{RULES}_from")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{RULES}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{RULES}_public_id")),
        sa.UniqueConstraint("rule_id", "number", name=op.f(f"uq_{RULES}_rule_id_number")),
    )


def _changes() -> None:
    op.create_table(
        CHANGES,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("author", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], [f"{RULES}.id"], name=op.f(f"fk_{CHANGES}_version_id_{RULES}")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{CHANGES}")),
    )
    op.create_index(op.f(f"ix_{CHANGES}_version_id"), CHANGES, ["version_id"])


def _count() -> None:
    op.create_table(
        COUNT,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{COUNT}")),
    )
