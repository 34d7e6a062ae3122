"""The settings form of a plugin: per platform and per federation, with what it falls back to."""

import pytest
from sqlalchemy import select

from marketplace.db import db
from marketplace.host import settings
from marketplace.host.models import PluginSwitch
from tests.factories import plugins as make
from tests.web.desk.test_plugins import sign_in

URL = "/balie/uitbreidingen/shelf/instellingen"
FORM = """
from marketplace.kit.forms import Choices, Day, Euro, Form, Text, Tick, Whole

class Settings(Form):
    greeting = Text("Groet", most=20, default="Dag")
    loud = Tick("Luid", default=True)
    most = Whole("Hoogstens", 1, 9, default=5)
    cents = Euro("Prijs", required=False)
    since = Day("Sinds", required=False)
    modes = Choices("Waar", [("online", "Online"), ("on_site", "Ter plaatse")])

@impl
def settings_form():
    return Settings
"""
FINE = {
    "greeting": "Hallo",
    "loud": "y",
    "most": "5",
    "cents": "12,50",
    "since": "1/2/2027",
    "modes": ["online"],
}


@pytest.fixture
def house(host_with, tmp_path):
    return host_with(make.write_plugin(tmp_path, "shelf", FORM, 'scope = "federation"'))


@pytest.fixture
def keeper(house):
    return sign_in(house)


def stored(app, slug=""):
    with app.app_context():
        row = db.session.scalars(
            select(PluginSwitch).where(PluginSwitch.federation == slug)
        ).one_or_none()
        return row.settings if row else None


def holds(app, slug=""):
    with app.app_context():
        return settings.of("shelf", slug)


def test_the_form_begins_with_the_defaults_and_says_so(keeper):
    page = keeper.get(URL).text
    assert 'value="Dag"' in page
    assert "Standaard: Dag" in page
    assert "Standaard: ja" in page
    assert "Standaard: leeg" in page
    assert "eigen keuze" not in page


def test_only_what_differs_is_kept(house, keeper):
    answer = keeper.post(URL, data=FINE)
    assert answer.status_code == 302
    assert stored(house) == {
        "greeting": "Hallo",
        "cents": 1250,
        "since": "2027-02-01",
        "modes": ["online"],
    }
    page = keeper.get(URL).text
    assert 'value="Hallo"' in page
    assert "12,50" in page
    assert "2027-02-01" in page
    assert page.count("eigen keuze<") == 4


def test_a_federation_falls_back_to_the_platform(house, keeper):
    keeper.post(URL, data=FINE)
    page = keeper.get(f"{URL}?federatie=zorg").text
    assert "Platform: Hallo" in page
    assert "Platform: 12,50 euro" in page
    assert "Platform: Online" in page
    keeper.post(URL, data=FINE | {"federatie": "zorg", "most": "7"})
    assert stored(house, "zorg") == {"most": 7}
    keeper.post(URL, data=FINE | {"greeting": "Goeiedag"})
    assert holds(house, "zorg")["greeting"] == "Goeiedag"
    assert holds(house, "zorg")["most"] == 7
    assert holds(house)["most"] == 5


def test_a_box_that_is_unticked_stays_unticked(house, keeper):
    keeper.post(URL, data={key: value for key, value in FINE.items() if key != "loud"})
    assert holds(house)["loud"] is False
    assert "checked" not in keeper.get(URL).text.split('name="loud"')[1].split(">")[0]


def test_own_choices_can_be_forgotten(house, keeper):
    keeper.post(URL, data=FINE | {"federatie": "zorg", "most": "7"})
    page = keeper.post(f"{URL}/terug", data={"federatie": "zorg"}, follow_redirects=True).text
    assert "De eigen keuzes zijn weg." in page
    assert stored(house, "zorg") == {}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"greeting": "x" * 10_000}, "ten hoogste 20 tekens"),
        ({"greeting": "a\x07b"}, "onzichtbaar teken"),
        ({"most": "12"}, "9"),
        ({"since": "31/2/2027"}, "datum"),
        ({"modes": ["mars"]}, "Fout:"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(house, keeper, wrong, message):
    answer = keeper.post(URL, data=FINE | wrong)
    assert answer.status_code == 422
    assert message in answer.text
    assert "12,50" in answer.text
    assert stored(house) is None


@pytest.mark.parametrize(
    "code",
    [
        "raise RuntimeError('stuk')",
        "return 7",
        "class S:\n        pass\n    return S",
    ],
)
def test_a_hook_that_fails_leaves_the_page_standing(host_with, tmp_path, code):
    folder = make.write_plugin(tmp_path, "shelf", f"@impl\ndef settings_form():\n    {code}\n")
    keeper = sign_in(host_with(folder))
    assert keeper.get("/balie/uitbreidingen/shelf").status_code == 200
    page = keeper.get(URL, follow_redirects=True).text
    assert "heeft nu geen instellingen" in page


@pytest.mark.parametrize("method", ["__init__", "validate"])
def test_a_form_that_fails_is_the_fault_of_the_plugin(host_with, tmp_path, method):
    code = (
        FORM
        + f"""
def fail(self, *rest, **more):
    raise RuntimeError("het formulier is stuk")
Settings.{method} = fail
"""
    )
    keeper = sign_in(host_with(make.write_plugin(tmp_path, "shelf", code)))
    page = keeper.post(URL, data=FINE, follow_redirects=True).text
    assert "Het formulier van deze uitbreiding werkt niet" in page
    assert "het formulier is stuk" in page


def test_a_plugin_without_settings_has_no_form(administrator):
    assert "Er valt niets in te stellen" in administrator.get("/balie/uitbreidingen/matching").text


@pytest.mark.parametrize("query", ["?federatie=weg", "?federatie=%27"])
def test_an_unknown_federation_is_404(keeper, query):
    assert keeper.get(f"{URL}{query}").status_code == 404
