"""The page of rules: every source, a form that keeps what was typed, publish and withdraw."""

import re
from html import unescape

import pytest

from marketplace.catalogue.services import rules as services
from tests.factories import plugins as make
from tests.factories.rules import document, published
from tests.web.desk.test_plugins import sign_in

TYPED = {
    "slug": "onthaal-voor-drie",
    "sentence_nl": "Onthaal vraagt drie mensen.",
    "effect": "refuse",
    "when": '[{"subject": "need.topic", "op": "is", "value": "onboarding"}]',
    "require": '[{"subject": "need.count", "op": "at_least", "value": 3}]',
    "passes": '{"need.topic": "onboarding", "need.count": 3}',
    "fails": '{"need.topic": "onboarding", "need.count": 2}',
    "source": "afspraak van het team",
    "checked_on": "2026-11-01",
}
ONE = "/balie/regels/onthaal-voor-drie"
NEW = "/balie/regels/nieuw/schrijven"
FAULTY = """
from marketplace.contract.rules import Rule

@impl
def rules():
    return [Rule("stuk", "c", (), (), "s", None, {}, {})]
"""


def words(text):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def error(text, field):
    found = re.search(rf'id="{field}-error">(.*?)</div>', text, re.DOTALL)
    return words(found[1]) if found else None


@pytest.fixture
def kept(written):
    """Publish a rule, or keep it as a draft, beside the browser."""
    return lambda act=published, **more: written(lambda _session: act(**more))


def test_the_list_shows_every_source_with_effect_source_and_day(consultant, kept):
    kept(sentence={"nl": "Onthaal vraagt drie mensen."})
    page = words(consultant.get("/balie/regels").text)
    for text in (
        "Onthaal vraagt drie mensen.",
        "afspraak van het team",
        "1/11/2026",
        "Een taalcursus alleen is geen antwoord op discriminatie.",
        "Zorg en welzijn",
        "gaat voor (100)",
        "geeft uitleg",
    ):
        assert text in page


def test_an_empty_list_says_how_to_begin(consultant):
    page = consultant.get("/balie/regels").text
    assert "Nog geen eigen regels" in page
    assert f'href="{NEW}"' in page


def test_a_source_that_was_not_looked_at_for_180_days_is_marked(consultant, kept):
    kept(checked_on="2026-05-01")
    page = words(consultant.get("/balie/regels").text)
    assert "1 bron is langer dan 180 dagen niet nagekeken." in page
    assert "sinds 1/5/2026 niet nagekeken" in page
    assert "langer dan 180 dagen niet nagekeken" in words(consultant.get(ONE).text)


def test_a_faulty_rule_of_a_plugin_is_shown_with_its_faults(host_with, tmp_path):
    browser = sign_in(host_with(make.write_plugin(tmp_path, "broken", FAULTY)))
    page = words(browser.get("/balie/regels").text)
    assert "Een regel van “T” telt niet mee" in page
    assert "require: moet ten minste 1 waarde hebben" in page


def test_a_rule_is_written_tried_published_and_withdrawn(app, consultant):
    page = consultant.post(NEW, data=TYPED, follow_redirects=True).text
    assert "Het ontwerp is bewaard." in page
    assert "Uitkomst: niet geweigerd." in words(page)
    assert "Uitkomst: geweigerd." in words(page)
    page = consultant.post(f"{ONE}/publiceren", follow_redirects=True).text
    assert "gepubliceerd en geldt nu" in page
    with app.app_context():
        assert len(services.published_rules()) == 1
    assert "Deze regel intrekken?" in consultant.get(f"{ONE}/intrekken").text
    with app.app_context():
        assert len(services.published_rules()) == 1
    page = consultant.post(f"{ONE}/intrekken", follow_redirects=True).text
    assert "De regel is ingetrokken." in page
    with app.app_context():
        assert services.published_rules() == ()


def test_posting_twice_is_the_same_as_once(consultant, actions):
    for path, data in ((NEW, TYPED), (f"{ONE}/publiceren", {}), (f"{ONE}/intrekken", {})):
        for _ in range(2):
            assert consultant.post(path, data=data).status_code == 302
    assert [one for one in actions() if one.startswith("rule.")] == [
        *("rule.drafted", "rule.version", "rule.published", "rule.withdrawn")
    ]


