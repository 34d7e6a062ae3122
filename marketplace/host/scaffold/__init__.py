"""``flask plugin new``: a small plugin that keeps the contract and whose own tests pass."""

from __future__ import annotations

from pathlib import Path
from string import Template

from marketplace.contract.manifest import read

PATTERN = Path(__file__).resolve().parent / "plugin"


def write(name: str, folder: Path) -> list[Path]:
    """The files of a new plugin. Raises ValueError for a name that cannot be an id or is taken."""
    target = folder / name
    words = {"id": name, "title": name.capitalize(), "folder": str(folder)}
    texts = {
        path.relative_to(PATTERN).with_suffix(""): Template(path.read_text("utf-8"))
        for path in PATTERN.rglob("*.txt")
    }
    read(texts[Path("plugin.toml")].substitute(words))
    if target.exists():
        raise ValueError(f"{target} exists already")
    for path, text in texts.items():
        place = target / path.with_name(path.name.replace("ID", name))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text.substitute(words), "utf-8")
    return sorted(path for path in target.rglob("*") if path.is_file())
