"""The pages of consultants: draft, try, compare, publish, withdraw, and look again."""

import re
from html import unescape

import pytest

from plugins.subsidies.desk import keeping, trying
from plugins.subsidies.in_force import rules_in_force

from .rules import FEBI, VOLTA, body, dearer, published, typed, written

LIST = "/x/subsidies/desk/regels"
KEY = "een-sleutel-1"
ONE = f"{LIST}/versie/{KEY}"


def words(text):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def error(text, field="body"):
    found = re.search(rf'id="{field}-error">(.*?)</div>', text, re.DOTALL)
    return words(found[1]) if found else None


def cents(app, rule_id=VOLTA):
    with app.app_context():
        return [one.amount.cents for one in rules_in_force() if one.id == rule_id]


@pytest.fixture
def draft(consultant):
    """Post a new draft."""

    def post(rows, key=KEY):
        text = rows if isinstance(rows, str) else typed(rows)
        return consultant.post(f"{LIST}/nieuw", data={"body": text, "key": key})

    return post


def test_the_list_shows_the_rules_that_count_and_the_menu_leads_there(consultant):
    page = consultant.get(LIST)
    assert "Fonds fe-bi Ouderenzorg: Nederlands op de werkvloer" in page.text
    assert "meegeleverd" in page.text
    assert "Na te kijken" not in page.text
    assert f'href="{LIST}"' in consultant.get("/").text


def test_a_rule_goes_the_whole_way(app, consultant, draft):
    page = consultant.get(f"{LIST}/nieuw?van={VOLTA}").text
    assert "149.01" in page
    assert draft(dearer()).headers["Location"] == ONE
    page = words(consultant.get(ONE).text)
    assert "amount.cents open 1550 1600" in page
    assert "Uitkomst: de regel geldt niet." in page
    page = words(consultant.get(f"{ONE}/testen").text)
    assert "Installateur in Aalst, opleiding van 20 uur 2.488 euro mogelijk" in page
    assert "2.536 euro mogelijk anders" in page
    assert cents(app) == [1_550]
    given = {"starts": "2026-11-23", "reason": "De premie steeg."}
    page = words(consultant.post(f"{ONE}/publiceren", data=given, follow_redirects=True).text)
    assert "De versie is gepubliceerd." in page
    assert "gepubliceerd Test consultant De premie steeg." in page
    assert cents(app) == [1_600]
    assert "Test consultant" in words(consultant.get(LIST).text)
    given = {"reason": "Vergissing."}
    answer = consultant.post(f"{LIST}/regel/{VOLTA}/intrekken", data=given, follow_redirects=True)
    assert "De regel van het team is ingetrokken." in answer.text
    assert cents(app) == [1_550]
    assert "ingetrokken Test consultant Vergissing." in words(consultant.get(ONE).text)


def test_posting_twice_is_the_same_as_once(app, draft, consultant):
    given = {"starts": "2026-11-23", "reason": "x"}
    posts = [
        (f"{LIST}/nieuw", {"body": typed(dearer()), "key": KEY}),
        (f"{ONE}/wijzigen", {"body": typed(dearer(1_700)), "key": KEY, "version": "1"}),
        (f"{ONE}/publiceren", given),
        (f"{LIST}/regel/{VOLTA}/intrekken", given),
    ]
    for path, data in posts:
        for _time in range(2):
            assert consultant.post(path, data=data).status_code == 302, path
    with app.app_context():
        (version,) = keeping.every()
        assert [one.what for one in version.changes] == [
            *("drafted", "changed", "published", "withdrawn")
        ]