def test_a_change_waits_until_it_is_published(app, consultant, kept):
    kept()
    page = consultant.get(f"{ONE}/wijzigen").text
    assert "afspraak van het team" in page
    assert "&#34;need.topic&#34;" in page
    changed = TYPED | {"source": "een nieuwe afspraak"}
    page = consultant.post(f"{ONE}/wijzigen", data=changed, follow_redirects=True).text
    assert "gepubliceerd, met een ontwerp" in page
    with app.app_context():
        assert services.published_rules()[0].source == "afspraak van het team"
    consultant.post(f"{ONE}/publiceren")
    with app.app_context():
        assert services.published_rules()[0].source == "een nieuwe afspraak"


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("slug", "Met Spatie", "heeft niet de juiste vorm"),
        ("slug", "", "Vul dit veld in"),
        ("sentence_nl", "Met {gat}", "mag geen accolades bevatten"),
        ("effect", "boost", "Kies een antwoord uit de lijst"),
        ("weight", "101", "Typ een getal van 0 tot 100"),
        ("when", "[{", "dit is geen geldige JSON (regel 1, kolom 3)"),
        ("when", "{}", "moet een lijst zijn"),
        ("when", "[" * 5_000, "te diep genest"),
        ("when", "x" * 10_001, "Gebruik ten hoogste 10000 tekens"),
        ("require", "", "Vul dit veld in"),
        ("require", "[]", "moet ten minste 1 waarde hebben"),
        ("require", '[{"subject": "a"}]', "require[0].op: ontbreekt"),
        ("passes", "[]", "moet een object zijn"),
        ("fails", '{"a": 1.5}', "fails.a: moet true of false"),
        ("checked_on", "2036-01-01", "deze datum ligt in de toekomst"),
        ("checked_on", "gisteren", "Typ een datum"),
    ],
)
def test_a_wrong_field_says_why_and_keeps_what_was_typed(app, consultant, field, typed, message):
    answer = consultant.post(NEW, data=TYPED | {field: typed})
    assert answer.status_code == 422
    assert message in error(answer.text, field)
    others = {name: text for name, text in TYPED.items() if name not in {field, "effect"}}
    for text in others.values():
        assert text in unescape(answer.text)
    if field != "effect":
        assert typed in unescape(answer.text)
    with app.app_context():
        assert services.every() == []


def test_a_draft_with_a_fault_is_kept_shown_and_not_published(app, consultant):
    typed = TYPED | {"fails": '{"need.topic": "onboarding", "need.count": 7}'}
    page = consultant.post(NEW, data=typed, follow_redirects=True).text
    assert "Deze regel kan nog niet gelden" in page
    assert "rule.fails: de regel weigert dit geval niet, en dat moet wel" in words(page)
    page = consultant.post(f"{ONE}/publiceren", follow_redirects=True).text
    assert "De regel heeft nog fouten." in page
    with app.app_context():
        assert services.published_rules() == ()


def test_a_new_rule_cannot_take_the_code_of_another(consultant, kept):
    kept()
    answer = consultant.post(NEW, data=TYPED | {"source": "anders"})
    assert answer.status_code == 422
    assert "al van een andere regel" in error(answer.text, "slug")


def test_what_was_typed_cannot_become_markup(consultant):
    nasty = TYPED | {"sentence_nl": "<script>alert(1)</script>", "source": "<b>x</b>"}
    page = consultant.post(NEW, data=nasty, follow_redirects=True).text
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page


def test_an_administrator_reads_and_only_a_consultant_writes(administrator, consultant, kept):
    kept(lambda: services.save(document()))
    for path in ("/balie/regels", ONE):
        page = administrator.get(path)
        assert page.status_code == 200
        assert "Wijzig" not in page.text
        assert NEW not in page.text
    assert administrator.get(NEW).status_code == 403
    for path in ("publiceren", "intrekken", "wijzigen"):
        assert administrator.post(f"{ONE}/{path}").status_code == 403


@pytest.mark.parametrize("path", ["", "/wijzigen", "/intrekken"])
def test_what_is_not_there_is_404(consultant, path):
    assert consultant.get(f"/balie/regels/weg{path}").status_code == 404
    if path:
        assert consultant.post(f"/balie/regels/weg{path}", data=TYPED).status_code == 404
