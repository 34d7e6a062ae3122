"""The audit log: who did what, found again by a filter, and proven whole."""

import pytest
from sqlalchemy import text

from marketplace.audit.services import record


@pytest.fixture
def entries(written):
    """Twenty changes of two orders."""

    def act(_session):
        for number in range(20):
            old, new = {"status": "placed"}, {"status": "confirmed", "note": "x" * 500}
            record("status.changed", f"order:o{number % 2}", old, new)

    written(act)


def rows(page):
    return page.count("<tr>") - 1


def test_the_newest_is_first_and_people_have_names(administrator):
    administrator.post("/balie/uitbreidingen/care/uit")
    page = administrator.get("/balie/logboek").text
    body = page[page.index("<tbody>") :]
    assert body.index("plugin.off") < body.index("person.added")
    assert "Test administrator" in body
    assert "plugin:care" in body


def test_a_change_shows_old_and_new_and_cuts_what_is_long(administrator, entries):
    page = administrator.get("/balie/logboek?wat=status").text
    assert "status: placed → confirmed" in page
    assert "note: – → " + "x" * 200 + "…" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("onderwerp=order:o1", 10),
        ("onderwerp=order", 20),
        ("onderwerp=order%25", 0),
        ("wat=status.changed", 20),
        ("wat=status.changed&onderwerp=order:o0", 10),
        ("wie=system&wat=status", 20),
        ("wie=niemand@example.org", 0),
        ("wie=visitor&wat=status", 0),
    ],
)
def test_filters_are_the_address(administrator, entries, query, count):
    page = administrator.get(f"/balie/logboek?{query}").text
    if count:
        assert rows(page) == count
    else:
        assert "Geen regels" in page


def test_a_person_is_found_by_address(administrator):
    administrator.post("/balie/uitbreidingen/care/uit")
    page = administrator.get("/balie/logboek?wie=Administrator@example.org").text
    assert rows(page) >= 1
    assert "plugin.off" in page


def test_a_wrong_filter_is_said_beside_it(administrator, entries):
    answer = administrator.get(f"/balie/logboek?onderwerp={'x' * 5000}")
    assert answer.status_code == 200
    assert "ten hoogste 120 tekens" in answer.text


def test_the_chain_is_whole(administrator, entries):
    page = administrator.get("/balie/logboek/controle", follow_redirects=True).text
    assert "Het logboek is gaaf" in page


def test_a_changed_entry_is_named(administrator, entries, written):
    written(
        lambda session: session.execute(text("UPDATE audit_entries SET actor='x' WHERE number=3"))
    )
    page = administrator.get("/balie/logboek/controle", follow_redirects=True).text
    assert "entry 3 was changed" in page


def test_long_logs_have_pages(administrator, entries, written):
    written(lambda _session: [record("x.y", f"x:{number}") for number in range(40)])
    page = administrator.get("/balie/logboek").text
    assert rows(page) == 50
    assert "page=2" in page
