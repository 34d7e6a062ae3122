"""What is an origin, and which key may serve it."""

import pytest

from plugins.widgets import origins


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://www.zorg.be", "https://www.zorg.be"),
        (" HTTPS://WWW.Zorg.BE:443/ ", "https://www.zorg.be"),
        ("https://zorg.be:8443", "https://zorg.be:8443"),
        ("https://zörg.be", "https://xn--zrg-sna.be"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("https://zorg.be/pad", None),
        ("https://zorg.be?x=1", None),
        ("https://an@zorg.be", None),
        ("https://*.zorg.be", None),
        ("https://zorg.be; script-src *", None),
        ("https://zorg.be https://kwaad.be", None),
        ("ftp://zorg.be", None),
        ("zorg.be", None),
        ("null", None),
        ("https://", None),
        ("https://zorg.be:99999", None),
        ("https://[::1", None),
    ],
)
def test_only_scheme_host_and_port_are_an_origin(typed, kept):
    assert origins.normal(typed) == kept


@pytest.mark.parametrize(
    ("origin", "mode", "production", "allowed"),
    [
        ("https://zorg.be", "live", True, True),
        ("https://zorg.be", "test", True, True),
        ("http://zorg.be", "live", False, False),
        ("http://localhost:3000", "live", True, False),
        ("http://localhost:3000", "test", True, True),
        ("http://zorg.localhost", "live", False, True),
        ("http://localhost.kwaad.be", "test", True, False),
    ],
)
def test_a_live_key_serves_only_https_outside_the_own_machine(origin, mode, production, allowed):
    assert origins.may_use(origin, mode, production) is allowed
