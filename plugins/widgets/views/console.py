"""The console of a federation: its sites, and everything that one of them needs."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.kit import catalogue, federations
from marketplace.kit.errors import DomainError
from marketplace.kit.forms import Form
from marketplace.kit.i18n import _
from marketplace.kit.theme import verdicts

from .. import counts, majors, sectors, services, snippets
from ..forms import COLOURS, OriginForm, ThemeForm, offers_form, site_form
from ..models import EmbedSite
from ..serving import theme_of

MOST_TO_CHOOSE = 200

blueprint = Blueprint("console", __name__, url_prefix="/beheer")
PAGES = ("index", "site", "origin", "drop_origin", "key", "colours", "style", "offers", "figures")
POLICY = {f"console.{name}": "federation" for name in PAGES}


@blueprint.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """The sites of the federation, and a form for another one."""
    federation, known = federations.in_hand(), sectors.every()
    form = site_form(known)
    if form.validate_on_submit():
        try:
            made = services.add_site(federation.slug, form.name.data, form["sector"].data or "")
        except DomainError as error:
            form.refuse(error.message, error.field)
        else:
            flash(_("De site is toegevoegd, met een testsleutel."), "ok")
            return _back(made)
    sites = services.sites(federation.slug)
    return _page("index", form, sites=sites, federation=federation, sectors=known)


@blueprint.get("/<public_id>")
def site(public_id: str) -> ResponseReturnValue:
    """One site: what to paste, where it may stand, its keys."""
    return _site(_mine(public_id), OriginForm())


@blueprint.post("/<public_id>/adressen")
def origin(public_id: str) -> ResponseReturnValue:
    """Let a page show the widgets."""
    found, form = _mine(public_id), OriginForm()
    if form.validate_on_submit():
        try:
            services.add_origin(found, form.origin.data)
        except DomainError as error:
            form.refuse(error.message, error.field)
        else:
            flash(_("Het adres staat op de lijst."), "ok")
            return _back(found)
    return _site(found, form)


@blueprint.post("/<public_id>/adressen/weg")
def drop_origin(public_id: str) -> ResponseReturnValue:
    """No longer show the widgets on a page."""
    found = services.drop_origin(_mine(public_id), request.form.get("origin", ""))
    flash(_("Het adres staat niet meer op de lijst."), "ok")
    return _back(found)


@blueprint.post("/<public_id>/sleutels")
def key(public_id: str) -> ResponseReturnValue:
    """Make a key, replace one with an overlap, or end one now."""
    found, what = _mine(public_id), request.form.get("what", "")
    which = request.form.get("key", "")
    try:
        if what in {"live", "test"}:
            services.add_key(found, what)
        elif what == "rotate":
            services.rotate(found, which)
        elif what == "end":
            services.end_key(found, which)
    except DomainError as error:
        flash(error.message, "danger")
    return _back(found)


@blueprint.route("/<public_id>/kleuren", methods=["GET", "POST"])
def colours(public_id: str) -> ResponseReturnValue:
    """The colours, how they look, and whether people can read them."""
    found = _mine(public_id)
    saved = theme_of(found)
    form = ThemeForm(data=asdict(saved))
    if form.validate_on_submit():
        if "show" not in request.form and _saved(found, form):
            return redirect(url_for("x_widgets.console.colours", public_id=public_id))
        saved = form.theme()
    return _page(
        "colours",
        form,
        site=found,
        theme=saved,
        names=COLOURS,
        verdicts=verdicts(saved),
        style=url_for("x_widgets.console.style", **asdict(saved)),
    )


@blueprint.get("/stijl.css")
def style() -> Response:
    """The preview's style for the colours in the address; only a valid theme makes one."""
    form = ThemeForm(request.args, meta={"csrf": False})
    tokens = form.theme().tokens() if form.validate() else {}
    return Response(render_template("@widgets/preview.css", tokens=tokens), mimetype="text/css")


@blueprint.route("/<public_id>/aanbod", methods=["GET", "POST"])
def offers(public_id: str) -> ResponseReturnValue:
    """Name, sector, and which of its offers are shown."""
    found, known = _mine(public_id), sectors.every()
    form = site_form(known, found.sector, found.name)
    titles = _titles(found)
    choice = offers_form(titles, found.offers)
    if form.validate_on_submit() and choice.validate():
        same = (form["sector"].data or "") == found.sector
        chosen = choice["offers"].data if same else []
        try:
            services.change_site(found, form.name.data, form["sector"].data or "", chosen or [])
        except DomainError as error:
            form.refuse(error.message, error.field)
        else:
            flash(_("Uw keuze is bewaard."), "ok")
            return redirect(url_for("x_widgets.console.offers", public_id=public_id))
    return _page("offers", form, site=found, choice=choice, titles=titles)


@blueprint.get("/<public_id>/cijfers")
def figures(public_id: str) -> ResponseReturnValue:
    """What we see of the site, and what it brought."""
    found = _mine(public_id)
    return render_template(
        "@widgets/figures.html",
        site=found,
        seen=services.seen_of(found),
        months=counts.monthly(found.id),
        words=counts.WORDS,
        least=counts.LEAST,
        newest=majors.NEWEST,
    )


def _mine(public_id: str) -> EmbedSite:
    return services.site(federations.in_hand().slug, public_id)


def _back(found: EmbedSite) -> ResponseReturnValue:
    return redirect(url_for("x_widgets.console.site", public_id=found.public_id))


def _titles(found: EmbedSite) -> list[tuple[str, str]]:
    """The offers of the site's sector, to choose from."""
    slugs = sectors.find(found.sector).widget.offers
    cards = catalogue.cards(slugs, most=MOST_TO_CHOOSE) if slugs else []
    return [(card.slug, f"{card.title} ({card.provider})") for card, _area in cards]


def _saved(found: EmbedSite, form: ThemeForm) -> bool:
    try:
        services.change_theme(found, form.theme())
    except DomainError as error:
        form.refuse(error.message, error.field)
        return False
    flash(_("De kleuren zijn bewaard. Op uw site ziet u ze binnen een minuut."), "ok")
    return True


def _site(found: EmbedSite, form: OriginForm) -> ResponseReturnValue:
    chosen = services.key_to_paste(found)
    return _page(
        "site",
        form,
        site=found,
        keys=services.key_rows(found),
        chosen=chosen,
        snippets=snippets.every(chosen) if chosen else [],
    )


def _page(name: str, form: Form, **context: object) -> ResponseReturnValue:
    page = render_template(f"@widgets/{name}.html", form=form, **context)
    return page, 422 if form.errors else 200
