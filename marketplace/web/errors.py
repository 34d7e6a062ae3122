"""Error pages: what happened, and what to do now."""

from __future__ import annotations

import structlog
from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.i18n import lazy_

log = structlog.get_logger(__name__)

PAGES = {
    400: (
        lazy_("Wij begrijpen uw vraag niet"),
        lazy_("De gegevens kwamen niet goed aan. Ga terug en probeer het opnieuw."),
    ),
    403: (
        lazy_("U mag deze pagina niet zien"),
        lazy_("Uw account geeft geen toegang tot deze pagina. Meld u aan met een ander account."),
    ),
    404: (
        lazy_("Deze pagina bestaat niet"),
        lazy_(
            "Misschien is het adres fout getypt of de pagina weggehaald. Ga naar de startpagina."
        ),
    ),
    405: (
        lazy_("Dit kan niet op deze pagina"),
        lazy_("Ga terug en probeer het opnieuw met de knop op de pagina."),
    ),
    413: (
        lazy_("Dit is te groot"),
        lazy_("Wat u stuurt is te groot. Maak de tekst of het bestand kleiner en probeer opnieuw."),
    ),
    429: (
        lazy_("Te veel pogingen"),
        lazy_("Wacht enkele minuten en probeer het dan opnieuw."),
    ),
    503: (
        lazy_("Het is even te druk"),
        lazy_("Wat u al bewaarde, blijft bewaard. Wacht een minuut en probeer het opnieuw."),
    ),
    500: (
        lazy_("Er ging iets fout bij ons"),
        lazy_("Wat u al bewaarde, blijft bewaard. Probeer het straks opnieuw."),
    ),
}
EXPIRED = (
    lazy_("Deze pagina stond te lang open"),
    lazy_("Ga terug, laad de pagina opnieuw en verstuur ze nog eens. Zo blijft alles veilig."),
)


def init_app(app: Flask) -> None:
    """Register a page for every kind of failure; nothing else may render an error."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _crash)


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    return _page(status)


def _not_found(_error: NotFound) -> tuple[str, int]:
    db.session.rollback()
    return _page(404)


def _expired(_error: CSRFError) -> tuple[str, int]:
    return render_template("web/error.html", title=EXPIRED[0], advice=EXPIRED[1], status=400), 400


def _busy(error: OperationalError) -> tuple[str, int]:
    db.session.rollback()
    log.error("database_unavailable", error=str(error.orig))
    return _page(503)


def _crash(error: Exception) -> tuple[str, int]:
    db.session.rollback()
    log.exception("unhandled_error", error=type(error).__name__)
    return _page(500)


def _page(status: int) -> tuple[str, int]:
    title, advice = PAGES.get(status, PAGES[500] if status >= 500 else PAGES[400])
    return render_template("web/error.html", title=title, advice=advice, status=status), status
