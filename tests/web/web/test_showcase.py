"""The example pages show every macro, and no template breaks the content security policy."""

import re
from pathlib import Path

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient

ROOT = Path(__file__).resolve().parents[3]
PAGES = [
    "/voorbeelden",
    "/voorbeelden/advies",
    "/voorbeelden/wizard",
    "/voorbeelden/wizard?one=1",
]


@pytest.mark.parametrize("address", PAGES)
def test_example_page_is_shown_without_inline_style_or_script(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", answer.text)


def test_error_stands_in_the_summary_and_beside_the_field(client: FlaskClient) -> None:
    page = client.post("/voorbeelden", data={"people": "veel"}).text
    assert '<a href="#people">Aantal medewerkers: Typ een heel getal' in page
    assert 'aria-describedby="people-error"' in page
    assert 'value="veel"' in page
    assert "<title>Fout:" in page


def test_every_macro_of_the_vocabulary_is_on_an_example_page() -> None:
    folder = ROOT / "templates" / "web"
    shown = "".join(path.read_text() for path in folder.glob("*.html"))
    for path in folder.glob("*.html"):
        for name in re.findall(r"{% macro (\w+)\(", path.read_text()):
            uses = len(re.findall(rf"\b{name}\b", shown))
            assert uses > 1, f"{path.name} has {name}, which nothing shows"


def test_not_found_says_what_to_do(client: FlaskClient) -> None:
    answer = client.get("/bestaat-niet")
    assert answer.status_code == 404
    assert "Deze pagina bestaat niet" in answer.text
    assert "Naar de startpagina" in answer.text


@pytest.mark.parametrize("template", ["mail/base.html", "mail/base.txt"])
def test_mail_frame_carries_the_button_and_its_address(app: Flask, template: str) -> None:
    with app.test_request_context():
        mail = render_template(
            template, subject="Uw plan", button_label="Bekijk", button_url="http://x.test/plan"
        )
    assert "Uw plan" in mail
    assert "Bekijk" in mail
    assert "http://x.test/plan" in mail
