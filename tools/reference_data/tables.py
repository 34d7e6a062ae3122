"""A table of reference data, and how it is written with its source: always the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HAND = Path(__file__).parent / "hand"


@dataclass(frozen=True)
class Table:
    """One CSV file: its columns and rows, and where every figure in it comes from."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    packages: tuple[str, ...]  # distribution names of tools/requirements-reference.txt
    original: str
    licence: str
    note: str = ""

    def text(self) -> str:
        """The CSV file, sorted as the maker sorted it, with bare line feeds."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return out.getvalue()


def hand(name: str) -> list[dict[str, str]]:
    """The rows of a file kept by hand, for what no package holds."""
    with (HAND / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pins() -> dict[str, str]:
    """Distribution name to pinned version, from tools/requirements-reference.txt."""
    lines = (HAND.parent.parent / "requirements-reference.txt").read_text("utf-8").splitlines()
    return dict(line.split("==", 1) for line in lines if "==" in line)


def write(folder: Path, tables: Iterable[Table], today: date) -> list[str]:
    """Write every table and SOURCES.toml; return the names of the tables that changed.

    The date of a table moves only when its bytes do, so a second run changes nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sources = folder / "SOURCES.toml"
    before = tomllib.loads(sources.read_text("utf-8")) if sources.exists() else {}
    versions = pins()
    changed: list[str] = []
    entries: list[str] = []
    for table in sorted(tables, key=lambda table: table.name):
        text = table.text()
        digest = hashlib.sha256(text.encode()).hexdigest()
        known = before.get(table.name, {})
        if known.get("sha256") == digest:
            built_on = known["built_on"]
        else:
            built_on = today
            changed.append(table.name)
        (folder / f"{table.name}.csv").write_text(text, encoding="utf-8", newline="\n")
        entries.append(_entry(table, versions, built_on, digest))
    header = "# Where the tables come from. Written by tools/build_reference.py; do not edit.\n"
    sources.write_text(header + "".join(entries), encoding="utf-8", newline="\n")
    return changed


def _entry(table: Table, versions: dict[str, str], built_on: date, digest: str) -> str:
    packages = ", ".join(f'"{name} {versions[name]}"' for name in table.packages)
    lines = [
        "",
        f"[{table.name}]",
        f"packages = [{packages}]",
        f'original = "{table.original}"',
        f'licence = "{table.licence}"',
        f"rows = {len(table.rows)}",
        f"built_on = {built_on.isoformat()}",
        f'sha256 = "{digest}"',
    ]
    if table.note:
        lines.insert(5, f'note = "{table.note}"')
    return "\n".join(lines) + "\n"
