"""sites and keys"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _sites()
    _told()
    _keys()
    _origins()
    _daily()
    _seen()


def _sites() -> None:
    op.create_table(
        "x_widgets_sites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("federation", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("sector", sa.String(length=40), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("theme", sa.JSON(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_widgets_sites")),
        sa.UniqueConstraint("public_id", name=op.f("uq_x_widgets_sites_public_id")),
    )
    with op.batch_alter_table("x_widgets_sites", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_x_widgets_sites_federation"), ["federation"], unique=False
        )


def _told() -> None:
    op.create_table(
        "x_widgets_told",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("name", "subject", name=op.f("pk_x_widgets_told")),
    )
    with op.batch_alter_table("x_widgets_told", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_x_widgets_told_day"), ["day"], unique=False)


def _keys() -> None:
    op.create_table(
        "x_widgets_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=4), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("ends", sa.DateTime(), nullable=True),
        sa.CheckConstraint("mode IN ('live', 'test')", name=op.f("ck_x_widgets_keys_mode")),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["x_widgets_sites.id"],
            name=op.f("fk_x_widgets_keys_site_id_x_widgets_sites"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_widgets_keys")),
        sa.UniqueConstraint("key", name=op.f("uq_x_widgets_keys_key")),
    )
    with op.batch_alter_table("x_widgets_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_x_widgets_keys_site_id"), ["site_id"], unique=False)


def _origins() -> None:
    op.create_table(
        "x_widgets_origins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["x_widgets_sites.id"],
            name=op.f("fk_x_widgets_origins_site_id_x_widgets_sites"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_widgets_origins")),
        sa.UniqueConstraint("site_id", "origin", name=op.f("uq_x_widgets_origins_site_id_origin")),
    )


def _daily() -> None:
    op.create_table(
        "x_widgets_daily",
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("drafts", sa.Integer(), nullable=False),
        sa.Column("arrivals", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"],
            ["x_widgets_keys.id"],
            name=op.f("fk_x_widgets_daily_key_id_x_widgets_keys"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key_id", "day", name=op.f("pk_x_widgets_daily")),
    )


def _seen() -> None:
    op.create_table(
        "x_widgets_seen",
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("major", sa.String(length=4), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("last", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"],
            ["x_widgets_keys.id"],
            name=op.f("fk_x_widgets_seen_key_id_x_widgets_keys"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key_id", "origin", "major", name=op.f("pk_x_widgets_seen")),
    )


def downgrade() -> None:
    op.drop_table("x_widgets_seen")
    op.drop_table("x_widgets_daily")
    op.drop_table("x_widgets_origins")
    with op.batch_alter_table("x_widgets_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_x_widgets_keys_site_id"))

    op.drop_table("x_widgets_keys")
    with op.batch_alter_table("x_widgets_told", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_x_widgets_told_day"))

    op.drop_table("x_widgets_told")
    with op.batch_alter_table("x_widgets_sites", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_x_widgets_sites_federation"))

    op.drop_table("x_widgets_sites")
