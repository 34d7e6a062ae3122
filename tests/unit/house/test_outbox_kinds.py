"""Every kind of job that the code queues has somebody who carries it out."""

import ast

from marketplace.jobs import services

from .source import ROOT, files


def queued(source: str) -> set[str]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return {
        call.args[0].value
        for call in calls
        if getattr(call.func, "id", getattr(call.func, "attr", "")) == "enqueue"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def test_every_kind_that_is_queued_has_a_handler(app):
    house = [path for path in files(".py") if not path.is_relative_to(ROOT / "tests")]
    kinds = set().union(*(queued(path.read_text("utf-8")) for path in house))
    assert "mail.send" in kinds
    assert kinds - services.kinds() == set()


def test_control_a_kind_without_a_handler_is_found(app):
    assert queued("jobs.enqueue('nobody.cares', {})") - services.kinds() == {"nobody.cares"}
