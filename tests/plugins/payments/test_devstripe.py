"""The local Stripe: as strict as the published schema, on this machine only, spoiled on request."""

import copy
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
import stripe as official
from click import ClickException

from plugins.payments import api
from plugins.payments.devstripe import command, schema
from plugins.payments.devstripe.deliveries import FAULTS, Postman
from tests.plugins.payments.conftest import DOOR, KEY


@pytest.fixture
def client(app, stripe):
    """The official client, pointed at the local Stripe."""
    with app.app_context():
        yield api.needed().v1


@pytest.fixture
def body(clock):
    """What the application asks of a Checkout Session."""
    return {
        "mode": "payment",
        "line_items": [
            {
                "price_data": {
                    "currency": "eur",
                    "unit_amount": 5_000,
                    "product_data": {"name": "Taalcoaching é + & ="},
                },
                "quantity": 1,
            }
        ],
        "payment_method_types": ["card", "bancontact", "sepa_debit"],
        "success_url": "http://127.0.0.1/terug?a=b&c=d",
        "expires_at": int(clock.now().timestamp()) + 7200,
    }


def spoiled(body, path, value):
    found = copy.deepcopy(body)
    here = found
    for part in path[:-1]:
        here = here[part]
    here[path[-1]] = value
    return found


@pytest.mark.parametrize(
    ("path", "value", "param"),
    [
        (("sucess_url",), "http://127.0.0.1", "sucess_url"),
        (("mode",), "gift", "mode"),
        (("payment_method_types",), ["bancontac"], "payment_method_types[0]"),
        (("line_items", 0, "quantity"), "veel", "line_items[0][quantity]"),
        (("line_items", 0, "price_data", "unit_amount"), "1,50", ""),
        (("expires_at",), 1, "expires_at"),
        (("line_items", 0, "price_data", "unit_amount"), 49, "line_items"),
    ],
)
def test_a_request_that_stripe_does_not_publish_is_refused(client, body, path, value, param):
    with pytest.raises(official.InvalidRequestError) as refused:
        client.checkout.sessions.create(spoiled(body, path, value))
    assert (refused.value.param or "").startswith(param)


def test_control_the_request_itself_is_accepted(client, body):
    made = client.checkout.sessions.create(body)
    assert (made.amount_total, made.status, made.url[:17]) == (5_000, "open", "http://127.0.0.1:")


def test_the_same_key_gives_the_same_answer_and_no_other(client, body):
    first = client.checkout.sessions.create(body, {"idempotency_key": "een"})
    again = client.checkout.sessions.create(body, {"idempotency_key": "een"})
    assert first.id == again.id
    with pytest.raises(official.IdempotencyError):
        client.checkout.sessions.create(
            spoiled(body, ("mode",), "setup"), {"idempotency_key": "een"}
        )


def test_an_answer_that_lacks_what_stripe_requires_is_never_given(stripe, client, body):
    made = client.checkout.sessions.create(body)
    for field in ("shipping_options", "custom_text", "payment_status"):
        broken = dict(stripe.world.get("checkout.session", made.id))
        del broken[field]
        with pytest.raises(schema.Wrong):
            schema.answer(broken)


def test_every_object_of_a_whole_life_is_what_stripe_says_it_is(stripe, client, body):
    session = client.checkout.sessions.create(body).id
    world = stripe.world
    world.decline(session)
    world.pay(session)
    intent = client.payment_intents.retrieve(stripe.only("payment_intent")["id"])
    refund = client.refunds.create({"payment_intent": intent.id, "amount": 100})
    dispute = world.dispute(session)
    world.close_dispute(dispute["id"], won=False)
    world.fail_refund(refund.id)
    assert client.charges.retrieve(intent.latest_charge).disputed
    assert client.disputes.retrieve(dispute["id"]).status == "lost"
    assert client.refunds.retrieve(refund.id).status == "failed"
    kinds = [one.type for one in client.events.list({"limit": 100}).data]
    assert len(kinds) == len(stripe.events())
    for row in (row for table in world.tables.values() for row in table.values()):
        schema.answer(row)


def test_more_than_is_left_cannot_be_refunded(stripe, client, body):
    stripe.world.pay(client.checkout.sessions.create(body).id)
    intent = stripe.only("payment_intent")["id"]
    client.refunds.create({"payment_intent": intent, "amount": 4_000})
    with pytest.raises(official.InvalidRequestError):
        client.refunds.create({"payment_intent": intent, "amount": 1_001})
    client.refunds.create({"payment_intent": intent})
    with pytest.raises(official.InvalidRequestError) as refused:
        client.refunds.create({"payment_intent": intent})
    assert refused.value.code == "charge_already_refunded"


def test_long_lists_come_in_pages(stripe, client, body):
    for _session in range(5):
        client.checkout.sessions.create(body)
    found = client.checkout.sessions.list({"limit": 2}).auto_paging_iter()
    assert len({one.id for one in found}) == 5


@pytest.mark.parametrize("key", ["sk_test_other", "sk_live_x", "", "pk_test_x"])
def test_only_its_own_test_key_opens_it(stripe, key):
    message = urllib.request.Request(f"{stripe.base}/v1/events", headers={"Authorization": key})
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(message)


