"""Pages of long lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request
from sqlalchemy import Select, func, select

from marketplace.db import db

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows; ``number`` starts at 1."""

    rows: list[Row]
    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.per_page))


def page_number() -> int:
    """The page asked for in the address; anything odd is page 1."""
    text = request.args.get("page", "1")
    is_number = len(text) <= 6 and text.isascii() and text.isdigit()
    return min(max(1, int(text)), 100_000) if is_number else 1


def paginate(query: Select[Row], number: int, per_page: int = 30) -> Page[Row]:
    """Rows of one page and the total, in two queries. Past the end gives the last page."""
    total = (
        db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    )
    last = max(1, -(-total // per_page))
    number = min(max(1, number), last)
    window = query.limit(per_page).offset((number - 1) * per_page)
    rows: Iterable[Row] = db.session.scalars(window).unique()
    return Page(list(rows), number, per_page, total)
