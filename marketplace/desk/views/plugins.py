"""The plugin page: how every plugin is, and its switches."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.services import current_roles
from marketplace.desk import words
from marketplace.desk.services import plugin_settings
from marketplace.desk.services import plugins as services
from marketplace.desk.views.blueprint import blueprint
from marketplace.errors import DomainError
from marketplace.host.status import PluginStatus
from marketplace.i18n import _, n_


@blueprint.get("/uitbreidingen")
def plugins() -> str:
    """Every plugin: on, off, left out, failing, gone or with its tables behind."""
    found = services.every()
    return render_template(
        "desk/plugins.html",
        rows=[_row(one) for one in found],
        troubled=[one for one in found if one.state in services.ATTENTION],
        words=words,
    )


@blueprint.get("/uitbreidingen/<plugin_id>")
def plugin(plugin_id: str) -> str:
    """One plugin, with what may be done about it."""
    found = services.find(plugin_id)
    return render_template(
        "desk/plugin.html",
        plugin=found,
        is_on=services.switched_on(plugin_id),
        federations=services.federations(plugin_id),
        has_settings=plugin_settings.has_form(plugin_id),
        may_change="administrator" in current_roles(),
        words=words,
    )


@blueprint.post("/uitbreidingen/<plugin_id>/aan")
def switch_on(plugin_id: str) -> ResponseReturnValue:
    """Switch on, for the platform or one federation."""
    return _turned(plugin_id, True, request.form.get("federatie", ""))


@blueprint.route("/uitbreidingen/<plugin_id>/uit", methods=["GET", "POST"])
def switch_off(plugin_id: str) -> ResponseReturnValue:
    """Ask first; a post switches off."""
    slug = request.values.get("federatie", "")
    if request.method == "POST":
        return _turned(plugin_id, False, slug)
    return render_template(
        "desk/plugin_off.html",
        plugin_id=plugin_id,
        title=services.title(plugin_id),
        slug=slug,
        federation=services.federation_name(slug),
        dependants=[] if slug else services.dependants(plugin_id),
    )


@blueprint.post("/uitbreidingen/<plugin_id>/fouten-wissen")
def clear_faults(plugin_id: str) -> ResponseReturnValue:
    """Forget what went wrong, after it was mended."""
    services.clear_faults(plugin_id)
    flash(_("De fouten zijn gewist."), "ok")
    return redirect(url_for("desk.plugin", plugin_id=plugin_id))


def _turned(plugin_id: str, on: bool, slug: str) -> ResponseReturnValue:
    try:
        services.turn(plugin_id, on, slug)
    except DomainError as error:
        flash(error.message, "danger")
    else:
        flash(_done(services.title(plugin_id), on, services.federation_name(slug)), "ok")
    return redirect(url_for("desk.plugin", plugin_id=plugin_id))


def _done(title: str, on: bool, federation: str) -> str:
    if federation and on:
        return _("“%(title)s” staat nu aan voor %(name)s.", title=title, name=federation)
    if federation:
        return _("“%(title)s” staat nu uit voor %(name)s.", title=title, name=federation)
    if on:
        return _("“%(title)s” staat nu aan.", title=title)
    return _("“%(title)s” staat nu uit.", title=title)


def _row(one: PluginStatus) -> Sequence[object]:
    title: object = one.title or one.id
    if one.state not in {"left out", "gone"}:
        title = {"text": title, "url": url_for("desk.plugin", plugin_id=one.id)}
    faults = n_("%(num)d fout", "%(num)d fouten", one.count) if one.count else "–"
    state = words.tag(words.PLUGIN_STATES, one.state)
    return [title, one.id, one.version, state, faults, words.when(one.since), len(one.hooks)]
