"""Whatever is typed: a Dutch sentence beside the field, what was typed kept, never a 500."""

import re
from html import unescape

import pytest

from tests.factories import requests as factory

LONG = "a" * 10_000
PAGES = [
    ("place", "municipality", LONG, "ten hoogste 100 tekens"),
    ("place", "municipality", "Aa\u0000lst", "onzichtbaar teken"),
    ("place", "municipality", "Atlantis", "Wij kennen deze gemeente niet"),
    ("place", "municipality", "   ", "Vul dit veld in"),
    ("place", "municipality", "", "Vul dit veld in"),
    ("place", "municipality", "Aalst\u202e", "onzichtbaar teken"),
    ("sector", "other", "999", "geen paritair comité “999”"),
    ("sector", "other", LONG, "ten hoogste 100 tekens"),
    ("sector", "nace", "99.999", "Wij kennen deze NACE-code niet"),
    ("sector", "nace", "\x1b[31m", "onzichtbaar teken"),
    ("headcount", "headcount", "-85", "Typ een heel getal"),
    ("headcount", "headcount", "vijf", "Typ een heel getal"),
    ("headcount", "headcount", "9" * 400, "Typ een heel getal"),
    ("headcount", "headcount", "0", "Typ een getal van 1 tot"),
    ("headcount", "headcount", "1.5e3", "Typ een heel getal"),
    ("headcount", "headcount", "٣", "Typ een heel getal"),
    ("group.dutch-on-the-floor", "count", "0", "Typ een getal van 1 tot"),
    ("group.dutch-on-the-floor", "count", "  ", "Vul dit veld in"),
    ("group.dutch-on-the-floor", "count", "99999999", "Typ een getal van 1 tot"),
    ("group.dutch-on-the-floor", "temps", "13", "meer dan de hele groep van 12"),
    ("group.dutch-on-the-floor", "under_12_months", "13", "meer dan de hele groep van 12"),
    ("level.dutch-on-the-floor", "level_to", "A1", "lager dan wat de groep nu al kan"),
    ("level.dutch-on-the-floor", "mixed_levels", "", "Kies een antwoord"),
    ("time.dutch-on-the-floor", "hours", "41", "Typ een getal van 0 tot 40"),
    ("dates", "start", "2027-02-30", "Typ een datum"),
    ("dates", "start", "overmorgen", "Typ een datum"),
    ("dates", "start", "2020-01-01", "Kies een dag vanaf vandaag"),
    ("dates", "start", "2099-12-31", "Kies een dag vanaf vandaag"),
    ("dates", "start", LONG, "Typ een datum"),
    ("dates", "latest_end", "2027-01-31", "Het einde ligt voor het begin"),
    ("budget", "euro", "-5", "Typ een bedrag van 0"),
    ("budget", "euro", "veel", "Typ een bedrag zoals"),
    ("budget", "euro", "9" * 30, "Typ een bedrag"),
    ("budget", "euro", "", "Vul dit veld in"),
    ("budget", "hours", "-1", "Typ een heel getal"),
    ("budget", "hours", " ", "Vul dit veld in"),
]
FILLED = {
    "group.dutch-on-the-floor": {"count": "12"},
    "level.dutch-on-the-floor": {"level_from": "B1"},
    "dates": {"start": "2027-02-01"},
    "budget": {"euro": "4000", "hours": "120"},
}


@pytest.fixture
def check(app, client):
    return factory.held(app, client)


def as_shown(text):
    return unescape(re.sub(r"<[^>]+>", " ", text))


@pytest.mark.parametrize(("key", "field", "typed", "message"), PAGES)
def test_a_bad_value_is_refused_beside_its_field(client, check, key, field, typed, message):
    url = check.replace("nakijken", key)
    before = client.get(check).text
    answer = client.post(url, data=FILLED.get(key, {}) | {field: typed})
    assert answer.status_code == 422
    error = re.search(rf'id="{field}-error">(.*?)</div>', answer.text, re.DOTALL)
    assert error, "there is no error beside the field"
    assert message in as_shown(error[1])
    assert "<title>Fout: " in answer.text
    assert f'href="#{field}' in answer.text
    if typed.strip() and typed.isprintable() and not key.startswith("level"):
        assert f'value="{typed}"' in answer.text
    assert client.get(check).text == before


CHOICES = [
    ("legal-form", "legal_form", "maffia"),
    ("legal-form", "legal_form", ""),
    ("vat", "vat", "misschien"),
    ("lanes", "lanes", "moon"),
    ("lanes", "lanes", ""),
    ("situations-language", "topics", "yoga"),
    ("role.clear-language", "role", "robots"),
    ("level.dutch-on-the-floor", "level_from", "D1"),
    ("level.dutch-on-the-floor", "mixed_levels", "maybe"),
    ("languages.dutch-on-the-floor", "languages", "xx"),
    ("shifts.dutch-on-the-floor", "shifts", "noon"),
    ("modes.dutch-on-the-floor", "modes", "moon"),
    ("priorities", "clear-language", "9"),
    ("priorities", "clear-language", ""),
    ("extra.care.shift_system", "answer", "nine"),
]


@pytest.mark.parametrize(("key", "field", "sent"), CHOICES)
def test_an_answer_that_was_not_offered_is_refused(client, check, key, field, sent):
    url = check.replace("nakijken", key)
    for crafted in (sent, "x" * 10_000, "\x00"):
        answer = client.post(url, data=factory.typed(key) | {field: crafted})
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert "Not a valid" not in answer.text


@pytest.mark.parametrize("text", ["", " ", "Atlantis", LONG, "<script>", "9300 9000"])
def test_the_search_for_an_agency_survives_anything(client, text):
    answer = client.get("/", query_string={"gemeente": text})
    assert answer.status_code == 200
    assert "gemeente-error" in answer.text
    assert "<script>" not in answer.text.partition("<main")[2]


@pytest.mark.parametrize(
    "email", ["", "an", "an@", "a b@example.org", LONG, "a@b.be\r\nBcc: c@d.be"]
)
def test_a_link_is_mailed_to_an_address_only(client, check, email):
    answer = client.post(check.replace("nakijken", "later"), data={"email": email})
    assert answer.status_code == 422
    assert "email-error" in answer.text
