"""Find words in a template that no translator would ever see."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment, nodes

JINJA = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
TRANSLATES = {"_", "gettext", "ngettext", "lazy_", "n_"}
SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title", "aria-roledescription"}
SENTENCE = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]+")
LETTERS = re.compile(r"[^\W\d_]{2,}")


class Words(HTMLParser):
    """Gathers what a person would see or hear of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style"}
        self.found += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def literal(source: str) -> str:
    """The template without its tags, expressions, comments and translated blocks."""
    kept, translated, words = [], False, []
    for _line, kind, value in JINJA.lex(source):
        if kind == "block_begin":
            words = []
        elif kind == "name":
            words.append(value)
        elif kind == "block_end" and words and words[0] in {"trans", "endtrans"}:
            translated = words[0] == "trans"
        elif kind == "data" and not translated:
            kept.append(value)
    return "".join(kept)


def untranslated(source: str, html: bool = True) -> list[str]:
    """Every text with letters that does not go through gettext."""
    text = literal(source)
    if html:
        page = Words()
        page.feed(text)
        page.close()
        texts = page.found
    else:
        texts = text.splitlines()
    shown = [text.strip() for text in texts if LETTERS.search(text)]
    return shown + [const for const in _constants(JINJA.parse(source)) if SENTENCE.match(const)]


def _constants(node: nodes.Node) -> Iterator[str]:
    """String constants that are not the message of a translation."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, nodes.Compare):
        return
    for child in node.iter_child_nodes(exclude=("args",) if _is_no_text(node) else ()):
        yield from _constants(child)


def _is_no_text(node: nodes.Node) -> bool:
    """Whether the arguments of a call are translated, or only compared with a name."""
    called = node.node if isinstance(node, nodes.Call) else None
    compares = isinstance(called, nodes.Getattr) and called.attr == "startswith"
    return compares or (isinstance(called, nodes.Name) and called.name in TRANSLATES)


def messages(source: str) -> Iterator[str]:
    """Every message of a template, for the check that it is Dutch."""
    for _line, _function, message in JINJA.extract_translations(source):
        for text in message if isinstance(message, tuple) else (message,):
            if text:
                yield text
