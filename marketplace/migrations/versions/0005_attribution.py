"""attribution of requests, and drafts from other sites"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("requests") as batch:
        batch.add_column(sa.Column("source_key", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("campaign", sa.String(length=80), nullable=True))
        batch.add_column(sa.Column("remark", sa.Text(), server_default="", nullable=False))
        batch.create_index(batch.f("ix_requests_source_key"), ["source_key"])
    op.create_table(
        "request_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=True),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("federation", sa.String(length=80), nullable=False),
        sa.Column("source_key", sa.String(length=40), nullable=False),
        sa.Column("campaign", sa.String(length=80), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("claimed", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("expires", sa.DateTime(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["requests.id"],
            name=op.f("fk_request_drafts_request_id_requests"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_drafts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_request_drafts_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_request_drafts_token_hash")),
    )
    with op.batch_alter_table("request_drafts") as batch:
        batch.create_index(batch.f("ix_request_drafts_expires"), ["expires"])
        batch.create_index(batch.f("ix_request_drafts_request_id"), ["request_id"])


def downgrade() -> None:
    op.drop_table("request_drafts")
    with op.batch_alter_table("requests") as batch:
        batch.drop_index(batch.f("ix_requests_source_key"))
        batch.drop_column("remark")
        batch.drop_column("campaign")
        batch.drop_column("source_key")
