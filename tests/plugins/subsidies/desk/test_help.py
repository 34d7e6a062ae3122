"""What helps to write a rule: a line per key, complaints in Dutch, and the other rules it names."""

import json

from plugins.subsidies import reader
from plugins.subsidies.desk.complaints import in_dutch
from plugins.subsidies.desk.keys import KEYS

from .rules import body, published, typed

LIST = "/x/subsidies/desk/regels"
ONE, TWO = "een-sleutel-1", "een-sleutel-2"
SCHEMA = json.loads(reader.SCHEMA.read_text("utf-8"))


def key_paths(node, path=()):
    """The path of every key that the schema knows below a node; ``what`` is shaped as ``who``."""
    if "$ref" in node:
        node = SCHEMA["$defs"][node["$ref"].rsplit("/", 1)[1]]
    for one in (*node.get("oneOf", ()), *filter(None, [node.get("items")])):
        yield from key_paths(one, path)
    for key, one in node.get("properties", {}).items():
        yield ".".join((*path, key))
        yield from key_paths(one, (*path, key) if key != "what" else ("who",))


def test_every_key_of_the_format_has_a_line_of_help(consultant):
    assert set(KEYS) == set(key_paths(SCHEMA))
    page, form = consultant.get(f"{LIST}/sleutels").text, consultant.get(f"{LIST}/nieuw").text
    for key in KEYS:
        assert f"<code>{key}</code>" in page
    for text in (page, form):
        assert 'href="/x/subsidies/regels.schema.json"' in text


def test_what_the_reader_complains_of_is_told_in_dutch():
    for _key, _wrong, complaint in reader.COMPLAINTS:
        assert "dit klopt niet" not in in_dutch(f"[0].x: {complaint}"), complaint
    assert in_dutch("[0].x: never said") == "[0].x: dit klopt niet (never said)"


def test_a_rule_that_excludes_another_is_published_alone_and_not_when_the_other_is_gone(
    app, consultant
):
    def drafted(key, text):
        posted = consultant.post(f"{LIST}/nieuw", data={"body": text, "key": key})
        assert posted.status_code == 302
        return f"{LIST}/versie/{key}"

    rows = body("constructiv-zaterdag")
    assert "constructiv-werkuren" in rows[0]["stacking"]["excludes"]
    assert "Deze versie kan nog niet tellen" not in consultant.get(drafted(ONE, typed(rows))).text
    assert published(app, rows)

    gone = drafted(TWO, typed(rows).replace("constructiv-werkuren", "bestaat-niet"))
    told = "er is geen regel met het id bestaat-niet"
    assert told in consultant.get(gone).text
    today = {"starts": "2026-11-23", "reason": "Proef"}
    refused = consultant.post(f"{gone}/publiceren", data=today)
    assert refused.status_code == 422
    assert told in refused.text
