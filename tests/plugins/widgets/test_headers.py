"""What every address for other sites answers: headers, origins, keys, and how long it is kept."""

import gzip

import pytest

from plugins.widgets import script_file, services

from .addresses import PINNED, SCRIPT, directives, intake, offers
from .conftest import ALSO, HERE, make_embed

# ---- A1: the headers of every route ----


@pytest.mark.parametrize(
    ("address", "keep"),
    [(SCRIPT, "max-age=3600"), (PINNED, "max-age=31536000, immutable")],
)
def test_the_script_is_for_every_site(client, address, keep):
    answer = client.get(address)
    assert answer.mimetype == "text/javascript"
    assert keep in answer.headers["Cache-Control"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Timing-Allow-Origin"] == "*"
    assert ("stale-while-revalidate" in answer.headers["Cache-Control"]) is (address == SCRIPT)


def test_the_script_comes_packed_to_who_can_unpack_it(client):
    plain = client.get(SCRIPT).data
    packed = client.get(SCRIPT, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == plain == script_file.NEWEST.body


def test_the_offers_are_for_the_pages_on_the_list(client, embed):
    answer = client.get(offers(embed.live), headers={"Origin": HERE})
    assert answer.headers["Access-Control-Allow-Origin"] == HERE
    assert answer.headers["Vary"] == "Origin"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_the_frame_is_closed_but_for_its_own_form(client, embed):
    answer = client.get(intake(embed.live))
    found = directives(answer)
    nonce = found["script-src"].removeprefix("'nonce-").rstrip("'")
    assert found == {
        "default-src": "'none'",
        "script-src": f"'nonce-{nonce}'",
        "style-src": f"'nonce-{nonce}'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": f"{HERE} {ALSO}",
    }
    assert answer.text.count(f'nonce="{nonce}"') == 2
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Cache-Control"] == "no-store"


def test_two_frames_never_share_a_nonce(client, embed):
    first, second = (directives(client.get(intake(embed.live))) for _ in range(2))
    assert first["script-src"] != second["script-src"]


# ---- A2: who may read the offers ----

STRANGERS = [
    "http://zorg.example",
    "https://zorg.example:444",
    "https://zorg.example.kwaad.example",
    "https://kwaadzorg.example",
    "https://www.zorg.example",
    "https://ZORG.example",
    "https://zorg.example/",
    "https://zorg.example ",
    "null",
    "",
]


@pytest.mark.parametrize("origin", STRANGERS)
def test_an_origin_that_is_not_on_the_list_is_refused(client, embed, origin):
    answer = client.get(offers(embed.live), headers={"Origin": origin})
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Vary"] == "Origin"
    assert answer.json == {"error": "origin"}


@pytest.mark.parametrize("origin", [HERE, ALSO])
def test_control_an_origin_on_the_list_is_let_in(client, embed, origin):
    answer = client.get(offers(embed.live), headers={"Origin": origin})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, origin)


def test_without_an_origin_no_page_is_named(client, embed):
    answer = client.get(offers(embed.live))
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_other_methods_are_not_offered_to_other_sites(client, embed):
    asked = {"Origin": HERE, "Access-Control-Request-Method": "POST"}
    answer = client.options(offers(embed.live), headers=asked)
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert client.post(offers(embed.live), headers={"Origin": HERE}).status_code == 405


# ---- A3: who may frame the form ----


def test_each_key_names_its_own_pages(app, client, embed):
    other = make_embed(app, "itfederatie", ["https://it.example"], "")
    assert directives(client.get(intake(other.live)))["frame-ancestors"] == "https://it.example"
    assert directives(client.get(intake(embed.live)))["frame-ancestors"] == f"{HERE} {ALSO}"


def test_an_unknown_and_an_ended_key_may_be_framed_by_nobody(client, embed, change):
    change(embed, services.end_key, embed.live)
    for key, status in (("pk_live_onbekend", 404), (embed.live, 410)):
        answer = client.get(intake(key))
        assert answer.status_code == status
        assert directives(answer)["frame-ancestors"] == "'none'"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert client.get(offers(key), headers={"Origin": HERE}).status_code == status


def test_a_site_without_pages_may_be_framed_by_nobody(app, client):
    bare = make_embed(app, "leeg", [])
    assert directives(client.get(intake(bare.live)))["frame-ancestors"] == "'none'"


# ---- A4: nothing else may be framed ----


def test_the_console_denies_framing(market, federation, embed):
    answer = federation.get("/widgets/beheer")
    assert answer.status_code == 200
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert directives(answer)["frame-ancestors"] == "'none'"


# ---- A5: no cookie ----


def test_no_address_for_other_sites_sets_a_cookie(embed, employer):
    token = employer.get(intake(embed.live)).text.split('name="token"')[1].split('value="')[1]
    posted = employer.post(
        f"/widgets/v1/{embed.live}/drafts",
        data={"token": token.split('"')[0]},
        headers={"Origin": "http://localhost"},
    )
    assert posted.status_code == 303
    answers = [
        employer.get(address)
        for address in (SCRIPT, PINNED, offers(embed.live), intake(embed.live), "/widgets/v1/x/y")
    ]
    answers.append(employer.get(f"/widgets/v1/{embed.live}/frame.css"))
    for answer in (*answers[:4], answers[5], posted):
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


# ---- A6: kept and asked again ----


@pytest.mark.parametrize("address", ["script", "pinned", "offers"])
def test_a_browser_that_has_it_is_told_so(client, embed, address):
    where = {"script": SCRIPT, "pinned": PINNED, "offers": offers(embed.live)}[address]
    etag = client.get(where).headers["ETag"]
    again = client.get(where, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(where, headers={"If-None-Match": '"anders"'}).status_code == 200


def test_a_script_that_never_was_is_not_found(client):
    assert client.get("/widgets/v1/0123456789abcdef/widgets.js").status_code == 404


def test_every_pinned_script_has_the_name_of_its_content():
    for path in (script_file.FOLDER / "pinned").glob("*.js"):
        assert script_file.read(path).name == path.stem
