"""Error pages: what happened, and what to do now."""

from __future__ import annotations

import structlog
from flask import Flask, Response, current_app, render_template
from flask_babel import LazyString
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
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


KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")
Answer = Response | HTTPException


def init_app(app: Flask) -> None:
    """Register a page for every kind of failure; nothing else may render an error."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(PoolTimeout, _busy)
    app.register_error_handler(Exception, _crash)


def _http(error: HTTPException) -> Answer:
    if error.response is not None or (error.code or 500) < 400:
        return error
    page = _page(error.code or 500)
    for name, value in error.get_headers():
        if name in KEPT_HEADERS:
            page.headers[name] = value
    return page


def _not_found(_error: NotFound) -> Answer:
    return _page(404)


def _expired(_error: CSRFError) -> Answer:
    return _page(400, EXPIRED)


def _busy(error: OperationalError | PoolTimeout) -> Answer:
    log.error("database_unavailable", error=type(getattr(error, "orig", None) or error).__name__)
    return _page(503)


def _crash(error: Exception) -> Answer:
    log.error("unhandled_error", error=type(error).__name__, exc_info=error)
    return _page(500)


def _page(status: int, words: tuple[LazyString, LazyString] | None = None) -> Response:
    """The page in the layout; when even that fails, one that needs nothing but itself."""
    title, advice = words or PAGES.get(status) or PAGES[500 if status >= 500 else 400]
    facts = {"title": title, "advice": advice, "status": status}
    try:
        db.session.rollback()
        text = render_template("web/error.html", **facts)
    except Exception as error:
        log.error("error_page_failed", error=type(error).__name__, exc_info=error)
        text = current_app.jinja_env.get_template("web/error_plain.html").render(facts)
    return Response(text, status, mimetype="text/html")
