"""The public list: search and filters are a link, and hostile input is only a wrong answer."""

import re
from urllib.parse import quote

import pytest

from tests.factories.catalogue import offer, stock

EVERY = ["coaching", "brussel", "klare-taal"]
"""By title, letters only: Coaching, Een (Één), Klare."""


def found(client, query=""):
    answer = client.get(f"/aanbod{query}")
    assert answer.status_code == 200
    return re.findall(r'offer-list-title"><a href="/aanbod/([^"]+)"', answer.text)


def test_the_list_shows_what_is_published_by_title_and_says_so(client, shop):
    assert found(client) == EVERY
    assert "op alfabet" in client.get("/aanbod").text


FILTERS = [
    ("?q=ploegbazen", ["klare-taal"]),
    ("?q=PLOEGBAZEN+klare", ["klare-taal"]),
    ("?q=agii", ["klare-taal"]),
    ("?q=een+les", ["brussel"]),
    ("?q=nederlands+werkvloer", ["coaching"]),
    ("?topic=clear-language", ["brussel", "klare-taal"]),
    ("?nature=coaching", ["coaching"]),
    ("?owner=agency", ["klare-taal"]),
    ("?owner=partner", ["coaching", "brussel"]),
    ("?mode=online", ["brussel", "klare-taal"]),
    ("?mode=on_site", ["coaching", "klare-taal"]),
    ("?level=A2", EVERY),
    ("?level=B1", ["brussel", "klare-taal"]),
    ("?place=Aalst", ["coaching", "klare-taal"]),
    ("?place=9300", ["coaching", "klare-taal"]),
    ("?place=Gent", ["coaching"]),
    ("?place=Bruxelles", ["brussel"]),
    ("?free=y", ["brussel", "klare-taal"]),
    ("?owner=partner&free=y&place=1000", ["brussel"]),
    ("?q=", EVERY),
]


def test_search_and_filters(client, shop):
    for query, slugs in FILTERS:
        assert found(client, query) == slugs, query


SIGNS = (
    "%",
    "_",
    "100%",
    "\\",
    "'",
    '"; DROP TABLE offers; --',
    "<script>",
    "𝔘 é ﬁ",
    "٣",
    "\u202e",
)


def test_signs_of_sql_and_html_are_only_letters(client, shop):
    for sign in SIGNS:
        answer = client.get("/aanbod?q=" + quote(sign))
        assert answer.status_code == 200
        assert sign not in answer.text or "<" not in sign


def test_a_sign_is_a_space_and_never_a_wildcard(client, shop):
    assert found(client, "?q=%25") == found(client, "?q=____") == EVERY
    assert found(client, "?q=%25zz%25") == found(client, "?q=_zz_") == []
    assert found(client, "?q=100%25") == ["brussel"]


HOSTILE = {
    "escape": "a\x1bb",
    "delete": "\x7f",
    "surrogate": "\ud800",
    "no character": "\ufdd0",
    "long": "x" * 10_000,
    "digits": "9" * 5_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_input_gets_an_answer_beside_the_field(client, shop, kind):
    text = quote(HOSTILE[kind], errors="surrogatepass")
    for field in ("q", "topic", "nature", "owner", "mode", "level", "place"):
        answer = client.get(f"/aanbod?{field}={text}")
        assert answer.status_code == 200
        assert f'id="{field}-error"' in answer.text or kind == "surrogate"


def test_a_nul_is_no_address(client, shop):
    assert client.get("/aanbod?q=%00").status_code == 404


def test_an_odd_page_number_gives_a_page(client, shop):
    for number in ("0", "-1", "x", "9" * 5_000, "99", "1e3", "²", ""):
        assert found(client, "?page=" + quote(number)) == EVERY


def test_what_was_typed_stays(client, shop):
    text = client.get("/aanbod?q=zzz&owner=agency&place=Nergenshuizen").text
    assert 'value="zzz"' in text
    assert 'value="Nergenshuizen"' in text
    assert '<option selected value="agency">' in text
    assert "Wij vinden geen gemeente" in text
    assert "<details" in text
    assert " open" in text


def test_nothing_found_says_what_to_do(client, shop):
    assert "Wij vinden geen aanbod" in client.get("/aanbod?q=zzz").text


def test_long_lists_have_pages_that_keep_the_filters(client, session):
    stock(*(offer(f"aanbod-{number:02}") for number in range(45)))
    session.rollback()
    assert len(found(client, "?owner=agency")) == 20
    assert found(client, "?owner=agency&page=3") == [f"aanbod-{n:02}" for n in range(40, 45)]
    assert "owner=agency&amp;page=2" in client.get("/aanbod?owner=agency").text


def test_swapping_the_owners_leaves_the_order_the_same(client, session):
    from tests.factories.catalogue import provider

    offers = [offer("a", "een"), offer("b", "twee"), offer("c", "een")]
    stock(*offers, providers=[provider("een", "agency"), provider("twee", "partner")])
    session.rollback()
    before = found(client)
    for one in offers:
        one["provider"] = {"een": "vier", "twee": "drie"}[one["provider"]]
        one["slug"] += "x"
        one["title"] = one["title"] + "x"
    stock(
        *(
            offer(slug, status="retired", provider=who)
            for slug, who in zip("abc", ("een", "twee", "een"), strict=True)
        ),
        providers=[provider("een", "agency"), provider("twee", "partner")],
    )
    stock(*offers, providers=[provider("vier", "partner"), provider("drie", "agency")])
    session.rollback()
    assert [slug[:1] for slug in found(client)] == [slug[:1] for slug in before]


@pytest.mark.parametrize("path", ["/aanbod", "/aanbod/aanbod-01", "/aanbieders/agii"])
def test_a_page_takes_the_same_few_queries_however_many_rows(client, session, count_queries, path):
    counts = []
    for number in (3, 20):
        stock(*(offer(f"aanbod-{index:02}", capacity=5) for index in range(number)))
        session.rollback()
        client.get(path)
        with count_queries() as queries:
            assert client.get(path + "?q=a&place=Aalst").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6, queries
