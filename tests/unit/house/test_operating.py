"""docs/operating.md says what the settings are, names commands that exist, and its backup works."""

import ast
import re
import sqlite3
import subprocess
import sys

import pytest

from marketplace import config
from marketplace.config import ROOT, load
from marketplace.db import db

DOC = (ROOT / "docs" / "operating.md").read_text("utf-8")
TABLE = DOC.partition("## Settings")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| `([A-Z_]+)` \| (?:`(.*?)` )?\| (.+) \|$", TABLE, re.M)
DEFAULTS = {name: default for name, default, _meaning in ROWS if default}


def variables_read(source):
    """Every name that a function of config.py looks up in its ``environ``."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        owner = getattr(node.func, "value", None)
        given = [owner, *node.args] if getattr(node.func, "attr", "") == "get" else node.args
        if any(isinstance(one, ast.Name) and one.id == "environ" for one in given):
            texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
            names |= {text for text in texts if re.fullmatch(r"[A-Z][A-Z_]+", str(text))}
    return names


def test_the_table_holds_the_variables_that_are_read():
    source = (ROOT / "marketplace" / "config.py").read_text("utf-8")
    read = variables_read(source) - {"FULL"}
    assert len(read) > 10
    assert [name for name, *_rest in ROWS] == list(dict.fromkeys(name for name, *_rest in ROWS))
    assert {name for name, *_rest in ROWS} == read


def test_control_a_new_variable_is_found():
    source = "def f(environ):\n    environ.get('NEW', '')\n    _whole(environ, 'OTHER', 0, 1)\n"
    assert variables_read(source) == {"NEW", "OTHER"}


def test_only_secrets_of_plugins_are_read_elsewhere():
    reads = re.compile(r"os\.environ(?:\.get\(|\[)|os\.getenv")
    places = [
        path.relative_to(ROOT).as_posix()
        for folder in ("marketplace", "plugins")
        for path in (ROOT / folder).rglob("*.py")
        if reads.search(path.read_text("utf-8"))
    ]
    assert places == ["marketplace/host/settings.py"]
    assert "X_<ID>_<NAME>" in DOC


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_default_is_the_one_in_force(name, tmp_path):
    environ = {"MARKETPLACE_INSTANCE": str(tmp_path), "SECRET_KEY": "x"}
    assert load(environ | {name: DEFAULTS[name]}) == load(environ)


def test_every_command_exists(app):
    named = re.findall(r"(?:^|`)flask ([a-z]+)(?: ([a-z]+))?(?=[ `\n])", DOC, re.M)
    assert len(named) > 10
    for words in {tuple(filter(None, pair)) for pair in named}:
        command = app.cli
        for word in words:
            command = command.commands.get(word)
            assert command is not None, " ".join(words)


def test_the_backup_is_whole_while_the_site_writes(session, tmp_path):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("the backup of SQLite")
    session.execute(db.text("create table witness (n integer)"))
    session.execute(db.text("insert into witness values (1)"))
    session.commit()
    session.execute(db.text("insert into witness values (2)"))  # not committed: not in the copy
    script = re.search(r"<<'END'\n(.*?)END\n", DOC, re.S)[1]
    copy = tmp_path / "copy.db"
    command = [sys.executable, "-", str(db.engine.url.database), str(copy)]
    done = subprocess.run(command, input=script, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(copy) as found:
        assert found.execute("select n from witness").fetchall() == [(1,)]
    session.rollback()
    again = subprocess.run(command, input=script, text=True, capture_output=True, check=False)
    assert again.returncode != 0


def test_the_site_owner_may_be_named_and_a_wrong_address_is_refused():
    settings = load({"SECRET_KEY": "x", "SITE_OWNER": " AgII ", "CONTACT_MAIL": "a@b.example"})
    assert (settings["SITE_OWNER"], settings["CONTACT_MAIL"]) == ("AgII", "a@b.example")
    for wrong in ("a@b, c@d", "nobody", "a b@c"):
        with pytest.raises(config.SettingsError, match="CONTACT_MAIL"):
            load({"SECRET_KEY": "x", "CONTACT_MAIL": wrong})
