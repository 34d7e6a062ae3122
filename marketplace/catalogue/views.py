"""The public pages of the catalogue."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from marketplace.catalogue import services, texts
from marketplace.catalogue.forms import SearchForm
from marketplace.web.pages import page_number

POLICY = {
    "catalogue.index": "public",
    "catalogue.offer": "public",
    "catalogue.provider": "public",
}

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/aanbod")
def index() -> str:
    """The list of offers, searched and filtered by the address."""
    form = SearchForm(request.args)
    form.validate()
    page = services.find(form.search(), page_number())
    cards = [texts.card(version) for version in page.rows]
    return render_template("catalogue/index.html", form=form, page=page, cards=cards)


@blueprint.get("/aanbod/<slug>")
def offer(slug: str) -> str:
    """One offer."""
    found = services.offer_page(slug)
    version = found.version
    return render_template(
        "catalogue/offer.html",
        found=found,
        version=version,
        facts=texts.offer_facts(version, found.left),
        price=texts.price_text(version),
        price_lines=texts.price_lines(version),
        vat=texts.vat_text(version),
        proofs=texts.proofs(found.provider),
        checked_on=texts.day_text(version.checked_on.isoformat()),
        published=texts.published_text(version),
    )


@blueprint.get("/aanbieders/<slug>")
def provider(slug: str) -> str:
    """One provider and what it offers."""
    found = services.provider_page(slug)
    return render_template(
        "catalogue/provider.html",
        provider=found.provider,
        cards=[texts.card(version) for version in found.versions],
        proofs=texts.proofs(found.provider),
        area=texts.reach_text(found.provider.competence),
    )
