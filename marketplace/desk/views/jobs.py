"""The outbox: what waits, what failed for good, and a fresh start for it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.desk import words
from marketplace.desk.services import jobs as services
from marketplace.desk.views.blueprint import blueprint
from marketplace.i18n import _
from marketplace.web.pages import page_number, paginate


@blueprint.get("/taken")
def jobs() -> str:
    """Counts per state, and the jobs in one of them."""
    asked = request.args.get("stand", "dead")
    state = asked if asked in services.STATES else "dead"
    return render_template(
        "desk/jobs.html",
        counts=services.counts(),
        state=state,
        page=paginate(services.listed(state), page_number()),
        last_line=services.last_line,
        words=words,
    )


@blueprint.post("/taken/opnieuw")
def replay_job() -> ResponseReturnValue:
    """Try a dead job again."""
    services.replay(request.form.get("job", ""))
    flash(_("De taak krijgt een nieuwe kans."), "ok")
    return redirect(url_for("desk.jobs"))
