"""Sign in, sign out."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.forms import SignInForm
from marketplace.accounts.services import TooMany, Unknown, current_person, visitor
from marketplace.accounts.services import sign_in as service
from marketplace.i18n import _

from .blueprint import blueprint
from .landing import answer_too_many, landing


@blueprint.route("/aanmelden", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in with address and password."""
    form = SignInForm(next=request.args.get("next"))
    if request.method == "GET" and visitor():
        return redirect(landing(form.next.data))
    if form.validate_on_submit():
        try:
            service.sign_in(form.email.data, form.password.data)
            return redirect(landing(form.next.data))
        except Unknown as error:
            form.refuse(error.message)
        except TooMany as error:
            return answer_too_many(error, form, "accounts/sign_in.html")
    return render_template("accounts/sign_in.html", form=form)


@blueprint.post("/afmelden")
def sign_out() -> ResponseReturnValue:
    """Sign this browser out."""
    service.sign_out()
    flash(_("U bent afgemeld."), "ok")
    return redirect(url_for("accounts.sign_in"))


@blueprint.post("/account/overal-afmelden")
def sign_out_everywhere() -> ResponseReturnValue:
    """Sign out in every browser."""
    person = current_person()
    if person:
        service.sign_out_everywhere(person)
    flash(_("U bent overal afgemeld."), "ok")
    return redirect(url_for("accounts.sign_in"))
