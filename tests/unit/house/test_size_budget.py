"""The size budget: what is too long to be read in one go is split."""

from pathlib import Path

import pytest

from marketplace.host import scaffold

from .source import ROOT, code_lines, files, functions, name_of, raw_lines

FILE, FUNCTION, VIEW, TEMPLATE, PLUGIN = 300, 40, 20, 120, 60
CONTRACT = 480  # docs/decisions/022-how-large-the-contract-is.md
HOST, HOST_PER_REQUEST = 1300, 400  # docs/decisions/020-how-large-the-host-is.md
PER_REQUEST = ("ask.py", "answers.py", "faults.py", "switch.py", "state.py")


def long_files(root: Path = ROOT) -> list[str]:
    found = files(".py", ".css", ".js", ".sh", root=root)
    return [f"{name_of(path, root)}: {raw_lines(path)}" for path in found if raw_lines(path) > FILE]


def long_templates(root: Path = ROOT) -> list[str]:
    found = files(".html", ".txt", root=root)
    pages = [path for path in found if "templates" in path.parts]
    return [
        f"{name_of(path, root)}: {raw_lines(path)}" for path in pages if raw_lines(path) > TEMPLATE
    ]


def long_functions(root: Path = ROOT) -> list[str]:
    found = [one for path in files(".py", root=root) for one in functions(path, root)]
    return [
        f"{one.place}: {one.lines}"
        for one in found
        if one.lines > (VIEW if one.is_view else FUNCTION)
    ]


def code_in(folder: Path) -> int:
    return sum(code_lines(path) for path in folder.rglob("*.py"))


def test_no_file_is_longer_than_a_person_reads():
    assert long_files() == []


def test_no_template_is_longer_than_a_person_reads():
    assert long_templates() == []


def test_no_function_and_no_view_is_too_long():
    assert long_functions() == []


def test_the_contract_stays_small():
    assert code_in(ROOT / "marketplace" / "contract") <= CONTRACT


def test_the_host_stays_small():
    assert code_in(ROOT / "marketplace" / "host") <= HOST


def test_what_the_host_does_in_every_request_stays_smaller_still():
    folder = ROOT / "marketplace" / "host"
    assert sum(code_lines(folder / name) for name in PER_REQUEST) <= HOST_PER_REQUEST


def test_a_minimal_plugin_stays_minimal(tmp_path):
    scaffold.write("small", tmp_path)
    code = [path for path in tmp_path.rglob("*.py") if "tests" not in path.parts]
    assert 0 < sum(map(raw_lines, code)) <= PLUGIN


# ---- controls: what is too long is found ----


@pytest.fixture
def house(tmp_path):
    for folder in ("marketplace", "templates/shop"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def test_control_a_long_file_is_found(house):
    (house / "marketplace" / "fits.py").write_text("x = 1\n" * FILE)
    (house / "marketplace" / "long.py").write_text("x = 1\n" * (FILE + 1))
    assert long_files(house) == ["marketplace/long.py: 301"]


def test_control_a_long_template_is_found(house):
    (house / "templates" / "shop" / "long.html").write_text("<p>\n" * (TEMPLATE + 1))
    assert long_templates(house) == ["templates/shop/long.html: 121"]


@pytest.mark.parametrize(
    ("decorator", "statements", "found"),
    [("", FUNCTION - 1, False), ("", FUNCTION, True), ("@blueprint.get('/x')\n", VIEW, True)],
)
def test_control_a_long_function_is_found(house, decorator, statements, found):
    body = "    x = 1\n" * statements
    (house / "marketplace" / "views.py").write_text(f"{decorator}def act():\n{body}")
    assert bool(long_functions(house)) is found


def test_control_only_code_counts_in_the_contract(house):
    path = house / "marketplace" / "values.py"
    path.write_text(
        '"""Words\nand words."""\n\n# why\nx = (\n    1,\n)\n\n\ndef f():\n    """Say."""\n'
    )
    assert code_in(house) == 4