@pytest.mark.parametrize(
    ("typed_in", "said"),
    [
        ("", "Vul dit veld in"),
        ("[{", "geen geldige JSON (regel 1, kolom 3)"),
        ("[" * 50_000, "te diep genest"),
        ("[1e999]", "[0]: is te groot"),
        ('[{"id": "a\\u0000b"}]', "[0].id: bevat een onzichtbaar teken"),
        ('[{"\\ud800": 1}]', "[0]: bevat een onzichtbaar teken"),
        ("{}", "[0].id: ontbreekt"),
        (typed(body(colour="red")), "[0].colour: deze sleutel bestaat niet"),
        (typed(body(source="javascript:alert(1)")), "[0].source: moet een adres zijn"),
        (typed(body(id="../weg")), "[0].id: gebruik kleine letters"),
        (typed([*body(), *body("volta-149-01-lang")]), "overal hetzelfde id"),
        (typed(body(amount={"kind": "hourly", "cents": -1})), "[0].amount.cents: moet een geheel"),
    ],
)
def test_a_wrong_body_says_where_and_keeps_what_was_typed(app, draft, typed_in, said):
    answer = draft(typed_in)
    assert answer.status_code == 422
    assert said in error(answer.text)
    assert re.search(r"[\ud800-\udfff]", answer.text) is None
    assert typed_in in unescape(answer.text)
    with app.app_context():
        assert keeping.every() == []


def test_a_failing_own_case_is_kept_as_a_draft_and_not_published(app, consultant, draft):
    draft(body(fails=body()[0]["passes"]))
    page = words(consultant.get(ONE).text)
    assert "Deze versie kan nog niet tellen" in page
    assert "[0].fails: de regel geldt voor dit geval, en dat mag niet" in page
    assert "Maak de versie eerst in orde." in consultant.get(f"{ONE}/testen").text
    answer = consultant.post(f"{ONE}/publiceren", data={"starts": "2026-11-23", "reason": "x"})
    assert answer.status_code == 422
    assert "[0].fails" in words(answer.text)
    assert cents(app) == [1_550]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"starts": "2026-11-22", "reason": "x"}, "starts"),
        ({"starts": "gisteren", "reason": "x"}, "starts"),
        ({"starts": "2026-11-23", "reason": " "}, "reason"),
        ({"starts": "2026-11-23", "reason": "x" * 501}, "reason"),
    ],
)
def test_a_publication_needs_a_day_and_a_reason(app, consultant, draft, given, field):
    draft(dearer())
    answer = consultant.post(f"{ONE}/publiceren", data=given)
    assert answer.status_code == 422
    assert error(answer.text, field)
    assert cents(app) == [1_550]


def test_the_second_of_two_colleagues_sees_both_texts_and_can_save_again(app, consultant, draft):
    draft(dearer())
    first = {"body": typed(dearer(1_700)), "key": KEY, "version": "1"}
    assert consultant.post(f"{ONE}/wijzigen", data=first).status_code == 302
    second = first | {"body": typed(dearer(1_800))}
    answer = consultant.post(f"{ONE}/wijzigen", data=second)
    assert answer.status_code == 422
    assert "Een collega heeft deze regel intussen gewijzigd." in error(answer.text)
    text = unescape(answer.text)
    assert second["body"] in text
    assert '"cents": 1700' in text
    seen = re.search(r'name="version"[^>]*value="(\d+)"', answer.text)[1]
    answer = consultant.post(f"{ONE}/wijzigen", data=second | {"version": seen})
    assert answer.status_code == 302
    with app.app_context():
        assert keeping.find(KEY).body == dearer(1_800)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("", "Vul dit veld in"),
        ("[", "geen geldige JSON"),
        ("[]", "Typ een object"),
        ('{"employer.colour": 1}', "bestaat niet"),
        ('{"\\ud800": 1}', "bestaat niet"),
    ],
)
def test_a_wrong_case_says_why(consultant, draft, case, said):
    draft(dearer())
    answer = consultant.post(f"{ONE}/testen", data={"case": case})
    assert answer.status_code == 422
    assert said in error(answer.text, "case")


