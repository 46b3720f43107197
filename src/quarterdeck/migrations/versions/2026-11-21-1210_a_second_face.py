"""Rooms for what a second vendor knows, and more to say of customers, contacts and tickets."""

import sqlalchemy as sa
import sqlalchemy.dialects.postgresql
from alembic import op

from quarterdeck.desk.input import digits, fold
from quarterdeck.desk.likeness import company_domain, company_key, person_key

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


TEXTS = {
    "alerts": "trigger",
    "assets": "type serial_key notes",
    "comments": "subject",
    "contacts": "alike_key phone_key extension address address_2 city state zip notes",
    "contracts": "sort status amount primary_contact",
    "customers": "alike_key alike_domain first_name last_name first_key last_key email email_key mobile phone_key "
    "address_2 referred_by tax_rate notification_email invoice_cc_emails",
    "sites": "address_2",
    "tickets": "problem problem_key",
}
LINKS = (
    ("assets", "site_id", "sites"),
    ("contacts", "site_id", "sites"),
    ("tickets", "parent_id", "tickets"),
    ("tickets", "site_id", "sites"),
    ("time_entries", "product_id", "products"),
    ("time_entries", "charge_id", "charges"),
)
TRUTHS = (
    ("comments", "initial", "false"),
    ("contacts", "opt_out", "false"),
    ("contacts", "get_billing", "false"),
    ("contacts", "get_marketing", "false"),
    ("contracts", "covers_all", "false"),
    ("customers", "archived", "false"),
    ("customers", "no_email", "false"),
    ("customers", "opt_out", "false"),
    ("customers", "get_sms", "false"),
    ("customers", "get_billing", "true"),
    ("customers", "get_marketing", "true"),
    ("customers", "get_reports", "true"),
    ("time_entries", "billed", "false"),
)
INDEXES = (
    ("ix_tickets_by_problem", "tickets", "problem_key id"),
    ("ix_assets_by_change", "assets", "updated_at id"),
    ("ix_assets_contact_id", "assets", "contact_id"),
    ("ix_assets_serial_key", "assets", "serial_key"),
    ("ix_contacts_by_likeness", "contacts", "customer_id alike_key id archived"),
    ("ix_contacts_by_phone", "contacts", "customer_id phone_key id archived"),
    ("ix_customers_by_email", "customers", "email_key id archived"),
    ("ix_customers_by_likeness", "customers", "alike_key id archived"),
    ("ix_customers_by_alike_domain", "customers", "alike_domain id archived"),
    ("ix_customers_by_phone", "customers", "phone_key id archived"),
    ("ix_time_entries_by_change", "time_entries", "updated_at"),
    ("ix_time_entries_by_creation", "time_entries", "created_at"),
)


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    number = "INTEGER" if sqlite else "BIGINT"
    moment = "VARCHAR(27)" if sqlite else "TIMESTAMP WITH TIME ZONE"
    op.create_table(
        "aliases",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("of_kind", sa.String(length=30), nullable=False),
        sa.Column("old_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("new_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
        sa.UniqueConstraint("of_kind", "old_id", name=op.f("uq_aliases_of_kind_old_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("aliases", schema=None) as batch_op:
        batch_op.create_index("ix_aliases_to", ["of_kind", "new_id"], unique=False)

    op.create_table(
        "appointment_types",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("place", sa.String(30), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("instructions", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_types")),
        sa.UniqueConstraint("name_key", name=op.f("uq_appointment_types_name_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "blobs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blobs")),
        sa.UniqueConstraint("hash", name=op.f("uq_blobs_hash")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "merges",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("of_kind", sa.String(length=30), nullable=False),
        sa.Column("primary_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("duplicate_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("technician_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=True),
        sa.Column("removed", sa.Text().with_variant(sa.dialects.postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("moved", sa.Text().with_variant(sa.dialects.postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("filled", sa.Text().with_variant(sa.dialects.postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("merges", schema=None) as batch_op:
        batch_op.create_index("ix_merges_into", ["of_kind", "primary_id"], unique=False)

    op.create_table(
        "product_categories",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["product_categories.id"], name=op.f("fk_product_categories_parent_id_product_categories")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_categories")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("product_categories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_categories_name_key"), ["name_key"], unique=False)

    op.create_table(
        "reply_categories",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_categories")),
        sa.UniqueConstraint("name_key", name=op.f("uq_reply_categories_name_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "customer_phones",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("extension", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_customer_phones_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_phones")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("customer_phones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customer_phones_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "products",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("sku", sa.Text(), nullable=True),
        sa.Column("barcode", sa.Text(), nullable=True),
        sa.Column("price_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cost_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wholesale_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("discount_percent", sa.Text(), nullable=True),
        sa.Column("taxable", sa.Boolean(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("stocked", sa.Boolean(), nullable=False),
        sa.Column("serialized", sa.Boolean(), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("reorder_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("desired_stock", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("warranty", sa.Text(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("sort_order", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["product_categories.id"], name=op.f("fk_products_category_id_product_categories")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_products_barcode"), ["barcode"], unique=False)
        batch_op.create_index("ix_products_by_change", ["updated_at", "id"], unique=False)
        batch_op.create_index("ix_products_by_name", ["name_key", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_products_category_id"), ["category_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_products_sku"), ["sku"], unique=False)

    op.create_table(
        "replies",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["reply_categories.id"], name=op.f("fk_replies_category_id_reply_categories")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("replies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_replies_category_id"), ["category_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_replies_title_key"), ["title_key"], unique=False)

    op.create_table(
        "schedules",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("frequency", sa.String(30), nullable=False),
        sa.Column("next_run", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("by_email", sa.Boolean(), nullable=False),
        sa.Column("by_post", sa.Boolean(), nullable=False),
        sa.Column("charges_card", sa.Boolean(), nullable=False),
        sa.Column("with_tickets", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_schedules_customer_id_customers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("schedules", schema=None) as batch_op:
        batch_op.create_index("ix_schedules_by_run", ["next_run", "id"], unique=False)
        batch_op.create_index("ix_schedules_of_customer", ["customer_id", "id"], unique=False)

    op.create_table(
        "shifts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("technician_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("in_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("out_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=True),
        sa.Column("in_note", sa.Text(), nullable=True),
        sa.Column("out_note", sa.Text(), nullable=True),
        sa.Column("lunch", sa.Boolean(), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["technician_id"], ["technicians.id"], name=op.f("fk_shifts_technician_id_technicians")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("shifts", schema=None) as batch_op:
        batch_op.create_index("ix_shifts_of_technician", ["technician_id", "id"], unique=False)

    op.create_table(
        "schedule_lines",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("schedule_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("technician_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("cost_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("price_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("taxable", sa.Boolean(), nullable=False),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_schedule_lines_product_id_products")),
        sa.ForeignKeyConstraint(
            ["schedule_id"], ["schedules.id"], name=op.f("fk_schedule_lines_schedule_id_schedules")
        ),
        sa.ForeignKeyConstraint(
            ["technician_id"], ["technicians.id"], name=op.f("fk_schedule_lines_technician_id_technicians")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_lines")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("schedule_lines", schema=None) as batch_op:
        batch_op.create_index("ix_schedule_lines_of_schedule", ["schedule_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_schedule_lines_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_schedule_lines_technician_id"), ["technician_id"], unique=False)

    op.create_table(
        "articles",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asset_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["assets.id"], name=op.f("fk_articles_asset_id_assets")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_articles_customer_id_customers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("slug", name=op.f("uq_articles_slug")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_articles_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index("ix_articles_of_customer", ["customer_id", "id"], unique=False)

    op.create_table(
        "asset_patches",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asset_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("severity", sa.Text(), nullable=True),
        sa.Column("state", sa.String(30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["assets.id"], name=op.f("fk_asset_patches_asset_id_assets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_patches")),
        sa.UniqueConstraint("asset_id", "code", name=op.f("uq_asset_patches_asset_id_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "asset_software",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asset_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("vendor", sa.Text(), nullable=True),
        sa.Column("release", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["asset_id"], ["assets.id"], name=op.f("fk_asset_software_asset_id_assets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_software")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("asset_software", schema=None) as batch_op:
        batch_op.create_index("ix_asset_software_of_asset", ["asset_id", "id"], unique=False)

    op.create_table(
        "portal_users",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_portal_users_contact_id_contacts")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_portal_users_customer_id_customers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_users")),
        sa.UniqueConstraint("email_key", name=op.f("uq_portal_users_email_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("portal_users", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portal_users_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index("ix_portal_users_of_customer", ["customer_id", "id"], unique=False)

    op.create_table(
        "appointments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("type_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("technician_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("companions", sa.Text().with_variant(sa.dialects.postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_appointments_customer_id_customers")),
        sa.ForeignKeyConstraint(
            ["technician_id"], ["technicians.id"], name=op.f("fk_appointments_technician_id_technicians")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_appointments_ticket_id_tickets")),
        sa.ForeignKeyConstraint(
            ["type_id"], ["appointment_types.id"], name=op.f("fk_appointments_type_id_appointment_types")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("appointments", schema=None) as batch_op:
        batch_op.create_index("ix_appointments_by_change", ["updated_at", "id"], unique=False)
        batch_op.create_index("ix_appointments_by_start", ["starts_at", "id"], unique=False)
        batch_op.create_index("ix_appointments_of_customer", ["customer_id", "id"], unique=False)
        batch_op.create_index("ix_appointments_of_ticket", ["ticket_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointments_technician_id"), ["technician_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointments_type_id"), ["type_id"], unique=False)

    op.create_table(
        "charges",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("technician_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("cost_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("price_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("discount_percent", sa.Text(), nullable=True),
        sa.Column("taxable", sa.Boolean(), nullable=False),
        sa.Column("barcode", sa.Text(), nullable=True),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_charges_product_id_products")),
        sa.ForeignKeyConstraint(
            ["technician_id"], ["technicians.id"], name=op.f("fk_charges_technician_id_technicians")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_charges_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charges")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("charges", schema=None) as batch_op:
        batch_op.create_index("ix_charges_by_change", ["updated_at", "id"], unique=False)
        batch_op.create_index("ix_charges_of_ticket", ["ticket_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_charges_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_charges_technician_id"), ["technician_id"], unique=False)

    op.create_table(
        "leads",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=True),
        sa.Column("last_name", sa.Text(), nullable=True),
        sa.Column("business_name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("mobile", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("zip", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_key", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("read", sa.Boolean(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("converted", sa.Boolean(), nullable=False),
        sa.Column("likelihood", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("amount_cents", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=True),
        sa.Column("technician_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("customer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_leads_contact_id_contacts")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_leads_customer_id_customers")),
        sa.ForeignKeyConstraint(["technician_id"], ["technicians.id"], name=op.f("fk_leads_technician_id_technicians")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_leads_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leads")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("leads", schema=None) as batch_op:
        batch_op.create_index("ix_leads_by_change", ["updated_at", "id"], unique=False)
        batch_op.create_index("ix_leads_by_status", ["status_key", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_leads_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_leads_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_leads_email_key"), ["email_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_leads_technician_id"), ["technician_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_leads_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "ticket_assets",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asset_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["asset_id"], ["assets.id"], name=op.f("fk_ticket_assets_asset_id_assets")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_assets_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_assets")),
        sa.UniqueConstraint("ticket_id", "asset_id", name=op.f("uq_ticket_assets_ticket_id_asset_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("ticket_assets", schema=None) as batch_op:
        batch_op.create_index("ix_ticket_assets_of_asset", ["asset_id"], unique=False)

    op.create_table(
        "timers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("technician_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("billable", sa.Boolean(), nullable=False),
        sa.Column("product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_timers_product_id_products")),
        sa.ForeignKeyConstraint(
            ["technician_id"], ["technicians.id"], name=op.f("fk_timers_technician_id_technicians")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_timers_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timers")),
        sa.UniqueConstraint("technician_id", name=op.f("uq_timers_technician_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("timers", schema=None) as batch_op:
        batch_op.create_index("ix_timers_of_ticket", ["ticket_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_timers_product_id"), ["product_id"], unique=False)

    op.create_table(
        "attachments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("guid", sa.String(length=36), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("technician_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_attachments_comment_id_comments")),
        sa.ForeignKeyConstraint(
            ["technician_id"], ["technicians.id"], name=op.f("fk_attachments_technician_id_technicians")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_attachments_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("guid", name=op.f("uq_attachments_guid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachments_comment_id"), ["comment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachments_hash"), ["hash"], unique=False)
        batch_op.create_index("ix_attachments_of_ticket", ["ticket_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachments_technician_id"), ["technician_id"], unique=False)

    for table, columns in TEXTS.items():
        for column in columns.split():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column} TEXT")
    for table, column, to in LINKS:
        name = f"fk_{table}_{column}_{to}"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {number} CONSTRAINT {name} REFERENCES {to} (id)")
        op.create_index(f"ix_{table}_{column}", table, [column])
    for table, column, default in TRUTHS:
        added(table, column, "BOOLEAN", default)
    added("contracts", "likelihood", number, "0")
    added("tickets", "tags", "TEXT" if sqlite else "JSONB", "'[]'")
    op.execute(f"ALTER TABLE tickets ADD COLUMN starts_at {moment}")
    op.execute(f"ALTER TABLE tickets ADD COLUMN ends_at {moment}")
    op.execute("ALTER TABLE customers ADD COLUMN category VARCHAR(30)")
    op.execute("ALTER TABLE assets ADD COLUMN purchased_on VARCHAR(10)")
    op.execute("ALTER TABLE assets ADD COLUMN warranty_until VARCHAR(10)")
    op.execute(f"ALTER TABLE assets ADD COLUMN contact_id {number}")
    op.execute(f"ALTER TABLE alerts ADD COLUMN properties {'TEXT' if sqlite else 'JSONB'}")
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns.split())
    for table in ("customers", "contacts", "assets"):
        keyed(table)
    without_mail()
    op.execute(
        "INSERT INTO comments (ticket_id, initial, body, internal, at, contact_id, first_name, last_name, email) "
        "SELECT t.id, true, t.description, false, t.created_at, t.contact_id, c.first_name, c.last_name, c.email "
        "FROM tickets t LEFT JOIN contacts c ON c.id = t.contact_id "
        "WHERE t.description IS NOT NULL AND t.description <> '' ORDER BY t.id"
    )


def added(table: str, column: str, kind: str, default: str) -> None:
    """A column that always holds something: at first, in rows that are there, the default."""
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} DEFAULT {default} NOT NULL")
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column(table, column, server_default=None)


def keys(table: str, row: sa.RowMapping) -> dict[str, str | None]:
    """What a row is compared by."""
    if table == "assets":
        return {"serial_key": fold(row["serial"]) if row["serial"] else None}
    phone = {"phone_key": digits(row["phone"])}
    if table == "contacts":
        return {**phone, "alike_key": person_key(row["first_name"], row["last_name"])}
    return {**phone, "alike_key": company_key(row["name"]), "alike_domain": company_domain(row["domain_key"])}


def keyed(table: str) -> None:
    """Give the rows that are there the new keys, some hundreds at a time."""
    bind, last = op.get_bind(), 0
    some = sa.text(f"SELECT * FROM {table} WHERE id > :last ORDER BY id LIMIT 500")  # noqa: S608
    while rows := bind.execute(some, {"last": last}).mappings().all():
        last = rows[-1]["id"]
        made = [{"of": row["id"], **keys(table, row)} for row in rows]
        columns = ", ".join(f"{name} = :{name}" for name in made[0] if name != "of")
        bind.execute(sa.text(f"UPDATE {table} SET {columns} WHERE id = :of"), made)  # noqa: S608


def without_mail() -> None:
    """Let contacts have no mail address. SQLite makes the table anew for that; it is to remember which ids it gave."""
    bind = op.get_bind()
    last = None
    if bind.dialect.name == "sqlite":
        last = bind.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'contacts'"))
    with op.batch_alter_table("contacts", table_kwargs={"sqlite_autoincrement": True}) as contacts:
        contacts.alter_column("email", existing_type=sa.Text(), nullable=True)
        contacts.alter_column("email_key", existing_type=sa.Text(), nullable=True)
    if last is not None:
        op.execute("DELETE FROM sqlite_sequence WHERE name = 'contacts'")
        sequence = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq"))
        op.execute(sa.insert(sequence).values(name="contacts", seq=last))


def downgrade() -> None:
    raise NotImplementedError("there is no way back: restore the backup made before the upgrade")
