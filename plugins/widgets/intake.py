"""The form in the frame: a few fields, a signed token in place of a cookie, and no name."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import unquote_to_bytes

from flask import Request, abort, current_app
from itsdangerous import BadSignature, TimestampSigner, URLSafeTimedSerializer
from wtforms import Field, HiddenField, StringField, ValidationError

from marketplace.contract.pages import Attribution
from marketplace.contract.rules import Question
from marketplace.contract.values import Json
from marketplace.kit import clock, limits
from marketplace.kit.forms import Choice, Choices, Form, LongText, Text, Whole
from marketplace.kit.intake import LANE_CODES, Extra, Intake, draft, place_fault

from .sectors import Sector, Words
from .serving import Served

OPEN_FOR = timedelta(hours=2)
MOST_BYTES = 16_384
MOST_REMARK = 4_000
MOST_NUMBER = 1_000_000
UNKNOWN = "unknown"


class Stale(ValueError):
    """The token of the form is too old, of another key, or not ours."""


class IntakeForm(Form):
    """What every sector asks; the fields of a sector come with ``form_of``."""

    class Meta(Form.Meta):
        """Its own token: the frame of another site has no session."""

        csrf = False

    token = HiddenField()
    campaign = HiddenField()
    website = StringField()  # nobody sees it; whoever fills it in is a machine

    def extra(self) -> list[Field]:
        """The fields of the sector's questions."""
        return [one for one in self if one.name.startswith("x-")]


def form_of(sector: Sector, language: str, typed: object = None) -> IntakeForm:
    """The form with the words of a sector; ``typed`` is what was posted, if anything was."""
    words = sector.words(language)

    class Made(IntakeForm):
        municipality = Text(
            words["municipality"], 100, required=False, hint=words["municipality_hint"]
        )
        lanes = Choices(words["lanes"], [(code, words[code]) for code in LANE_CODES])
        headcount = Whole(words["headcount"], 0, MOST_NUMBER, required=False)
        remark = LongText(words["remark"], MOST_REMARK, hint=words["remark_hint"])

        def validate_municipality(self, field: Text) -> None:
            """Refuse what is no place of work, once something was typed."""
            if field.data and not field.errors and (fault := place_fault(field.data)):
                raise ValidationError(fault)

    for key, question in sector.questions(language):
        setattr(Made, f"x-{key}", _field(question, words))
    return Made(formdata=typed)


def token_for(key: str) -> str:
    """A token that says: this form was made for this key, now."""
    made = _signer().dumps([key, secrets.token_urlsafe(12)])
    return made.decode() if isinstance(made, bytes) else made


def once(token: str, key: str) -> str:
    """The random part of a token of this key, at most two hours old. Raises Stale."""
    try:
        (whose, random), signed = _signer().loads(token[:300], return_timestamp=True)
    except (BadSignature, ValueError, TypeError):
        raise Stale from None
    if whose != key or clock.now() - signed > OPEN_FOR:
        raise Stale
    return str(random)


def refuse_strangers(request: Request) -> None:
    """Only a form on a page of ours may post: 403, 413 or 400 for anything else."""
    origin, ours = request.headers.get("Origin"), request.host_url.rstrip("/")
    came = request.headers.get("Sec-Fetch-Site")
    if origin not in (ours, None) or came not in ("same-origin", None) or origin is came is None:
        abort(403)  # a browser says at least one of the two
    if (request.content_length or 0) > MOST_BYTES or len(request.get_data()) > MOST_BYTES:
        abort(413)
    try:
        unquote_to_bytes(request.get_data()).decode("utf-8")
    except UnicodeDecodeError:
        abort(400)


def keep(form: IntakeForm, key: Served, sector: Sector, language: str) -> str | None:
    """Keep the draft and give the token of its address; None for a machine. Raises Stale, TooMany.

    Commits, as the limit does.
    """
    random = once(form.token.data or "", key.key)
    if form.website.data:
        return None
    limits.count("draft", key.key)
    source = Attribution(key.federation, key.key, (form.campaign.data or "")[:80], key.is_test)
    typed = Intake(
        municipality=form["municipality"].data or "",
        lanes=tuple(form["lanes"].data or ()),
        headcount=form["headcount"].data,
        remark=form["remark"].data or "",
        extra=tuple(_answered(form, sector.questions(language))),
    )
    return draft(typed, source, random)


def _answered(form: IntakeForm, questions: Sequence[tuple[str, Question]]) -> list[Extra]:
    found = []
    for key, question in questions:
        field = form[f"x-{key}"]
        if field.data not in (None, "", [], UNKNOWN):
            found.append(Extra(key, _plain(field.data), question.title, _shown(field)))
    return found


def _plain(value: Json) -> Json:
    return [str(one) for one in value] if isinstance(value, list) else value


def _shown(field: Field) -> str:
    chosen = field.data if isinstance(field.data, list) else [field.data]
    if not hasattr(field, "iter_choices"):
        return str(field.data)
    labels = {one.value: str(one.label) for one in field.choices}
    return "\n".join(labels[code] for code in chosen)


def _field(question: Question, words: Words) -> Field:
    """The field of a question; nobody has to answer it."""
    if question.kind == "number":
        return Whole(question.title, 0, MOST_NUMBER, required=False, hint=question.why)
    if question.kind == "choices":
        return Choices(question.title, question.choices, hint=question.why)
    choices = question.choices
    if question.kind == "yes_no":
        choices = (("yes", words["yes"]), ("no", words["no"]))
    choices = (*choices, (UNKNOWN, words["unknown"]))
    return Choice(question.title, choices, required=False, hint=question.why)


class _ClockSigner(TimestampSigner):
    """Takes the time from the application's clock."""

    def get_timestamp(self) -> int:
        """Whole seconds since 1970, UTC."""
        return int(clock.now().timestamp())


def _signer() -> URLSafeTimedSerializer:
    keys = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt="widgets.form", signer=_ClockSigner)
