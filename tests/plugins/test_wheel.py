"""The wheel keeps templates, static files and bundled plugins inside the package, and runs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile

from marketplace.config import ROOT

RUN = """
import json, sys
sys.path.insert(0, sys.argv[1])
from marketplace.app import create_app
app = create_app({"ENVIRONMENT": "testing"})
host = app.extensions["host"]
app.test_cli_runner().invoke(args=["schema", "upgrade"])
client = app.test_client()
pages = [client.get(path).status_code for path in ("/readyz", "/", "/static/css/base.css")]
modules = sorted(plugin.module.__name__ for plugin in host.plugins.values())
print(json.dumps([pages, modules, [str(one) for one in host.left_out]]))
"""


def test_the_site_runs_from_the_unzipped_wheel(tmp_path):
    source, site, elsewhere = tmp_path / "source", tmp_path / "site", tmp_path / "elsewhere"
    for name in ("marketplace", "plugins", "templates", "static"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", source)
    (source / "README.md").write_text("")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    (wheel,) = (source / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name.split("/")[0] for name in archive.namelist()}
        archive.extractall(site)
    assert {name for name in names if not name.endswith(".dist-info")} == {"marketplace"}
    elsewhere.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(site)], cwd=elsewhere, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    pages, modules, left_out = json.loads(done.stdout.splitlines()[-1])
    bundled = sorted(path.parent.name for path in (ROOT / "plugins").glob("*/plugin.toml"))
    assert pages == [200, 200, 200]
    assert modules == [f"marketplace.bundled.{name}" for name in bundled]
    assert left_out == []
