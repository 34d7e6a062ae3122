"""payments"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "x_payments_inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("event_id", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=255), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("received", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_payments_inbox")),
        sa.UniqueConstraint(
            "provider", "event_id", name=op.f("uq_x_payments_inbox_provider_event_id")
        ),
    )
    op.create_table(
        "x_payments_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("paid_cents", sa.BigInteger(), nullable=False),
        sa.Column("refunded_cents", sa.BigInteger(), nullable=False),
        sa.Column("contested_cents", sa.BigInteger(), nullable=False),
        sa.Column("lost_cents", sa.BigInteger(), nullable=False),
        sa.Column("kept_cents", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("communication", sa.String(length=12), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_x_payments_payment_amount")),
        sa.CheckConstraint("kept_cents >= 0", name=op.f("ck_x_payments_payment_kept")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_payments_payment")),
        sa.UniqueConstraint("communication", name=op.f("uq_x_payments_payment_communication")),
        sa.UniqueConstraint("order_id", name=op.f("uq_x_payments_payment_order_id")),
    )
    with op.batch_alter_table("x_payments_payment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_x_payments_payment_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_x_payments_payment_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "x_payments_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=True),
        sa.Column("url", sa.String(length=2000), nullable=True),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["x_payments_payment.id"],
            name=op.f("fk_x_payments_attempt_payment_id_x_payments_payment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_payments_attempt")),
        sa.UniqueConstraint(
            "payment_id", "number", name=op.f("uq_x_payments_attempt_payment_id_number")
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_x_payments_attempt_reference")),
    )
    op.create_table(
        "x_payments_attention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=255), nullable=False),
        sa.Column("raised", sa.DateTime(), nullable=False),
        sa.Column("settled", sa.DateTime(), nullable=True),
        sa.Column("settled_by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["x_payments_payment.id"],
            name=op.f("fk_x_payments_attention_payment_id_x_payments_payment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_payments_attention")),
        sa.UniqueConstraint("public_id", name=op.f("uq_x_payments_attention_public_id")),
    )
    with op.batch_alter_table("x_payments_attention", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_x_payments_attention_payment_id"), ["payment_id"], unique=False
        )

    op.create_table(
        "x_payments_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("operation", sa.String(length=40), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=True),
        sa.Column("written", sa.DateTime(), nullable=False),
        sa.Column("answered", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["x_payments_payment.id"],
            name=op.f("fk_x_payments_call_payment_id_x_payments_payment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_payments_call")),
        sa.UniqueConstraint("key", name=op.f("uq_x_payments_call_key")),
    )
    with op.batch_alter_table("x_payments_call", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_x_payments_call_payment_id"), ["payment_id"], unique=False
        )

    op.create_table(
        "x_payments_dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["x_payments_payment.id"],
            name=op.f("fk_x_payments_dispute_payment_id_x_payments_payment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_payments_dispute")),
        sa.UniqueConstraint("reference", name=op.f("uq_x_payments_dispute_reference")),
    )
    with op.batch_alter_table("x_payments_dispute", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_x_payments_dispute_payment_id"), ["payment_id"], unique=False
        )

    op.create_table(
        "x_payments_ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=12), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["x_payments_payment.id"],
            name=op.f("fk_x_payments_ledger_payment_id_x_payments_payment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_payments_ledger")),
        sa.UniqueConstraint(
            "payment_id",
            "step",
            "account",
            name=op.f("uq_x_payments_ledger_payment_id_step_account"),
        ),
    )
    op.create_table(
        "x_payments_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["x_payments_payment.id"],
            name=op.f("fk_x_payments_receipt_payment_id_x_payments_payment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_payments_receipt")),
        sa.UniqueConstraint(
            "provider", "reference", name=op.f("uq_x_payments_receipt_provider_reference")
        ),
    )
    with op.batch_alter_table("x_payments_receipt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_x_payments_receipt_payment_id"), ["payment_id"], unique=False
        )

    op.create_table(
        "x_payments_ref",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["x_payments_payment.id"],
            name=op.f("fk_x_payments_ref_payment_id_x_payments_payment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_payments_ref")),
        sa.UniqueConstraint(
            "provider", "reference", name=op.f("uq_x_payments_ref_provider_reference")
        ),
    )
    with op.batch_alter_table("x_payments_ref", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_x_payments_ref_payment_id"), ["payment_id"], unique=False
        )

    op.create_table(
        "x_payments_refund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=True),
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=True),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["x_payments_payment.id"],
            name=op.f("fk_x_payments_refund_payment_id_x_payments_payment"),
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"],
            ["x_payments_receipt.id"],
            name=op.f("fk_x_payments_refund_receipt_id_x_payments_receipt"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_x_payments_refund")),
        sa.UniqueConstraint("key", name=op.f("uq_x_payments_refund_key")),
        sa.UniqueConstraint(
            "provider", "reference", name=op.f("uq_x_payments_refund_provider_reference")
        ),
    )
    with op.batch_alter_table("x_payments_refund", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_x_payments_refund_payment_id"), ["payment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_x_payments_refund_receipt_id"), ["receipt_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("x_payments_refund", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_x_payments_refund_receipt_id"))
        batch_op.drop_index(batch_op.f("ix_x_payments_refund_payment_id"))

    op.drop_table("x_payments_refund")
    with op.batch_alter_table("x_payments_ref", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_x_payments_ref_payment_id"))

    op.drop_table("x_payments_ref")
    with op.batch_alter_table("x_payments_receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_x_payments_receipt_payment_id"))

    op.drop_table("x_payments_receipt")
    op.drop_table("x_payments_ledger")
    with op.batch_alter_table("x_payments_dispute", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_x_payments_dispute_payment_id"))

    op.drop_table("x_payments_dispute")
    with op.batch_alter_table("x_payments_call", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_x_payments_call_payment_id"))

    op.drop_table("x_payments_call")
    with op.batch_alter_table("x_payments_attention", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_x_payments_attention_payment_id"))

    op.drop_table("x_payments_attention")
    op.drop_table("x_payments_attempt")
    with op.batch_alter_table("x_payments_payment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_x_payments_payment_request_id"))
        batch_op.drop_index(batch_op.f("ix_x_payments_payment_organisation_id"))

    op.drop_table("x_payments_payment")
    op.drop_table("x_payments_inbox")
