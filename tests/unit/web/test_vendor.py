"""The vendored browser files are the ones that vendor.json names, and nothing else."""

import hashlib
import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "static" / "vendor"
PACKAGES = json.loads((FOLDER / "vendor.json").read_text(encoding="utf-8"))
FILES = {file["path"]: file["sha256"] for package in PACKAGES for file in package["files"]}


def test_every_vendored_file_has_the_recorded_sha256() -> None:
    found = {
        name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in sorted(FILES)
    }
    assert found == FILES


def test_no_file_lies_in_the_folder_unrecorded() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*FILES, "vendor.json"}


def test_every_package_names_its_version_and_licence() -> None:
    for package in PACKAGES:
        assert all(package[key] for key in ("name", "version", "licence"))
