import sys

import pytest

from marketplace.host import find as finder
from marketplace.host.find import find
from tests.factories.plugins import write_plugin


def reasons(left_out):
    return {one.id: one.reason for one in left_out}


def test_plugins_are_found_in_their_order_without_running_their_code(tmp_path):
    write_plugin(tmp_path, "late", "raise RuntimeError", "order = 9")
    write_plugin(tmp_path, "early", "raise RuntimeError", "order = 1")
    found, left_out = find([tmp_path])
    assert [one.manifest.id for one in found] == ["early", "late"]
    assert left_out == []
    assert "plugins.late" not in sys.modules


def test_a_folder_without_a_manifest_is_not_a_plugin(tmp_path):
    (tmp_path / "notes").mkdir()
    assert find([tmp_path, tmp_path / "absent"]) == ([], [])


def test_a_second_plugin_with_the_same_id_is_left_out(tmp_path):
    write_plugin(tmp_path / "one", "care")
    write_plugin(tmp_path / "two", "care")
    found, left_out = find([tmp_path / "one", tmp_path / "two"])
    assert [one.folder.parent.name for one in found] == ["one"]
    assert "duplicate id 'care'" in reasons(left_out)["care"]


def test_a_folder_named_twice_is_looked_at_once(tmp_path):
    write_plugin(tmp_path, "care")
    found, left_out = find([tmp_path, tmp_path / "." / ""])
    assert (len(found), left_out) == (1, [])


def test_the_id_must_be_the_name_of_the_folder(tmp_path):
    write_plugin(tmp_path, "care", manifest='id = "zorg"\ntitle = "T"\nversion = "1"\napi = 1')
    assert "must equal the name of its folder" in reasons(find([tmp_path])[1])["care"]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"id = 1", b""])
def test_an_unreadable_manifest_is_left_out_with_a_reason(tmp_path, content):
    (write_plugin(tmp_path, "care") / "plugin.toml").write_bytes(content)
    found, left_out = find([tmp_path])
    assert found == []
    assert reasons(left_out)["care"]


class Point:
    def __init__(self, name, value):
        self.name, self.value = name, value


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Packages on the path, announced as if their distributions were installed."""

    def announce(*points):
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.setattr(finder.metadata, "entry_points", lambda group: list(points))

    return announce


def test_an_installed_package_is_read_without_importing_it(tmp_path, installed):
    write_plugin(tmp_path, "thirdparty", "raise RuntimeError")
    installed(Point("anything", "thirdparty"))
    (one,), left_out = find([])
    assert (one.manifest.id, one.module, left_out) == ("thirdparty", "thirdparty", [])
    assert "thirdparty" not in sys.modules


@pytest.mark.parametrize("value", ["thirdparty.plugin", "thirdparty:plugin", "absent", "__main__"])
def test_an_entry_point_must_name_a_top_level_package(tmp_path, installed, value):
    installed(Point("odd", value))
    found, left_out = find([])
    assert found == []
    assert "is not a top-level package" in reasons(left_out)["odd"]


def test_an_installed_package_without_manifest_is_left_out(tmp_path, installed):
    (write_plugin(tmp_path, "bare") / "plugin.toml").unlink()
    installed(Point("bare", "bare"))
    assert "plugin.toml" in reasons(find([])[1])["bare"]
