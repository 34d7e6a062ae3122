"""E-mail addresses in one spelling; paths that stay at home."""

import pytest

from marketplace.accounts.services.addresses import absolute, deliverable, own_path, spelling


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("An@Example.ORG", "an@example.org"),
        ("an+werk@example.org", "an+werk@example.org"),
        ("an@bücher.example", "an@xn--bcher-kva.example"),
        ("an", None),
        ("an@localhost", None),
        ("an@[127.0.0.1]", None),
        ("a b@example.org", None),
        ("a,b@example.org", None),
        ("An <an@example.org>", None),
        ("an@example.org\r\nBcc: x@example.org", None),
        ("élise@example.org", None),
        ("@example.org", None),
        ("a" * 65 + "@example.org", None),
        ("", None),
        ("\x00@example.org", None),
    ],
)
def test_an_address_has_one_spelling_or_none(typed, stored):
    assert deliverable(typed) == stored


def test_what_is_no_address_finds_nobody_without_a_fuss():
    assert spelling(" GEEN Adres ") == "geen adres"


def test_a_mail_link_starts_with_the_public_address(app):
    app.config["PUBLIC_URL"] = "https://taal.example/dienst"
    with app.app_context():
        assert absolute("accounts.forgot") == "https://taal.example/dienst/wachtwoord-vergeten"


@pytest.mark.parametrize("path", ["/account", "/aanmelden?next=/account", "/account?a=%2F%2Fx"])
def test_a_path_of_ours_is_kept(app, path):
    with app.app_context():
        assert own_path(path) == path
