"""Every word on the screen goes through gettext, and pages hold no script or style of their own."""

import ast
import re
from pathlib import Path

import pytest

from .source import ROOT, files, name_of
from .template_texts import literal, messages, untranslated

NAMES = {"AgII", "Aalst"}  # of the example pages: proper names stay what they are
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.I)
ENGLISH = re.compile(
    r"\b(the|and|this|that|with|your|you|please|are|not|must|cannot|should|is not|invalid|"
    r"required|submit|cancel|save|delete|page|from|about)\b",
    re.I,
)
CALLS = {"_", "lazy_", "n_"}


def templates() -> list[Path]:
    return [path for path in files(".html", ".txt") if "templates" in path.parts]


def is_mail(path: Path) -> bool:
    return "mail" in path.parts


def python_messages(path: Path) -> list[str]:
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS
    ]
    return [
        part.value
        for call in calls
        for part in call.args[: 2 if call.func.id == "n_" else 1]
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def english(texts: list[str]) -> list[str]:
    return [text for text in texts if len(set(map(str.lower, ENGLISH.findall(text)))) >= 2]


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_every_text_goes_through_gettext(path):
    found = untranslated(path.read_text("utf-8"), html=path.suffix == ".html")
    assert [text for text in found if text not in NAMES] == []


@pytest.mark.parametrize(
    "path", [path for path in templates() if path.suffix == ".html"], ids=name_of
)
def test_no_script_or_style_stands_inside_a_page(path):
    found = INLINE.findall(literal(path.read_text("utf-8")))
    assert found == [] or is_mail(path)


def test_every_message_is_dutch():
    texts = {path: list(messages(path.read_text("utf-8"))) for path in templates()}
    for path in files(".py"):
        if path.is_relative_to(ROOT / "marketplace") or path.is_relative_to(ROOT / "plugins"):
            texts[path] = python_messages(path)
    assert sum(map(len, texts.values())) > 100
    assert {name_of(path): english(found) for path, found in texts.items() if english(found)} == {}


# ---- controls ----


@pytest.mark.parametrize(
    "source",
    [
        "<p>Welkom</p>",
        "{% if x %}Welkom{% endif %}",
        '<img src="x" alt="Een foto">',
        '<nav aria-label="Hoofdmenu"></nav>',
        '{{ "Welkom" }}',
        "{{ 'Welkom' if x else '' }}",
        '{{ _("Dag") }} allemaal',
        "{% trans %}Dag{% endtrans %} allemaal",
        '{{ parts.tag("Voorbeeld") }}',
    ],
)
def test_control_a_text_outside_gettext_is_found(source):
    assert untranslated(source)


@pytest.mark.parametrize(
    "source",
    [
        '<p class="lead">{{ _("Welkom") }} · 12 €</p>',
        "{% trans naam=x %}Dag {{ naam }}{% endtrans %}",
        "{# Een opmerking #}<script src=x></script>",
        '<li{% if x %} class="current"{% endif %}>{{ x or _("Niets") }}</li>',
        '{{ tag(_("Voorbeeld"), "warm") }}',
    ],
)
def test_control_a_translated_text_passes(source):
    assert untranslated(source) == []


@pytest.mark.parametrize(
    "source",
    ["<script>x</script>", '<p style="x">', "<a onclick=x>", '<a href="javascript:x">', "<style>"],
)
def test_control_inline_script_and_style_are_found(source):
    assert INLINE.search(literal(source))


def test_control_an_english_message_is_found():
    assert english(["This page is not for you"])
    assert english(["Deze pagina is niet voor u"]) == []