def test_a_case_of_ones_own_is_tried(consultant, draft):
    draft(dearer())
    case = '{"employer.joint_committees": ["149.01"], "offer.nature": "training"}'
    page = words(consultant.post(f"{ONE}/testen", data={"case": case}).text)
    assert "Uw geval. De bron noemt geen begin- of einddatum." in page
    assert "Uitkomst: niet bekend." in page
    hostile = '{"offer.nature": "<script>alert(1)</script>\\ud800", "offer.hours": {"a": [1]}}'
    answer = consultant.post(f"{ONE}/testen", data={"case": hostile})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_stale_rules_stand_first_and_can_be_looked_at_again(app, consultant):
    published(app, body(FEBI, checked_on="2026-01-05"))
    page = words(consultant.get(LIST).text)
    assert "Na te kijken" in page
    first = page.index("Regels die vandaag tellen Regel")
    assert page.index("sinds 5 januari 2026 niet nagekeken") < page.index("Volta:", first)
    path = f"{LIST}/regel/{FEBI}/nagekeken"
    assert f'href="{path}"' in consultant.get(LIST).text
    for day, field in (("2026-11-24", "checked_on"), ("ooit", "checked_on")):
        answer = consultant.post(path, data={"checked_on": day, "note": "zelfde bedrag"})
        assert answer.status_code == 422
        assert error(answer.text, field)
    for _time in range(2):
        answer = consultant.post(path, data={"checked_on": "2026-11-20", "note": "zelfde bedrag"})
        assert answer.status_code == 302
    assert "Na te kijken" not in consultant.get(LIST).text
    page = words(consultant.get(f"{LIST}/regel/{FEBI}").text)
    assert "nagekeken op 20 november 2026" in page
    assert "versie 2 gepubliceerd" in page


def test_hostile_text_stays_text(app, consultant, draft):
    nasty = "<script>alert(1)</script>"
    draft(body(title=nasty, source_name=nasty, source="https://x.example/\"onclick='a'"))
    given = {"starts": "2026-11-23", "reason": nasty}
    assert consultant.post(f"{ONE}/publiceren", data=given).status_code == 302
    for path in (
        ONE,
        f"{ONE}/wijzigen",
        f"{ONE}/testen",
        LIST,
        f"{LIST}/regel/{VOLTA}",
        "/x/subsidies/steun",
    ):
        answer = consultant.get(path)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_every_page_is_for_consultants_only(app, client, employer, administrator, consultant):
    written(app, lambda: keeping.begin(KEY, dearer()))
    rule = f"{LIST}/regel/{VOLTA}"
    pages = [LIST, f"{LIST}/sleutels", f"{LIST}/nieuw", rule, f"{rule}/nagekeken"]
    pages += [f"{rule}/intrekken", ONE, f"{ONE}/wijzigen", f"{ONE}/testen", f"{ONE}/publiceren"]
    for page in pages:
        assert consultant.get(page).status_code == 200, page
        assert employer.get(page).status_code == 403, page
        assert administrator.get(page).status_code == 403, page
        assert client.get(page).status_code == 302, page
    for page in (f"{ONE}/publiceren", f"{rule}/intrekken", f"{rule}/nagekeken"):
        given = {"starts": "2026-11-23", "reason": "x", "checked_on": "2026-11-23", "note": "x"}
        assert employer.post(page, data=given).status_code == 403
    assert f'href="{LIST}"' not in employer.get("/").text
    assert cents(app) == [1_550]


@pytest.mark.parametrize(
    "path",
    [
        *("regel/weg", "regel/weg/intrekken", "regel/weg/nagekeken", "nieuw?van=weg"),
        *("versie/weg", "versie/weg/wijzigen", "versie/weg/testen", "versie/weg/publiceren"),
    ],
)
def test_what_is_not_there_is_404(consultant, path):
    assert consultant.get(f"{LIST}/{path}").status_code == 404


def test_the_examples_get_every_kind_of_aid(session):
    found = [aid for one in trying.effects(rules_in_force(), ()) for aid in one.before]
    assert {one.certainty for one in found} == {"certain", "possible", "unknown"}
    assert {one.wage_side for one in found} == {True, False}
    assert all(one.after == () for one in trying.effects(rules_in_force(), ()))
