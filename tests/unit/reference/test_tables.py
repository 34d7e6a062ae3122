"""The tables are small, credited, untouched by hand, and read only when asked for."""

import hashlib
import subprocess
import sys
from importlib.resources import files

import pytest

from marketplace.reference import sources

DATA = files("marketplace.reference").joinpath("data")


def test_every_table_has_a_source():
    tables = {path.name.removesuffix(".csv") for path in DATA.iterdir() if path.suffix == ".csv"}

    assert {source.table for source in sources()} == tables
    assert all(source.packages and source.original and source.licence for source in sources())


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.table)
def test_a_table_is_as_the_script_wrote_it(source):
    content = DATA.joinpath(f"{source.table}.csv").read_bytes()

    assert hashlib.sha256(content).hexdigest() == source.sha256
    assert content.count(b"\n") == source.rows + 1
    assert len(content) < 500_000


def test_importing_reads_no_table():
    program = (
        "import pathlib, marketplace.reference as reference\n"
        "pathlib.Path.open = None\n"
        "try: reference.municipality('Aalst')\n"
        "except TypeError: print('reads at first use')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert done.stdout.strip() == "reads at first use", done.stderr
