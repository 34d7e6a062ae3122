"""``flask price explain``: the calculation with today's rules, as docs/price.md describes it."""

import json
import re

import pytest

from marketplace.config import ROOT

EXAMPLE = ROOT / "docs" / "examples" / "price.json"
PAGE = ROOT / "docs" / "price.md"
SUMS = ("now_cents", "after_claims_cents", "net_cents", "net_unrecovered_cents")
CARE_HOME = {"legal_form": "vzw", "headcount": 85, "vat_recoverable": False}


def explain(app, path, **changes):
    path = path / "price.json"
    path.write_text(json.dumps(json.loads(EXAMPLE.read_text("utf-8")) | changes), "utf-8")
    return app.test_cli_runner().invoke(args=["price", "explain", str(path)])


def told(app, path, **changes):
    done = explain(app, path, **changes)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def firm(headcount, turnover_eur, **more):
    return {
        "legal_form": "bv",
        "headcount": headcount,
        "turnover_eur": turnover_eur,
        "vat_recoverable": True,
    } | more


@pytest.mark.parametrize(
    ("employer", "net_eur"),
    [
        (firm(20, 4_000_000), 1_680),
        (firm(120, 30_000_000), 1_920),
        (firm(20, 4_000_000, aid_used_this_year_cents={"kmo": 720_000}), 2_100),
        (CARE_HOME, 2_904),
    ],
    ids=["small", "medium", "small-with-7200-used", "care-home-without-vat-back"],
)
def test_the_golden_figures_of_2400_euro_with_vat(app, tmp_path, employer, net_eur):
    """Source: features.md of the project, worked out from the rules of the kmo-portefeuille."""
    assert told(app, tmp_path, employer=employer)["net_cents"] == net_eur * 100


def test_the_example_of_the_page_is_what_the_command_says(app):
    done = app.test_cli_runner().invoke(args=["price", "explain", str(EXAMPLE)])
    shown, said = json.loads(_block("json")), json.loads(done.stdout)
    assert set(shown) == set(said)
    assert [(row["kind"], row["cents"]) for row in shown["rows"]] == [
        (row["kind"], row["cents"]) for row in said["rows"]
    ]
    for key in ("offer", "need", "participants", "start", "vat", *SUMS):
        assert shown[key] == said[key]


def _block(language):
    return re.search(rf"```{language}\n(.+?)```", PAGE.read_text("utf-8"), re.DOTALL)[1]


def test_every_kind_of_row_is_on_the_page():
    from marketplace.pricing.calculator import ADDED, APART, SUMS

    page = PAGE.read_text("utf-8")
    assert [kind for kind in ADDED | APART | SUMS if f"| `{kind}` |" not in page] == []


def test_an_offer_of_the_catalogue_is_priced_for_the_group(market, tmp_path):
    from marketplace.catalogue.services import published

    with market.app_context():
        offer = next(one for one in published() if one.price.kind == "per_participant")
    answer = told(market, tmp_path, offer=offer.slug)
    assert answer["offer"] == offer.slug
    assert answer["rows"][0]["cents"] == offer.price.cents * 6
    assert answer["vat"] == {"treatment": None, "cents": None, "recoverable": True}


def test_why_an_aid_does_not_apply_is_told_with_its_code(app, tmp_path):
    answer = told(app, tmp_path, employer=firm(400, 90_000_000))
    assert "kmop-too-large" in {reason["code"] for reason in answer["refused"]}
    assert answer["net_cents"] == 240_000


OFFER = json.loads(EXAMPLE.read_text("utf-8"))["offer"]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"offer": None}, "offer"),
        ({"offer": "bestaat-niet"}, "offer"),
        ({"offer": 7}, "offer"),
        ({"offer": OFFER | {"owner": "agency"}}, "offer.owner"),
        ({"offer": OFFER | {"vat": "6%"}}, "offer.vat"),
        ({"offer": OFFER | {"nature": "gift"}}, "offer.nature"),
        ({"offer": OFFER | {"hours": -1}}, "offer.hours"),
        ({"offer": OFFER | {"group_max": 0}}, "offer.group_max"),
        ({"offer": OFFER | {"price": {"kind": "per_group", "cents": 1}}}, "offer.group_max"),
        ({"offer": OFFER | {"price": None}}, "offer.price"),
        ({"offer": OFFER | {"price": {"kind": "fixed"}}}, "offer.price.cents"),
        ({"offer": OFFER | {"price": {"kind": "fixed", "cents": 1.5}}}, "offer.price.cents"),
        ({"offer": OFFER | {"price": {"kind": "tiered"}}}, "offer.price.tiers"),
        (
            {"offer": OFFER | {"price": {"kind": "tiered", "tiers": [{"up_to": 0, "cents": 1}]}}},
            "offer.price.tiers[0].up_to",
        ),
        ({"offer": OFFER | {"evidence": ["money"]}}, "offer.evidence[0]"),
        ({"need": "elders"}, "need"),
        ({"budget": None}, "budget"),
        ({"unknown": 1}, "unknown"),
        ({"start": "morgen"}, "start"),
    ],
)
def test_a_bad_file_is_refused_with_the_path(app, tmp_path, changes, path):
    done = explain(app, tmp_path, **changes)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert [line.split(":")[0] for line in done.stderr.strip().splitlines()] == [path]


def test_every_fault_of_a_file_is_told_at_once(app, tmp_path):
    done = explain(app, tmp_path, offer=OFFER | {"hours": -1}, budget=None, need="elders")
    assert {line.split(":")[0] for line in done.stderr.strip().splitlines()} == {
        "offer.hours",
        "budget",
    }


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 100_000, b'{"a":NaN}'])
def test_what_is_no_file_is_refused_and_never_a_trace(app, tmp_path, raw):
    path = tmp_path / "price.json"
    path.write_bytes(raw)
    done = app.test_cli_runner().invoke(args=["price", "explain", str(path)])
    assert done.exit_code == 2
    assert done.stderr.startswith("file: ")
