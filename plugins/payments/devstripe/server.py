"""The addresses of the local Stripe: its API, its Checkout page and a desk for its faults."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl
from wsgiref.types import WSGIApplication

from flask import Flask, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from jinja2 import FileSystemLoader

from marketplace.kit.money import euro

from . import schema
from .deliveries import FAULTS, Deliveries
from .schema import Tree, Wrong
from .world import Refused, World

PAGES = Path(__file__).parent.parent / "templates" / "devstripe"
LISTS = {
    "/v1/checkout/sessions": ("checkout.session", "payment_intent"),
    "/v1/refunds": ("refund", "payment_intent"),
    "/v1/disputes": ("dispute", "payment_intent"),
    "/v1/events": ("event", "type"),
}
ONE = {
    "/v1/checkout/sessions/{session}": "checkout.session",
    "/v1/payment_intents/{intent}": "payment_intent",
    "/v1/charges/{charge}": "charge",
    "/v1/refunds/{refund}": "refund",
    "/v1/disputes/{dispute}": "dispute",
    "/v1/events/{id}": "event",
}
ACTS: dict[str, Callable[[World, str], object]] = {
    "pay": World.pay,
    "decline": World.decline,
    "pend": World.pend,
    "debit-ok": lambda world, one: world.end_debit(one, ok=True),
    "debit-failed": lambda world, one: world.end_debit(one, ok=False),
    "expire": World.expire_session,
    "dispute": World.dispute,
}
"""What the Checkout page can do with a session; leaving it does nothing at all."""


def create_server(world: World, deliveries: Deliveries, key: str, base: str) -> WSGIApplication:
    """The application. ``key`` is the only test key it answers to, ``base`` its own address."""
    app = Flask("devstripe", static_folder=None)
    app.jinja_loader = FileSystemLoader(PAGES)
    app.jinja_env.filters["euro"] = euro
    app.jinja_env.globals["_"] = lambda text, **facts: text % facts if facts else text
    answered: dict[str, tuple[str, int, str]] = {}

    @app.before_request
    def _only_test_keys() -> ResponseReturnValue | None:
        if not request.path.startswith("/v1/"):
            return None
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if given.startswith("sk_test_") and hmac.compare_digest(given, key):
            return None
        return _error(Refused(401, "invalid_request_error", "", "Invalid API Key provided"))

    def operation(method: str, path: str, act: Callable[[Tree, str], Tree]) -> None:
        def view(reference: str = "") -> Response:
            with world.lock:
                return _once(answered, lambda: _answer(f"{method} {path}", reference, act))

        rule = path.split("{")[0] + ("<reference>" + path.split("}")[1] if "{" in path else "")
        app.add_url_rule(rule, f"{method} {path}", view, methods=[method.upper()])

    for path, (table, name) in LISTS.items():
        operation("get", path, _listing(world, path, table, name))
    for path, table in ONE.items():
        operation("get", path, lambda _asked, one, table=table: world.get(table, one))  # type: ignore[misc]
    sessions = "/v1/checkout/sessions"
    operation("post", sessions, lambda asked, _one: world.open_session(asked, base))
    operation("post", f"{sessions}/{{session}}/expire", lambda _, one: world.expire_session(one))
    operation("post", "/v1/refunds", lambda asked, _one: world.refund(asked))
    _pages(app, world, deliveries)
    return app


def _answer(operation: str, reference: str, act: Callable[[Tree, str], Tree]) -> Response:
    text = request.get_data(as_text=True) if request.method == "POST" else request.query_string
    pairs = parse_qsl(text if isinstance(text, str) else text.decode(), keep_blank_values=True)
    try:
        found = act(schema.request_of(operation, pairs), reference)
        if found.get("object") != "list":
            schema.answer(found)
    except Wrong as wrong:
        code = "parameter_unknown" if "unexpected" in wrong.message else ""
        return _error(Refused(400, "invalid_request_error", code, wrong.message, wrong.param))
    except Refused as refused:
        return _error(refused)
    return Response(json.dumps(found), 200, mimetype="application/json")


def _once(answered: dict[str, tuple[str, int, str]], act: Callable[[], Response]) -> Response:
    """The same key gives the same answer; with another path or body it is refused."""
    key = request.headers.get("Idempotency-Key") if request.method == "POST" else None
    if not key:
        return act()
    body = hashlib.sha256(request.path.encode() + b"\n" + request.get_data()).hexdigest()
    if key not in answered:
        made = act()
        if made.status_code != 400:
            answered[key] = (body, made.status_code, made.get_data(as_text=True))
        return made
    first, status, text = answered[key]
    if first != body:
        message = "Keys for idempotent requests can only be used with the same parameters."
        return _error(Refused(400, "idempotency_error", "", message))
    return Response(
        text, status, mimetype="application/json", headers={"Idempotent-Replayed": "true"}
    )


def _listing(world: World, path: str, table: str, name: str) -> Callable[[Tree, str], Tree]:
    """The newest first, by what the request filters on, a page at a time."""

    def listing(asked: Tree, _one: str) -> Tree:
        since = asked.get("created")
        least = since.get("gte", 0) if isinstance(since, dict) else 0
        rows: list[Tree] = [
            row
            for row in reversed(world.tables[table].values())
            if (name not in asked or row.get(name) == asked[name])
            and int(str(row["created"])) >= int(str(least))
        ]
        after = asked.get("starting_after")
        ids = [row["id"] for row in rows]
        begin = ids.index(after) + 1 if after in ids else 0
        limit = int(str(asked.get("limit", 10)))
        page = [schema.answer(row) for row in rows[begin : begin + limit]]
        more = len(rows) > begin + limit
        return {"object": "list", "url": path, "has_more": more, "data": list(page)}

    return listing


def _error(refused: Refused) -> Response:
    told = {"type": refused.kind, "message": refused.message}
    told |= {name: value for name in ("code", "param") if (value := getattr(refused, name))}
    return Response(json.dumps({"error": told}), refused.status, mimetype="application/json")


def _pages(app: Flask, world: World, deliveries: Deliveries) -> None:
    """The Checkout page, and the page on which faults are chosen."""

    @app.get("/pay/<session>")
    def checkout(session: str) -> str:
        with world.lock:
            page = world.get("checkout.session", session)
            intent = world.tables["payment_intent"].get(str(page["payment_intent"]))
            return render_template("checkout.html", page=page, intent=intent)

    @app.post("/pay/<session>/<act>")
    def act(session: str, act: str) -> ResponseReturnValue:
        with world.lock:
            page = world.get("checkout.session", session)
            if act in ACTS:
                ACTS[act](world, session)
        stays = act in {"decline", "debit-ok", "debit-failed", "dispute"}
        back = page["success_url"] if act in {"pay", "pend"} else page.get("cancel_url", "/")
        return redirect(f"/pay/{session}" if stays else str(back))

    @app.get("/")
    def desk() -> str:
        with world.lock:
            tables = {name: list(rows.values()) for name, rows in world.tables.items()}
            return render_template(
                "desk.html", tables=tables, faults=FAULTS, chosen=deliveries.fault
            )

    @app.post("/fault")
    def fault() -> ResponseReturnValue:
        deliveries.choose(request.form.get("fault", ""))
        return redirect("/")

    @app.errorhandler(Refused)
    def refused(error: Refused) -> ResponseReturnValue:
        return render_template("refused.html", error=error), error.status
