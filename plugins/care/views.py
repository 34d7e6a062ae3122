"""The help page and the word list of care."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, render_template, request

from marketplace.kit import sector

SECTOR = sector.read(Path(__file__).parent / "data")
MOST_TYPED = 60  # characters that are searched for; the field has the same limit

blueprint = Blueprint("care", __name__)


@blueprint.get("/gids")
def guide() -> str:
    """How to work on language in care, with the way to a recognised diploma."""
    return render_template("@care/guide.html", guide=SECTOR.guide)


@blueprint.get("/woorden")
def vocabulary() -> str:
    """The word list, searched without JavaScript and printable."""
    wanted = request.args.get("q", "")[:MOST_TYPED]
    return render_template(
        "@care/vocabulary.html",
        themes=SECTOR.themes(wanted),
        wanted=wanted,
        most=MOST_TYPED,
        total=len(SECTOR.words),
    )
