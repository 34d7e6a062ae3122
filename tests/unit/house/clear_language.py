"""Dutch sentences and their words, counted as a reader meets them."""

import re

END = re.compile(r"(?<=[.?!])[\"”*)]*\s+")


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [one for one in END.split(" ".join(text.split())) if words(one)]


def words(sentence: str) -> list[str]:
    """Its words; a figure and a placeholder are each one."""
    return [word for word in sentence.split() if re.search(r"\w", word)]


def prose(markdown: str) -> list[str]:
    """Headings, paragraphs and items of a paper; its tables hold no sentences."""
    blocks = [""]
    for line in markdown.splitlines():
        if line.startswith("#"):
            blocks += [line.lstrip("# "), ""]
        elif line.startswith("- ") or not line.strip():
            blocks.append(line[2:])
        elif not line.startswith("|"):
            blocks[-1] += f" {line}"
    return [block for block in blocks if block]
