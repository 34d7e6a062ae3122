"""The worked example of docs/hoe-wij-rangschikken.md, done again by ``flask advise``."""

import json
import re

import pytest

from marketplace.config import ROOT
from plugins.matching.fit import WEIGHTS
from plugins.matching.pages import part_names
from tests.factories.catalogue import offer, stock

PAPER = (ROOT / "docs" / "hoe-wij-rangschikken.md").read_text("utf-8")
LEVELS = {"from": "A1", "to": "A2"}
OFFERS = {
    "Coaching op de vloer": offer(
        "coaching",
        nature="coaching",
        topics=["dutch-on-the-floor"],
        roles=["workers"],
        levels=LEVELS,
        modes=["on_site"],
        shifts=["early", "late"],
        group={"min": 1, "max": 6},
        price={"kind": "per_group", "cents": 150_000},
        lead_days=14,
        hours=5,
    ),
    "Les in Tienen": offer(
        "les",
        topics=["dutch-on-the-floor"],
        roles=["workers"],
        levels=LEVELS,
        modes=["at_provider"],
        location="24107",
        shifts=["late"],
        group={"min": 1, "max": 15},
        price={"kind": "fixed", "cents": 100_000},
        lead_days=67,
        hours=5,
    ),
    "Klare taal": offer(
        "klare-taal",
        roles=["supervisors"],
        modes=["on_site"],
        group={"min": 1, "max": 8},
        price={"kind": "fixed", "cents": 120_000},
        lead_days=14,
        hours=3,
    ),
}
GROUP = {"count": 12, "level_from": "A1", "level_to": "A2"}
LANGUAGE = {
    "id": "taal",
    "topic": "dutch-on-the-floor",
    "weight": 3,
    "group": GROUP,
    "shifts": ["early", "late"],
}
CLEAR = {
    "id": "klaar",
    "topic": "clear-language",
    "weight": 2,
    "group": {"count": 4, "role": "supervisors"},
}


def rows(heading):
    """The cells of the table that begins with this heading, without its ruler."""
    found = re.search(rf"^\| {heading} \|.*?(?=^$)", PAPER, re.M | re.S)[0]
    table = [[cell.strip(" *") for cell in line.split("|")[1:-1]] for line in found.splitlines()]
    return [table[0], *table[2:]]


@pytest.fixture
def advised(app, tmp_path):
    """Ask for the bundle from these offers, for these needs, with this budget in cents."""

    def ask(titles=OFFERS, needs=(LANGUAGE, CLEAR), cents=400_000):
        with app.app_context():
            others = [one | {"status": "retired"} for one in OFFERS.values()]
            stock(*OFFERS.values())
            stock(
                *(one for one in others if one["slug"] not in {OFFERS[t]["slug"] for t in titles})
            )
        asked = {
            "establishment": {"municipality": "Aalst"},
            "budget": {"net_cents": cents, "hours": 120},
            "asked_on": "2026-11-23",
            "needs": list(needs),
        }
        file = tmp_path / "request.json"
        file.write_text(json.dumps(asked), "utf-8")
        done = app.test_cli_runner().invoke(args=["advise", str(file)])
        assert done.exit_code == 0, done.stderr
        return json.loads(done.stdout)["bundle"]

    return ask


def test_the_table_of_points_has_the_weights_of_today(app):
    _head, *lines = rows("Onderdeel")
    with app.test_request_context():
        names = {label.split(":")[0]: name for name, label in part_names().items()}
    weights = {names[label]: int(most) for label, most, *_points in lines[:-1]}
    assert weights == dict(WEIGHTS)
    assert all(int(points) <= int(most) for _label, most, *found in lines for points in found)
    columns = [[int(cell) for cell in column] for column in list(zip(*lines, strict=True))[1:]]
    assert [sum(column[:-1]) for column in columns] == [column[-1] for column in columns]


def test_the_engine_gives_each_offer_the_points_of_its_column(advised):
    head, *_parts, total = rows("Onderdeel")
    said = dict(zip(head[2:], map(int, total[2:]), strict=True))
    assert said.keys() == OFFERS.keys()
    for title, points in said.items():
        need = CLEAR if title == "Klare taal" else LANGUAGE
        assert advised([title], [need | {"weight": 1}])["value"] == points, title


def test_every_package_has_the_price_hours_and_points_of_its_line(advised):
    for package, *figures in rows("Pakket")[1:]:
        bundle = advised(package.split(" + "), cents=500_000)
        found = (bundle["net_cents"] // 100, bundle["hours"], bundle["value"])
        assert found == tuple(map(int, figures)), package


@pytest.mark.parametrize(
    ("cents", "package"),
    [
        (400_000, {"les", "klare-taal"}),
        (419_999, {"les", "klare-taal"}),
        (420_000, {"coaching", "klare-taal"}),
    ],
)
def test_the_advice_turns_at_the_cent_that_is_told(advised, cents, package):
    assert {line["offer"] for line in advised(cents=cents)["lines"]} == package
    assert "Met 200 euro meer budget" in PAPER
