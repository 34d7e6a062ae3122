"""Links from mails: confirm an address, choose a new password."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.forms import ConfirmForm, ForgotForm, ResetForm
from marketplace.accounts.services import DeadLink, TooMany, Unknown, account, tokens
from marketplace.errors import DomainError
from marketplace.i18n import _

from .blueprint import blueprint
from .landing import answer_too_many, landing


@blueprint.errorhandler(DeadLink)
def dead_link(error: DeadLink) -> ResponseReturnValue:
    """A link that does not work, and how to get one that does."""
    return render_template("accounts/dead_link.html"), 410


@blueprint.route("/bevestigen/<token>", methods=["GET", "POST"])
def verify(token: str) -> ResponseReturnValue:
    """Confirm an address; looking at the page changes nothing, mail scanners do that."""
    link = tokens.read(token, "verify")
    form, email, next_path = ConfirmForm(), link.person.email, link.next_path
    if form.validate_on_submit():
        try:
            account.confirm(link, form.password.data)
            flash(_("Uw e-mailadres is bevestigd. Welkom."), "ok")
            return redirect(landing(next_path))
        except Unknown:
            form.refuse(_("Dit wachtwoord is niet juist. Typ het opnieuw."), "password")
        except TooMany as error:
            return answer_too_many(error, form, "accounts/verify.html", email=email)
    return render_template("accounts/verify.html", form=form, email=email)


@blueprint.route("/wachtwoord-vergeten", methods=["GET", "POST"])
def forgot() -> ResponseReturnValue:
    """Ask for a link; the answer is the same for every address."""
    form = ForgotForm()
    if form.validate_on_submit():
        try:
            account.ask_new_password(form.email.data)
            return redirect(url_for("accounts.mailbox"))
        except TooMany as error:
            return answer_too_many(error, form, "accounts/forgot.html")
    return render_template("accounts/forgot.html", form=form)


@blueprint.route("/wachtwoord/<token>", methods=["GET", "POST"])
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password."""
    link = tokens.read(token, "reset", "invite")
    form, email = ResetForm(), link.person.email
    if form.validate_on_submit():
        try:
            account.choose_password(link, form.new_password.data)
            flash(_("Uw wachtwoord is gekozen. Meld u ermee aan."), "ok")
            return redirect(url_for("accounts.sign_in"))
        except DomainError as error:
            form.refuse(error.message, error.field)
    return render_template("accounts/reset.html", form=form, email=email)
