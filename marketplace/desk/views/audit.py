"""The audit log: who changed what, and whether the chain still holds."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.audit.services import verify
from marketplace.desk import words
from marketplace.desk.forms import AuditFilter
from marketplace.desk.services import audit as services
from marketplace.desk.views.blueprint import blueprint
from marketplace.i18n import _
from marketplace.web.pages import page_number, paginate


@blueprint.get("/logboek")
def audit() -> str:
    """The newest entries first, filtered by the address."""
    form = AuditFilter(request.args)
    form.validate()
    page = paginate(services.find(form.sought()), page_number(), per_page=50)
    return render_template(
        "desk/audit.html",
        form=form,
        page=page,
        names=services.names(page.rows),
        changes=services.changes,
        words=words,
    )


@blueprint.get("/logboek/controle")
def verify_audit() -> ResponseReturnValue:
    """Walk the whole chain; a read, so it locks nobody out."""
    fault = verify()
    if fault:
        flash(_("Het logboek klopt niet meer: %(fault)s.", fault=fault), "danger")
    else:
        flash(_("Het logboek is gaaf: geen regel is veranderd of weggehaald."), "ok")
    return redirect(url_for("desk.audit"))
