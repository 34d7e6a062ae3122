"""Plugin folders written for one test: sound ones, and broken in one chosen way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

HEAD = """
import sys
from flask import Blueprint, abort, render_template
from sqlalchemy import ForeignKey, String, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from marketplace.contract.hooks import impl
from marketplace.contract.pages import Check, Event, NavItem, Panel, Refused
from marketplace.kit.models import plugin_registry, session
"""

WITNESS = """
pages = Blueprint("pages", __name__)

@pages.get("/")
def home():
    return render_template("@witness/home.html")

@impl
def blueprints():
    return [pages]

@impl
def permissions():
    return {"pages.home": "public"}

@impl
def nav(role):
    return [NavItem("Getuige", "pages.home")]

@impl
def panels(slot, subject):
    return [Panel("@witness/panel.html", {"slot": slot})]

@impl
def rules():
    return []
"""
HOME = """{% extends "web/layout.html" %}
{% block main %}<h1>Getuige</h1>{{ panels("home") }}{% endblock %}"""


def write_plugin(
    folder: Path,
    plugin_id: str,
    code: str = "",
    manifest: str = "",
    files: Mapping[str, str] | None = None,
) -> Path:
    """Write a plugin; ``manifest`` adds lines, or replaces the whole when it names an id."""
    if not manifest.startswith("id ="):
        manifest = f'id = "{plugin_id}"\ntitle = "T"\nversion = "1"\napi = 1\n{manifest}'
    texts = {"plugin.toml": manifest, "__init__.py": HEAD + code} | dict(files or {})
    for name, content in texts.items():
        path = folder / plugin_id / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return folder / plugin_id


def write_witness(folder: Path) -> Path:
    """A sound plugin with a page, a link, a panel and rules: others must not disturb it."""
    files = {"templates/home.html": HOME, "templates/panel.html": "<p>Paneel in {{ slot }}</p>"}
    return write_plugin(folder, "witness", WITNESS, "order = 500", files)


TABLE = """
class Base(DeclarativeBase):
    registry = plugin_registry("{id}")

class Note(Base):
    __tablename__ = "x_{id}_notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(50))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id"))
"""
CREATE = """
revision = "0001"
down_revision = None
import sqlalchemy as sa
from alembic import op

def upgrade():
    op.create_table(
        "x_{id}_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(50), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_x_{id}_notes"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name="fk_x_{id}_notes_job_id_jobs"),
    )

def downgrade():
    op.drop_table("x_{id}_notes")
"""


def write_keeper(folder: Path, plugin_id: str = "keeper", code: str = "") -> Path:
    """A plugin with a table of its own and the migration that makes it."""
    files = {"migrations/0001_notes.py": CREATE.format(id=plugin_id)}
    return write_plugin(folder, plugin_id, TABLE.format(id=plugin_id) + code, files=files)
