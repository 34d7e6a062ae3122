"""``flask aid``: rule files on the command line."""

import json

import pytest

from .rules import VOLTA, body, dearer


@pytest.fixture
def aid(app, tmp_path):
    """Run ``flask aid``; rows stand in for a file that holds them."""

    def run(*arguments, rows=None):
        file = tmp_path / "rules.json"
        file.write_text(rows if isinstance(rows, str) else json.dumps(rows), "utf-8")
        given = [str(file) if one == "FILE" else one for one in arguments]
        return app.test_cli_runner().invoke(args=["aid", *given])

    return run


PUBLISH = ("publish", "FILE", "--from", "2026-11-23", "--reason", "nieuw")


def test_the_list_names_what_counts(aid):
    assert f"{VOLTA}  0 bundled  2026-11-01  Volta" in aid("list").stdout
    aid(*PUBLISH, rows=dearer(checked_on="2026-01-01"))
    assert f"{VOLTA}  1 published  2026-01-01 stale  Volta" in aid("list").stdout


def test_check_stores_nothing_and_publish_twice_is_once(aid):
    assert aid("check", "FILE", rows=dearer()).stdout == "no faults\n"
    assert f"{VOLTA}  0 bundled" in aid("list").stdout
    assert aid(*PUBLISH, rows=dearer()).stdout == "published: 1\n"
    assert aid(*PUBLISH, rows=dearer()).stdout == "published: 0\n"
    assert aid("withdraw", VOLTA, "--reason", "weg").stdout == "withdrawn: 1\n"
    assert aid("withdraw", VOLTA, "--reason", "weg").stdout == "withdrawn: 0\n"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (body(colour="red"), "[0].colour: deze sleutel bestaat niet"),
        ([*body(), *body(valid_from="2026-01-01")], "twee periodes overlappen vanaf 2026-01-01"),
        (body(amount={"kind": "unknown", "cap_cents": -5}), "[0].amount.cap_cents: moet"),
        ([{k: v for k, v in body()[0].items() if k != "source"}], "[0].source: ontbreekt"),
        (body(fails=body()[0]["passes"]), "[0].fails: de regel geldt voor dit geval"),
        ("[{", "geen geldige JSON"),
        ("[]", "ten minste één regel"),
        ("7", "moet een lijst zijn"),
        ("[" * 5_000, "te diep genest"),
        ('[{"id": "a", "id": "b"}]', "[0].id: staat twee keer"),
    ],
)
def test_a_bad_file_ends_with_status_2_and_the_path(aid, rows, said):
    for arguments in (("check", "FILE"), PUBLISH):
        answer = aid(*arguments, rows=rows)
        assert answer.exit_code == 2
        assert said in answer.stderr
    assert f"{VOLTA}  0 bundled" in aid("list").stdout


def test_what_is_not_there_cannot_be_withdrawn(aid):
    answer = aid("withdraw", "weg", "--reason", "weg")
    assert answer.exit_code == 1
    assert "nothing was published of weg" in answer.stderr
