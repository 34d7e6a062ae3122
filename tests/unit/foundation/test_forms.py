"""Every kind of field against hostile input: a Dutch word beside it, and nothing typed is lost."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from marketplace.web.forms import (
    Choice,
    Choices,
    Day,
    Email,
    Euro,
    Form,
    LongText,
    Password,
    Text,
    Tick,
    Whole,
    YesNo,
)

LONG = "a" * 10_000
COLOURS = (("red", "Rood"), ("blue", "Blauw"))
CONTROL = ["a\x00b", "a\x1bb", "a\x07b", "a\x7fb", "a\x85b", "\ud800", "a\udfffb", "a\u202eb"]


class Sample(Form):
    name = Text("Naam", most=80)
    story = LongText("Verhaal", most=400)
    mail = Email("E-mail")
    secret = Password("Wachtwoord")
    people = Whole("Aantal", 1, 5000)
    budget = Euro("Budget")
    start = Day("Start")
    colour = Choice("Kleur", COLOURS)
    colours = Choices("Kleuren", COLOURS, required=True)
    sure = YesNo("Zeker?", unknown=True)
    agreed = Tick("Akkoord")


GOOD = {
    "name": "Zorghuis De Linde",
    "story": "Twee regels.\r\nMet een tab\t.",
    "mail": "an@voorbeeld.be",
    "secret": "correct horse",
    "people": "85",
    "budget": "4.000",
    "start": "2027-02-01",
    "colour": "red",
    "colours": "blue",
    "sure": "unknown",
}
OPTIONAL = {"story", "agreed"}


@pytest.fixture(scope="module")
def module_app():
    from marketplace.app import create_app

    return create_app({"ENVIRONMENT": "testing", "SECRET_KEY": "x", "WTF_CSRF_ENABLED": False}
        | {"SQLALCHEMY_DATABASE_URI": "sqlite://", "JOBS_ENGINE": "worker"})  # fmt: skip


@pytest.fixture
def fill(module_app):
    def fill(**values):
        with module_app.test_request_context():
            form = Sample(MultiDict(GOOD | values))
            valid = form.validate()
            return form, valid

    return fill


def dutch(form, field):
    return " ".join(str(error) for error in form[field].errors)


def test_good_answers_pass(fill):
    form, valid = fill()
    assert valid, form.errors
    assert (form.people.data, form.budget.data) == (85, 400_000)
    assert form.start.data == date(2027, 2, 1)
    assert form.colours.data == ["blue"]


@pytest.mark.parametrize("field", sorted(set(GOOD) - OPTIONAL))
@pytest.mark.parametrize("nothing", ["", "   ", "\u00a0", "\u200b", "\t"])
def test_nothing_visible_is_no_answer(fill, field, nothing):
    form, valid = fill(**{field: nothing})
    assert not valid
    assert dutch(form, field).startswith(("Vul dit veld in.", "Kies een antwoord"))


@pytest.mark.parametrize("field", sorted(GOOD))
def test_ten_thousand_characters_are_refused_and_kept(fill, field):
    form, valid = fill(**{field: LONG})
    assert not valid
    assert list(form.errors) == [field]
    if field in {"name", "story", "mail", "people", "budget", "start"}:
        assert form[field]._value() == LONG
    if field in {"name", "story"}:
        assert "het zijn er nu 10000" in dutch(form, field)


@pytest.mark.parametrize("field", ["name", "story", "mail", "people", "budget", "start", "colour"])
@pytest.mark.parametrize("text", CONTROL, ids=ascii)
def test_what_cannot_be_shown_is_refused(fill, field, text):
    form, valid = fill(**{field: text})
    assert not valid
    assert dutch(form, field)
    if field in {"name", "story"}:
        assert "onzichtbaar teken" in dutch(form, field)


@pytest.mark.parametrize("text", ["a\nb", "a\r\nSubject: x", "a\u2028b", "a\tb"])
def test_one_line_is_one_line(fill, text):
    form, _ = fill(name=text)
    assert "onzichtbaar teken" in dutch(form, "name")
    assert fill(story=text)[1]


@pytest.mark.parametrize(
    "text", ["٣", "３", "1.5", "1,5", "-5", "−5", "5e3", "0x10", "1 2", "1.00", "4 mensen", "½"]
)
def test_what_is_no_whole_number_is_refused_and_kept(fill, text):
    form, valid = fill(people=text)
    assert not valid
    assert dutch(form, "people") == "Typ een heel getal, zonder letters of tekens."
    assert form.people._value() == text
    assert form.people.data is None


@pytest.mark.parametrize("text", ["0", "5001", "999999999999999", "00005001"])
def test_a_number_outside_its_bounds_names_them(fill, text):
    form, _ = fill(people=text)
    assert dutch(form, "people") == "Typ een getal van 1 tot 5000."
    assert form.people.data is None


@pytest.mark.parametrize(
    ("text", "number"), [("1.200", 1200), ("1 200", 1200), (" 85 ", 85), ("007", 7)]
)
def test_a_number_is_read_as_people_type_it(fill, text, number):
    assert fill(people=text)[0].people.data == number


@pytest.mark.parametrize("text", ["veel", "-5", "1,234", "٣", "9" * 500, "1e3", "100.000.000,01"])
def test_what_is_no_budget_is_refused_and_kept(fill, text):
    form, valid = fill(budget=text)
    assert not valid
    assert dutch(form, "budget").startswith("Typ een bedrag")
    assert form.budget._value() == text


def test_a_budget_of_nothing_is_a_budget(fill):
    form, valid = fill(budget="0")
    assert valid
    assert form.budget.data == 0


@pytest.mark.parametrize(
    "text",
    ["30/2/2027", "2027-02-30", "2027-W05-1", "20270201", "1/2/27", "0001-01-01", "9999-12-31",
     "1/13/2027", "٠١/٠٢/٢٠٢٧", "morgen"],
)  # fmt: skip
def test_what_is_no_day_is_refused_and_kept(fill, text):
    form, valid = fill(start=text)
    assert not valid
    assert dutch(form, "start") == "Typ een datum zoals 1/2/2027."
    assert form.start._value() == text


@pytest.mark.parametrize("text", ["1/2/2027", "01-02-2027", "1.2.2027", "1 2 2027", "2027-02-01"])
def test_a_day_is_read_as_people_type_it(fill, text):
    assert fill(start=text)[0].start.data == date(2027, 2, 1)


@pytest.mark.parametrize(
    "text",
    ["an", "an@", "@x.be", "an@x", "an@localhost", "a b@x.be", "a@b@x.be", "an@x..be",
     "an@x.be, bo@y.be", "an,bo@x.be", "An <an@x.be>", "an@x.be\nBcc: bo@y.be", "an@[127.0.0.1]"],
)  # fmt: skip
def test_what_is_not_one_address_is_refused_and_kept(fill, text):
    form, valid = fill(mail=text)
    assert not valid
    assert dutch(form, "mail")
    assert form.mail._value() == text


@pytest.mark.parametrize("field", ["colour", "colours", "sure"])
@pytest.mark.parametrize("text", ["green", "<b>", "%(x)s", "%s", "0"])
def test_a_choice_that_is_not_offered_is_refused_in_dutch_and_not_repeated(fill, field, text):
    form, valid = fill(**{field: text})
    assert not valid
    assert dutch(form, field) == "Kies een antwoord uit de lijst."


def test_an_optional_choice_may_stay_open(module_app):
    class Open(Form):
        colour = Choice("Kleur", COLOURS, required=False)
        people = Whole("Aantal", required=False)

    with module_app.test_request_context():
        form = Open(MultiDict())
        assert form.validate(), form.errors
        assert (form.colour.data, form.people.data) == (None, None)


def test_a_password_is_never_shown_again(fill):
    form, _ = fill(secret="hush-hush", name="")
    assert "hush-hush" not in str(form.secret())


def test_a_domain_error_stands_beside_its_field_and_keeps_what_was_typed(fill):
    form, _ = fill()
    form.refuse("Dit nummer bestaat al.", "name")
    form.refuse("Er is iets mis.")
    assert dutch(form, "name") == "Dit nummer bestaat al."
    assert form.form_errors == ["Er is iets mis."]
    assert form.name.data == GOOD["name"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*GOOD, "agreed"]), st.text(max_size=60)))
def test_no_input_breaks_a_form(module_app, values):
    with module_app.test_request_context():
        form = Sample(MultiDict(GOOD | values))
        form.validate()
        assert all(str(field()) for field in form)
        assert all(str(error) for found in form.errors.values() for error in found)
