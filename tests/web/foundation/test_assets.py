"""Static files carry their digest in the address and are kept; without it they are not trusted."""

import re

from flask import url_for


def test_a_page_names_its_files_with_a_digest_that_may_be_kept(client):
    address = re.search(r'href="(/static/css/[^"]+\.css\?v=[0-9a-f]{12})"', client.get("/").text)[1]
    with client.get(address) as answer:
        assert answer.cache_control.immutable
        assert answer.cache_control.max_age == 365 * 24 * 3600


def test_another_digest_or_none_is_not_kept_for_long(client):
    for query in ("", "?v=000000000000"):
        with client.get(f"/static/css/tokens.css{query}") as answer:
            assert answer.status_code == 200
            assert answer.cache_control.max_age == 3600
            assert not answer.cache_control.immutable


def test_a_file_that_is_not_there_has_an_address_without_digest(app, client):
    with app.test_request_context():
        assert url_for("static", filename="weg.css") == "/static/weg.css"
    assert client.get("/static/weg.css").status_code == 404
