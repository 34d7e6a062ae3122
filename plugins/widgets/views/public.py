"""What other sites reach. No page here reads or sets a cookie."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from marketplace.kit import clock
from marketplace.kit.limits import TooMany

from .. import cards, intake, majors, script_file, sectors, seen
from ..cards import Answer
from ..intake import IntakeForm
from ..script_file import Script
from ..serving import Served, served, shelf

HOUR, YEAR = 3600, 365 * 24 * 3600
OFFERS_SECONDS = 60
CROSS_SITE = {
    "public.script": "read",
    "public.pinned_script": "read",
    "public.offers": "read",
    "public.frame_style": "read",
    "public.frame": "framed",
    "public.drafts": "posted",
}

blueprint = Blueprint("public", __name__)


@blueprint.get("/<major>/widgets.js")
def script(major: str) -> Response:
    """The newest script of a major."""
    majors.check(major)
    return _script(
        script_file.NEWEST, f"public, max-age={HOUR}, stale-while-revalidate={24 * HOUR}"
    )


@blueprint.get("/<major>/<name>/widgets.js")
def pinned_script(major: str, name: str) -> Response:
    """A script that never changes, for pages that name its digest."""
    majors.check(major)
    if name not in script_file.PINNED:
        abort(404)
    return _script(script_file.PINNED[name], f"public, max-age={YEAR}, immutable")


@blueprint.get("/<major>/<key>/offers.json")
def offers(major: str, key: str) -> Response:
    """The offers of a key, for the pages on its list."""
    majors.check(major)
    found, origin = served(key), request.headers.get("Origin")
    if seconds := shelf().reads.wait(f"{request.remote_addr} {key}", clock.now()):
        raise TooManyRequests(retry_after=seconds)
    seen.note(found, origin, major)
    if origin is not None and origin not in found.origins:
        return _refused()
    return _offers(cards.answer(found, cards.wanted(request)), origin)


@blueprint.get("/<major>/<key>/frame.css")
def frame_style(major: str, key: str) -> Response:
    """The style of the frame with the colours of the site."""
    majors.check(major)
    tokens = served(key).theme.tokens()
    text = render_template("@widgets/theme.css", tokens=tokens)
    made = Response(text, mimetype="text/css")
    made.headers["Cache-Control"] = f"public, max-age={OFFERS_SECONDS}"
    return made


@blueprint.get("/<major>/<key>/intake")
def frame(major: str, key: str) -> Response:
    """The form, in a frame on the pages of this key's list."""
    majors.check(major)
    found = served(key)
    seen.note(found, request.args.get("origin"), major)
    language = sectors.language_of(request.args.get("lang", ""))
    sector = sectors.find(request.args.get("sector") or found.sector)
    form = intake.form_of(sector, language)
    form.campaign.data = request.args.get("campaign", "")[:80]
    return _frame(found, form, language, sector)


@blueprint.post("/<major>/<key>/drafts")
def drafts(major: str, key: str) -> ResponseReturnValue:
    """Keep what was typed and hand it over; the browser goes on at the marketplace itself."""
    majors.check(major)
    found = served(key)
    intake.refuse_strangers(request)
    language = sectors.language_of(request.args.get("lang", ""))
    sector = sectors.find(request.args.get("sector") or found.sector)
    form = intake.form_of(sector, language, request.form)
    if not form.validate():
        return _frame(found, form, language, sector, 422)
    try:
        token = intake.keep(form, found, sector, language)
    except intake.Stale:
        return _frame(found, form, language, sector, 400)
    except TooMany as error:
        raise TooManyRequests(retry_after=error.seconds) from None
    target = url_for("requests.hand_over", token=token) if token else url_for("requests.landing")
    return redirect(target, 303)


def _script(found: Script, keep: str) -> Response:
    packed = request.accept_encodings["gzip"] > 0
    made = Response(found.packed if packed else found.body, mimetype="text/javascript")
    if packed:
        made.headers["Content-Encoding"] = "gzip"
    made.headers["Vary"] = "Accept-Encoding"
    made.headers["Cache-Control"] = keep
    made.headers["Access-Control-Allow-Origin"] = "*"
    made.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    made.headers["Timing-Allow-Origin"] = "*"
    return _unless_known(made, f"{found.name}-gz" if packed else found.name)


def _unless_known(made: Response, etag: str) -> Response:
    """The answer, or 304 to a browser that has it."""
    made.set_etag(etag)
    made.make_conditional(request)
    return made


def _offers(answer: Answer, origin: str | None) -> Response:
    made = Response(answer.body, mimetype="application/json")
    made.headers["Cache-Control"] = f"public, max-age={OFFERS_SECONDS}"
    made.headers["Vary"] = "Origin"
    if origin is not None:
        made.headers["Access-Control-Allow-Origin"] = origin
        made.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _unless_known(made, answer.etag)


def _refused() -> Response:
    """No Access-Control-Allow-Origin: the page learns nothing but that it failed."""
    made = Response('{"error":"origin"}', 403, mimetype="application/json")
    made.headers["Vary"] = "Origin"
    return made


def _frame(
    found: Served, form: IntakeForm, language: str, sector: sectors.Sector, status: int = 200
) -> Response:
    form.token.data, nonce = intake.token_for(found.key), secrets.token_urlsafe(16)
    origin = request.args.get("origin", "")
    text = render_template(
        "@widgets/intake.html",
        form=form,
        key=found,
        words=sector.words(language),
        language=language,
        nonce=nonce,
        stale=status == 400,
        origin=origin if origin in found.origins else "",
        sector=request.args.get("sector"),
    )
    made = Response(text, status, mimetype="text/html")
    made.headers["Content-Security-Policy"] = _policy(found, nonce)
    made.headers["Referrer-Policy"] = "same-origin"
    made.headers["Cache-Control"] = "no-store"
    made.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
    made.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return made


def _policy(found: Served, nonce: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}'",
            f"style-src 'nonce-{nonce}'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {' '.join(found.origins) or chr(39) + 'none' + chr(39)}",
        )
    )
