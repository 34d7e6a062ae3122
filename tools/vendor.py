"""Fetch the vendored browser files again with the npm client and write static/vendor/vendor.json.

Run ``python tools/vendor.py`` after changing a version below. Needs npm; the site itself does not.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "static" / "vendor"


@dataclass(frozen=True, slots=True)
class Package:
    """An npm package: ``files`` maps a path inside it to the name it gets in static/vendor."""

    name: str
    version: str
    licence: str
    files: dict[str, str]


PACKAGES = (
    Package(
        "@digdir/designsystemet-css",
        "1.22.0",
        "MIT",
        {
            "dist/src/index.css": "designsystemet.css",
            "dist/theme/designsystemet.css": "designsystemet-theme.css",
            "LICENSE": "designsystemet.LICENSE",
        },
    ),
    Package(
        "htmx.org",
        "2.0.11",
        "0BSD",
        {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "htmx.LICENSE"},
    ),
)


def packed(package: Package, folder: Path) -> Path:
    """Return the archive that ``npm pack`` made of the package in ``folder``."""
    command = ["npm", "pack", f"{package.name}@{package.version}", "--json"]
    done = subprocess.run(
        [*command, "--pack-destination", str(folder)], check=True, capture_output=True, text=True
    )
    return folder / str(json.loads(done.stdout)[0]["filename"])


def unpack(package: Package, archive: Path) -> dict[str, object]:
    """Write the files of the package to static/vendor and return its entry for vendor.json."""
    files = []
    with tarfile.open(archive) as tar:
        for inside, name in package.files.items():
            member = tar.extractfile(f"package/{inside}")
            if member is None:
                raise FileNotFoundError(f"{package.name} has no {inside}")
            content = member.read()
            (FOLDER / name).write_bytes(content)
            digest = hashlib.sha256(content).hexdigest()
            files.append({"path": name, "from": inside, "sha256": digest})
    return {
        "name": package.name,
        "version": package.version,
        "licence": package.licence,
        "files": files,
    }


def main() -> None:
    """Fetch every package and rewrite vendor.json."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        entries = [unpack(package, packed(package, Path(folder))) for package in PACKAGES]
    (FOLDER / "vendor.json").write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
