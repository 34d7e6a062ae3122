"""What people type is shown as text: never as a tag, an attribute or a template."""

from html.parser import HTMLParser

import pytest

MARK = "kanarie"
CORPUS = [
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"' onfocus='{MARK}()' autofocus='",
    f"</textarea><b {MARK}>",
    f"javascript:{MARK}()",
    f"<svg/onload={MARK}()>",
    f"{MARK} {{{{ 7*7 }}}} {{% raw %}} ${{7*7}} #{{7*7}}",
    f"{MARK} %(label)s %s {{0}} {{self.__class__}}",
    f"&lt;b&gt;{MARK}&#x3C;script&#x3E;",
]
FIELDS = ["name", "mail", "people", "budget", "start", "mode", "shifts", "remarks", "secret"]


class Live(HTMLParser):
    """Finds the mark where a browser would act on it."""

    def __init__(self):
        super().__init__()
        self.acts: list[str] = []
        self.shown: list[str] = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if MARK in name or self._is_live(name, value or ""):
                self.acts.append(f"{tag} {name}={value}")
            elif MARK in (value or ""):
                self.shown.append(value)
        if MARK in tag:
            self.acts.append(tag)

    def _is_live(self, name, value):
        if name in {"href", "src", "action", "formaction"}:
            return value.strip().lower().startswith(("javascript:", "data:", "vbscript:"))
        return name.startswith("on")

    def handle_data(self, data):
        inside_script = self.lasttag == "script" and self.rawdata
        if MARK in data:
            (self.acts if inside_script and self.cdata_elem else self.shown).append(data)


@pytest.mark.parametrize("text", CORPUS)
@pytest.mark.parametrize("field", FIELDS)
def test_what_is_typed_is_never_live(client, field, text):
    page = Live()
    page.feed(client.post("/voorbeelden", data={field: text}).text)
    assert page.acts == []
    if field in {"name", "mail", "people", "budget", "start", "remarks"}:
        assert text in [shown.strip() for shown in page.shown]
    if field == "secret":
        assert page.shown == []


@pytest.mark.parametrize("text", CORPUS)
@pytest.mark.parametrize("address", ["/aanbod?q={}", "/bestaat-niet/{}", "/aanmelden?next={}"])
def test_an_address_is_never_live(client, address, text):
    page = Live()
    page.feed(client.get(address.replace("{}", text.replace("%", "%25").replace("#", "%23"))).text)
    assert page.acts == []


def test_control_live_markup_is_found():
    link = f'<a href="javascript:{MARK}()">x</a>'
    for text in (CORPUS[0], f"<img src=x onerror={MARK}()>", f"<b {MARK}>", link):
        page = Live()
        page.feed(text)
        assert page.acts, text
