"""The settings of a plugin, for the platform and per federation."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.desk.services import plugin_settings as services
from marketplace.desk.services import plugins
from marketplace.desk.services.plugin_settings import Sheet
from marketplace.desk.views.blueprint import blueprint
from marketplace.errors import DomainError
from marketplace.i18n import _


@blueprint.route("/uitbreidingen/<plugin_id>/instellingen", methods=["GET", "POST"])
def plugin_settings(plugin_id: str) -> ResponseReturnValue:
    """The plugin's own form, with what each field falls back to."""
    slug = request.values.get("federatie", "")
    plugins.federation_name(slug)
    posted = request.form if request.method == "POST" else None
    try:
        sheet = services.sheet(plugin_id, slug, posted)
        if posted is not None and services.save(sheet):
            flash(_("De instellingen zijn bewaard."), "ok")
            return redirect(_address(plugin_id, slug))
        return _page(sheet), 422 if posted is not None else 200
    except DomainError as error:
        flash(error.message, "danger")
        return redirect(url_for("desk.plugin", plugin_id=plugin_id))


@blueprint.post("/uitbreidingen/<plugin_id>/instellingen/terug")
def forget_settings(plugin_id: str) -> ResponseReturnValue:
    """Forget what was chosen here, so that the fallback holds again."""
    slug = request.form.get("federatie", "")
    plugins.federation_name(slug)
    services.forget(plugin_id, slug)
    flash(_("De eigen keuzes zijn weg."), "ok")
    return redirect(_address(plugin_id, slug))


def _address(plugin_id: str, slug: str) -> str:
    return url_for("desk.plugin_settings", plugin_id=plugin_id, federatie=slug or None)


def _page(sheet: Sheet) -> str:
    return render_template(
        "desk/plugin_settings.html",
        sheet=sheet,
        title=plugins.title(sheet.plugin),
        federation=plugins.federation_name(sheet.slug),
        federations=plugins.federations(sheet.plugin),
    )
