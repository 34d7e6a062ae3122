"""What is stored of an advice reads back the same."""

import json
from dataclasses import asdict
from datetime import date

import pytest

from marketplace.advice.snapshot import lines_of, plain
from marketplace.contract.answers import Aid, Line
from marketplace.contract.values import Reason

AID = Aid(
    "premie",
    40_000,
    "possible",
    checked_on=date(2026, 11, 1),
    most_cents=60_000,
    claimed=True,
    apply="Vraag het op tijd.",
    apply_by=date(2027, 1, 1),
    more="/x/subsidies/steun/premie",
)


@pytest.mark.parametrize("aid", [AID, Aid("fonds", None, "unknown")])
def test_a_chosen_line_keeps_every_fact_of_its_aid(aid):
    line = Line(
        *(("n0",), "les", "v1", "aanbieder", "partner", "training", 100_000, 100_000, 10),
        date(2027, 2, 1),
        (aid,),
        (Reason("fits", {"hours": 10}),),
    )
    stored = json.loads(json.dumps({"answer": {"bundle": {"lines": [plain(asdict(line))]}}}))
    assert lines_of(stored) == (line,)
