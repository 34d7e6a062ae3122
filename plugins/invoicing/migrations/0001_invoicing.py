"""invoicing"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem, conv

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


TRIGGERS = {
    "sqlite": [
        f"CREATE TRIGGER x_invoicing_issued_{act} BEFORE {act} ON x_invoicing_issued"
        " BEGIN SELECT RAISE(ABORT, 'what was issued does not change'); END"
        for act in ("update", "delete")
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION x_invoicing_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'what was issued does not change'; END $$",
        "CREATE TRIGGER x_invoicing_issued_refuse BEFORE UPDATE OR DELETE ON x_invoicing_issued"
        " FOR EACH ROW EXECUTE FUNCTION x_invoicing_refuse()",
    ],
}

TABLES: dict[str, list[SchemaItem]] = {
    "x_invoicing_buyers": [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("vat_taxpayer", sa.Boolean(), nullable=False),
        sa.Column("public_body", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=conv("pk_x_invoicing_buyers")),
        sa.UniqueConstraint("organisation_id", name=conv("uq_x_invoicing_buyers_organisation_id")),
    ],
    "x_invoicing_paid_orders": [
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("paid_cents", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("order_id", name=conv("pk_x_invoicing_paid_orders")),
    ],
    "x_invoicing_papers": [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("buyer_name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("purchase_order", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("original_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("net_cents", sa.BigInteger(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("paid_cents", sa.BigInteger(), nullable=False),
        sa.Column("credited_net_cents", sa.BigInteger(), nullable=False),
        sa.Column("credited_cents", sa.BigInteger(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("changed", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('invoice', 'credit')", name=conv("ck_x_invoicing_papers_kind")
        ),
        sa.CheckConstraint(
            "credited_net_cents <= net_cents", name=conv("ck_x_invoicing_papers_credited")
        ),
        sa.ForeignKeyConstraint(
            ["original_id"],
            ["x_invoicing_papers.id"],
            name=conv("fk_x_invoicing_papers_original_id_x_invoicing_papers"),
        ),
        sa.PrimaryKeyConstraint("id", name=conv("pk_x_invoicing_papers")),
        sa.UniqueConstraint("origin", name=conv("uq_x_invoicing_papers_origin")),
        sa.UniqueConstraint("public_id", name=conv("uq_x_invoicing_papers_public_id")),
    ],
    "x_invoicing_sellers": [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("enterprise_number", sa.String(length=10), nullable=False),
        sa.Column("vat_number", sa.String(length=12), nullable=True),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("iban", sa.String(length=34), nullable=False),
        sa.Column("bic", sa.String(length=11), nullable=False),
        sa.Column("term_days", sa.Integer(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.CheckConstraint("term_days BETWEEN 0 AND 60", name=conv("ck_x_invoicing_sellers_term")),
        sa.PrimaryKeyConstraint("id", name=conv("pk_x_invoicing_sellers")),
        sa.UniqueConstraint("slug", name=conv("uq_x_invoicing_sellers_slug")),
    ],
    "x_invoicing_counters": [
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"],
            ["x_invoicing_sellers.id"],
            name=conv("fk_x_invoicing_counters_seller_id_x_invoicing_sellers"),
        ),
        sa.PrimaryKeyConstraint("seller_id", "year", name=conv("pk_x_invoicing_counters")),
    ],
    "x_invoicing_entries": [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=34), nullable=False),
        sa.Column("statement", sa.String(length=60), nullable=False),
        sa.Column("sequence", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("communication", sa.String(length=12), nullable=True),
        sa.Column("message", sa.String(length=400), nullable=False),
        sa.Column("payer", sa.String(length=140), nullable=False),
        sa.Column("payer_account", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("over_cents", sa.BigInteger(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["x_invoicing_papers.id"],
            name=conv("fk_x_invoicing_entries_paper_id_x_invoicing_papers"),
        ),
        sa.PrimaryKeyConstraint("id", name=conv("pk_x_invoicing_entries")),
        sa.UniqueConstraint(
            "account",
            "statement",
            "sequence",
            name=conv("uq_x_invoicing_entries_account_statement_sequence"),
        ),
        sa.UniqueConstraint("public_id", name=conv("uq_x_invoicing_entries_public_id")),
    ],
    "x_invoicing_issued": [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("communication", sa.String(length=12), nullable=True),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["x_invoicing_papers.id"],
            name=conv("fk_x_invoicing_issued_paper_id_x_invoicing_papers"),
        ),
        sa.ForeignKeyConstraint(
            ["seller_id"],
            ["x_invoicing_sellers.id"],
            name=conv("fk_x_invoicing_issued_seller_id_x_invoicing_sellers"),
        ),
        sa.PrimaryKeyConstraint("id", name=conv("pk_x_invoicing_issued")),
        sa.UniqueConstraint("communication", name=conv("uq_x_invoicing_issued_communication")),
        sa.UniqueConstraint("paper_id", name=conv("uq_x_invoicing_issued_paper_id")),
        sa.UniqueConstraint(
            "seller_id",
            "year",
            "sequence",
            name=conv("uq_x_invoicing_issued_seller_id_year_sequence"),
        ),
    ],
    "x_invoicing_receipts": [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["x_invoicing_papers.id"],
            name=conv("fk_x_invoicing_receipts_paper_id_x_invoicing_papers"),
        ),
        sa.PrimaryKeyConstraint("id", name=conv("pk_x_invoicing_receipts")),
        sa.UniqueConstraint("reference", name=conv("uq_x_invoicing_receipts_reference")),
    ],
}
INDEXES = [
    ("x_invoicing_papers", "order_id"),
    ("x_invoicing_papers", "organisation_id"),
    ("x_invoicing_papers", "original_id"),
    ("x_invoicing_papers", "state"),
    ("x_invoicing_sellers", "iban"),
    ("x_invoicing_entries", "paper_id"),
    ("x_invoicing_entries", "state"),
    ("x_invoicing_receipts", "paper_id"),
]


def upgrade() -> None:
    for table, parts in TABLES.items():
        op.create_table(table, *parts)
    for table, column in INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table, column in reversed(INDEXES):
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS x_invoicing_refuse()")
