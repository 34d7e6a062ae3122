"""Values as the desk stores and shows them."""

from datetime import date

import pytest
from wtforms import Form

from marketplace.audit.models import AuditEntry
from marketplace.desk.services.audit import changes
from marketplace.desk.services.jobs import last_line
from marketplace.desk.services.plugin_settings import in_words, plain, revived
from marketplace.web.forms import Choices, Day, Euro, Text, Tick


class Sample(Form):
    """One field of each kind that reads differently."""

    words = Text("Woorden")
    price = Euro("Prijs")
    since = Day("Sinds")
    modes = Choices("Waar", [("online", "Online"), ("on_site", "Ter plaatse")])
    loud = Tick("Luid")


@pytest.fixture
def form(app):
    with app.test_request_context():
        yield Sample()


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("words", "Dag", "Dag"),
        ("words", None, "leeg"),
        ("words", "", "leeg"),
        ("price", 1250, "12,50 euro"),
        ("price", 0, "0 euro"),
        ("modes", ["online", "on_site"], "Online, Ter plaatse"),
        ("modes", ["weg"], "weg"),
        ("modes", [], "leeg"),
        ("loud", True, "ja"),
        ("loud", False, "nee"),
        ("since", "2027-02-01", "2027-02-01"),
    ],
)
def test_a_stored_value_reads_as_a_person_would_say_it(form, field, value, text):
    assert in_words(form[field], value) == text


def test_a_date_goes_into_json_and_comes_back(form):
    stored = plain(date(2027, 2, 1))
    assert stored == "2027-02-01"
    assert revived(form["since"], stored) == date(2027, 2, 1)
    assert revived(form["words"], stored) == stored


@pytest.mark.parametrize("value", [object(), b"x", {1, 2}])
def test_what_is_no_json_is_refused(value):
    with pytest.raises(TypeError):
        plain(value)


@pytest.mark.parametrize(
    ("error", "line"),
    [(None, ""), ("", ""), ("\n\n", ""), ("Traceback:\n  x\nKeyError: 'a'\n", "KeyError: 'a'")],
)
def test_the_last_line_of_a_traceback(error, line):
    assert last_line(error) == line


def test_a_change_lists_facts_of_both_sides_once():
    entry = AuditEntry(old={"a": 1, "b": None}, new={"b": [1], "c": "x"})
    assert changes(entry) == [("a", "1", "–"), ("b", "–", "[1]"), ("c", "–", "x")]
