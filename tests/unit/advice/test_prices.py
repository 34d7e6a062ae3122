"""The price card adds up, also for who does not get VAT back."""

from dataclasses import replace
from datetime import date

import pytest

from marketplace.advice.prices import price_lines
from marketplace.contract.answers import Aid, Line

LINE = Line(
    needs=("taal",),
    offer="course",
    version_id="v-course",
    provider="p",
    owner="partner",
    nature="training",
    gross_cents=100_000,
    net_cents=90_000,
    hours=5,
    start=date(2026, 12, 1),
    aid=(Aid("fund", 10_000, "certain"),),
    reasons=(),
)


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        (LINE, ["gross", "aid", "net"]),
        (replace(LINE, vat_cents=21_000, net_cents=111_000), ["gross", "vat", "aid", "net"]),
    ],
)
def test_what_stands_above_the_net_price_adds_up_to_it(app, line, kinds):
    with app.test_request_context():
        rows = price_lines(line)
    assert [row["kind"] for row in rows] == kinds
    assert sum(row["cents"] for row in rows[:-1]) == rows[-1]["cents"]
