import pytest

from marketplace.contract.manifest import Manifest, ManifestError, read

GOOD = 'id = "care"\ntitle = "Zorg"\nversion = "1.2"\napi = 1\n'


def test_a_short_manifest_gets_the_defaults():
    assert read(GOOD) == Manifest("care", "Zorg", "1.2", 1)
    assert read(GOOD).default is True
    assert read(GOOD).scope == "deployment"


def test_every_key_is_read():
    text = GOOD + (
        'scope = "federation"\norder = 5\ndefault = false\nneeds = ["matching"]\n'
        'languages = ["nl", "fr"]\npersonal_data = true\n'
    )
    expected = Manifest(
        "care", "Zorg", "1.2", 1, "federation", 5, False, ("matching",), ("nl", "fr"), True
    )
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id = ", "not TOML"),
        (GOOD + "colour = 1", "unknown key: colour"),
        ('id = "care"\napi = 1', "missing key: title, version"),
        (GOOD.replace("api = 1", "api = 2"), "this house speaks api 1"),
        (GOOD.replace("api = 1", 'api = "1"'), "api must be int, not str"),
        (GOOD.replace("api = 1", "api = true"), "api must be int, not bool"),
        (GOOD + "default = 1", "default must be bool, not int"),
        (GOOD + "order = 1.5", "order must be int, not float"),
        (GOOD + 'needs = "matching"', "needs must be a list of texts"),
        (GOOD + "needs = [1]", "needs must be a list of texts"),
        (GOOD + 'scope = "galaxy"', "must be deployment or federation"),
        (GOOD.replace('"care"', '"Care"'), "small letters and digits"),
        (GOOD.replace('"care"', '"a_b"'), "small letters and digits"),
        (GOOD.replace('"care"', '"../x"'), "small letters and digits"),
        (GOOD.replace('"care"', '"core"'), "small letters and digits"),
        (GOOD.replace('"Zorg"', '"a\\u001bb"'), "title must be one line"),
        (GOOD.replace('"1.2"', '""'), "version must be one line"),
        (GOOD.replace('"Zorg"', f'"{"x" * 81}"'), "title must be one line"),
    ],
)
def test_a_wrong_manifest_is_refused_with_the_reason(text, reason):
    with pytest.raises(ManifestError, match=reason):
        read(text)