def test_what_is_not_there_is_not_found(client):
    with pytest.raises(official.InvalidRequestError) as refused:
        client.checkout.sessions.retrieve("cs_test_niets")
    assert refused.value.code == "resource_missing"


# ---- its pages ----


def press(stripe, path, **fields):
    """Press a button of the local Stripe; redirects to the shop are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_arguments):
            return None

    data = urllib.parse.urlencode(fields).encode()
    try:
        urllib.request.build_opener(Stay).open(f"{stripe.base}{path}", data)
    except urllib.error.HTTPError as answer:
        return answer.status, answer.headers.get("Location")
    raise AssertionError("a button always leads somewhere")


def test_the_checkout_page_pays_and_sends_people_back(stripe, client, body):
    session = client.checkout.sessions.create(body)
    with urllib.request.urlopen(session.url) as page:
        text = page.read().decode()
    assert "Hier beweegt geen geld" in text
    assert press(stripe, f"/pay/{session.id}/pay") == (302, body["success_url"])
    assert press(stripe, f"/pay/{session.id}/pay")[0] == 400, "paid is paid"


@pytest.mark.parametrize(
    ("acts", "status", "intent"),
    [
        (["leave"], "open", None),
        (["decline"], "open", "requires_payment_method"),
        (["decline", "pay"], "complete", "succeeded"),
        (["pend"], "complete", "processing"),
        (["pend", "debit-ok", "dispute"], "complete", "succeeded"),
        (["pend", "debit-failed"], "complete", "requires_payment_method"),
        (["expire"], "expired", None),
    ],
)
def test_each_button_does_what_it_says(stripe, client, body, acts, status, intent):
    session = client.checkout.sessions.create(body)
    for act in acts:
        assert press(stripe, f"/pay/{session.id}/{act}")[0] == 302
    assert stripe.only("checkout.session")["status"] == status
    found = list(stripe.world.tables["payment_intent"].values())
    assert [one["status"] for one in found] == ([intent] if intent else [])


# ---- deliveries ----


def sent(stripe, fault):
    stripe.deliveries.choose(fault)
    stripe.world.tell("payment_intent.processing", stripe.only("payment_intent"))
    stripe.world.tell("payment_intent.succeeded", stripe.only("payment_intent"))
    return [signature_is_good(one) for one in stripe.deliveries.take()]


def signature_is_good(delivery):
    try:
        official.WebhookSignature.verify_header(delivery.body, delivery.signature, DOOR, None)
    except official.SignatureVerificationError:
        return False
    return True


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        ("", [True] * 2),
        ("duplicate", [True] * 6),
        ("reorder", [True] * 2),
        ("drop", []),
        ("forged", [False] * 2),
        ("stale", [True] * 2),
        ("future", [True] * 2),
        ("unknown", [True] * 2),
    ],
)
def test_deliveries_are_spoiled_as_chosen(stripe, client, body, fault, found):
    stripe.world.pay(client.checkout.sessions.create(body).id)
    stripe.deliveries.take()
    assert press(stripe, "/fault", fault=fault)[0] == 302
    assert sent(stripe, fault) == found


def test_every_fault_has_a_name_on_the_page(stripe):
    with urllib.request.urlopen(f"{stripe.base}/") as page:
        text = page.read().decode()
    assert all(name in text for name in FAULTS.values())


def test_the_postman_brings_messages_to_the_application(
    app, make_app, stripe, online, order, payment_of, socket_enabled
):
    import threading

    from werkzeug.serving import make_server

    door = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=door.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    postman = Postman(stripe.deliveries, f"http://127.0.0.1:{door.server_port}/x/payments/stripe")
    postman.start()
    stripe.world.pay(online)
    for _wait in range(300):
        if payment_of(order).state == "paid":
            break
        time.sleep(0.1)
    postman.stop()
    postman.join()
    door.shutdown()
    thread.join()
    door.server_close()
    assert payment_of(order).state == "paid"


# ---- where it may run ----


def test_it_is_refused_in_production_and_beside_a_live_key(monkeypatch):
    with pytest.raises(ClickException, match="production"):
        command.refuse("production")
    monkeypatch.setenv("X_PAYMENTS_STRIPE_KEY", "sk_live_x")
    with pytest.raises(ClickException, match="live key"):
        command.refuse("demo")
    monkeypatch.setenv("X_PAYMENTS_STRIPE_KEY", KEY)
    command.refuse("demo")


def test_the_demo_gets_a_key_of_its_own_each_time(app, socket_enabled, monkeypatch):
    with app.app_context():
        (first,), (second,) = (command.companions("http://127.0.0.1:8000") for _time in range(2))
        assert first.environment["X_PAYMENTS_STRIPE_KEY"].startswith("sk_test_")
        assert first.environment != second.environment
        assert first.command[-1] == "http://127.0.0.1:8000/x/payments/stripe"
        monkeypatch.setenv("X_PAYMENTS_STRIPE_KEY", "sk_test_of_stripe_itself")
        assert command.companions("http://127.0.0.1:8000") == ()


def test_the_schema_is_the_version_that_the_client_asks_for():
    assert schema.version() == api.VERSION
