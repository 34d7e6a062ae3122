"""Find plugins and read their manifests without running a line of their code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from marketplace import config
from marketplace.contract.manifest import Manifest, ManifestError, read

GROUP = "marketplace.plugins"


@dataclass(frozen=True, slots=True)
class Found:
    """A readable plugin: its manifest, its folder and the name its code is imported by."""

    manifest: Manifest
    folder: Path
    module: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A plugin that takes no part, with the reason in English for the list of plugins."""

    id: str
    reason: str
    title: str = ""


def find(folders: Iterable[Path]) -> tuple[list[Found], list[LeftOut]]:
    """Every plugin of the folders and of installed packages, in the order they are asked."""
    found: dict[str, Found] = {}
    left_out: list[LeftOut] = []
    for folder, module in (*_in_folders(folders), *_installed(left_out)):
        try:
            manifest = read((folder / "plugin.toml").read_text("utf-8"))
            _refuse_strange(manifest, folder, module, found)
        except (ManifestError, OSError, UnicodeDecodeError) as error:
            left_out.append(LeftOut(folder.name, str(error)))
        else:
            found[manifest.id] = Found(manifest, folder, module)
    return sorted(found.values(), key=lambda one: (one.manifest.order, one.manifest.id)), left_out


def _refuse_strange(manifest: Manifest, folder: Path, module: str, found: dict[str, Found]) -> None:
    if "." in module and manifest.id != folder.name:
        raise ManifestError(f"id {manifest.id!r} must equal the name of its folder")
    if twin := found.get(manifest.id):
        raise ManifestError(f"duplicate id {manifest.id!r}: {twin.folder} came first")


def _in_folders(folders: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    for folder in dict.fromkeys(Path(folder).resolve() for folder in folders):
        package = "marketplace.bundled" if folder.parent == config.PACKAGE else "plugins"
        for manifest in sorted(folder.glob("*/plugin.toml")):
            yield manifest.parent.resolve(), f"{package}.{manifest.parent.name}"


def _installed(left_out: list[LeftOut]) -> Iterator[tuple[Path, str]]:
    """Entry points must name a top-level package: finding a dotted one would import its parent."""
    for point in sorted(metadata.entry_points(group=GROUP), key=lambda point: point.name):
        try:
            spec = util.find_spec(point.value) if point.value.isidentifier() else None
        except ValueError:  # a module that runs without a spec of its own, such as __main__
            spec = None
        if spec is None or not spec.submodule_search_locations:
            left_out.append(LeftOut(point.name, f"{point.value!r} is not a top-level package"))
        else:
            yield Path(spec.submodule_search_locations[0]), point.value
