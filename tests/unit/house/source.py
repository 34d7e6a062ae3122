"""The source of the house as the house tests see it: files, code lines, functions."""

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("marketplace", "plugins", "tests", "tools", "bench", "templates", "static", "wsgi.py")
LEFT_OUT = {"__pycache__", "vendor", "versions"}  # versions: Alembic writes them, nobody edits them
ROUTES = {"route", "get", "post", "put", "patch", "delete"}
SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


@dataclass(frozen=True)
class Function:
    """A function with the lines it fills, decorators left out."""

    place: str
    lines: int
    is_view: bool


def files(*endings: str, root: Path = ROOT) -> list[Path]:
    """Every file of the house with one of these endings, tracked by git or not yet."""
    found: list[Path] = []
    for room in ROOMS:
        start = root / room
        found += [start] if start.is_file() else start.rglob("*")
    return sorted(
        path
        for path in found
        if path.is_file()
        and path.suffix in endings
        and not LEFT_OUT & set(path.relative_to(root).parts)
        and not path.match("plugins/*/migrations/*.py")  # Alembic writes these too
    )


def name_of(path: Path, root: Path = ROOT) -> str:
    """The file as a person would call it."""
    return str(path.relative_to(root))


def raw_lines(path: Path) -> int:
    """All lines, as an editor counts them."""
    return len(path.read_text("utf-8").splitlines())


def code_lines(path: Path) -> int:
    """Lines that hold code: no blanks, comments or docstrings, which must not be squeezed out."""
    source = path.read_text("utf-8")
    code: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in SILENT:
            code |= set(range(token.start[0], token.end[0] + 1))
    return len(code - _text_lines(ast.parse(source)))


def _text_lines(tree: ast.AST) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            lines |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def functions(path: Path, root: Path = ROOT) -> Iterator[Function]:
    """Every function of a file, also those inside others."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            place = f"{name_of(path, root)}:{node.lineno} {node.name}"
            yield Function(place, lines, any(map(_is_route, node.decorator_list)))


def _is_route(decorator: ast.expr) -> bool:
    return (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in ROUTES
        and bool(decorator.args)
        and isinstance(decorator.args[0], ast.Constant)
    )
