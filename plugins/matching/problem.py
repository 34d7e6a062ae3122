"""Reads a bundle problem from JSON; the shape is in docs/solver.md.

Every key is there and no other. Numbers are whole, not negative and at most 10^12; only the price
of a pair may be negative. Ids are unique. Nothing is guessed: what is wrong is refused by its path.
"""

from __future__ import annotations

from collections.abc import Collection

from marketplace.contract.values import Budget, Option, Pair, Problem

from .reading import LARGEST, Reader, shown

KEYS = dict.fromkeys(
    ("needs", "budget", "pools", "options", "excludes", "requires", "pairs")
).keys()
OPTION_KEYS = dict.fromkeys(
    ("id", "needs", "value", "gross_cents", "hours", "subsidy_cents")
).keys()
PAIR_KEYS = dict.fromkeys(("a", "b", "value", "gross_cents")).keys()
MOST_NEEDS = 64
MOST_POOLS = 64
MOST_OPTIONS = 5_000
MOST_RELATIONS = 1_000
MOST_WITHOUT_NEED = 64


def read_problem(data: object, path: str = "") -> Problem:
    """The problem in parsed JSON; raises BadProblem with every error. ``path`` leads each path."""
    reader = _ProblemReader(path)
    problem = reader.problem(data)
    reader.check()
    return problem


class _ProblemReader(Reader):
    def problem(self, data: object) -> Problem:
        root = self.record(data, "", KEYS)
        needs = self._table(root, "needs", "weight", MOST_NEEDS)
        pools = self._table(root, "pools", "cap_cents", MOST_POOLS)
        ids: set[str] = set()
        options = self.each(
            root, "options", MOST_OPTIONS, lambda row, at: self._option(row, at, ids, needs, pools)
        )
        if sum([not option.needs for option in options]) > MOST_WITHOUT_NEED and not self.errors:
            self.fail("options", f"more than {MOST_WITHOUT_NEED} are without a need")
        return Problem(
            needs,
            self._budget(root),
            pools,
            tuple(options),
            tuple(self._relations(root, "excludes", ids)),
            tuple(self._relations(root, "requires", ids)),
            tuple(
                self.each(root, "pairs", MOST_RELATIONS, lambda row, at: self._pair(row, at, ids))
            ),
        )

    def _table(self, root: dict[str, object], key: str, figure: str, most: int) -> dict[str, int]:
        """Rows of an id and a number, as numbers by id."""
        found: dict[str, int] = {}

        def read(row: object, path: str) -> None:
            record = self.record(row, path, {"id": 0, figure: 0}.keys())
            row_id = self.id(record, path, found)
            number = self.number(record, figure, path)
            if row_id is not None:
                found[row_id] = number

        self.each(root, key, most, read)
        return found

    def _budget(self, root: dict[str, object]) -> Budget:
        if "budget" not in root:
            return Budget(0, 0)
        record = self.record(root["budget"], "budget", {"net_cents": 0, "hours": 0}.keys())
        return Budget(
            self.number(record, "net_cents", "budget"), self.number(record, "hours", "budget")
        )

    def _option(
        self,
        row: object,
        path: str,
        ids: set[str],
        needs: Collection[str],
        pools: Collection[str],
    ) -> Option:
        record = self.record(row, path, OPTION_KEYS)
        option_id = self.id(record, path, ids) or ""
        ids.add(option_id)
        return Option(
            option_id,
            self._needs(record, path, needs),
            self.number(record, "value", path),
            self.number(record, "gross_cents", path),
            self.number(record, "hours", path),
            self._subsidies(record, path, pools),
        )

    def _needs(
        self, record: dict[str, object], path: str, needs: Collection[str]
    ) -> tuple[str, ...]:
        """The needs an option covers: none is allowed, the same one twice is not."""
        names = record.get("needs", [])
        if not isinstance(names, list):
            self.fail(f"{path}.needs", "must be a list")
            return ()
        found: list[str] = []
        for index, name in enumerate(names):
            need = self.known(name, needs, f"{path}.needs[{index}]", "need")
            if need in found:
                self.fail(f"{path}.needs[{index}]", f"{need} is named twice")
            elif need is not None:
                found.append(need)
        return tuple(found)

    def _subsidies(
        self, record: dict[str, object], path: str, pools: Collection[str]
    ) -> dict[str, int]:
        where = f"{path}.subsidy_cents"
        found = self.mapping(record.get("subsidy_cents", {}), where) or {}
        for pool in found:
            self.known(pool, pools, f"{where}.{shown(pool)}", "pool")
        return {pool: self.number(found, pool, where) for pool in found}

    def _relations(
        self, root: dict[str, object], key: str, ids: Collection[str]
    ) -> list[tuple[str, str]]:
        def read(row: object, path: str) -> tuple[str, str] | None:
            if not isinstance(row, list) or len(row) != 2:
                self.fail(path, "must be a list of two option ids")
                return None
            return self._ends(row[0], row[1], path, (f"{path}[0]", f"{path}[1]"), ids)

        return self.each(root, key, MOST_RELATIONS, read)

    def _pair(self, row: object, path: str, ids: Collection[str]) -> Pair | None:
        record = self.record(row, path, PAIR_KEYS)
        value = self.number(record, "value", path)
        gross = self.number(record, "gross_cents", path, -LARGEST)
        if "a" not in record or "b" not in record:
            return None
        ends = self._ends(record["a"], record["b"], path, (f"{path}.a", f"{path}.b"), ids)
        return Pair(*ends, value, gross) if ends else None

    def _ends(
        self, a: object, b: object, path: str, paths: tuple[str, str], ids: Collection[str]
    ) -> tuple[str, str] | None:
        """Two different known option ids."""
        one = self.known(a, ids, paths[0], "option")
        other = self.known(b, ids, paths[1], "option")
        if one is None or other is None:
            return None
        if one == other:
            self.fail(path, f"relates {one} to itself")
            return None
        return one, other
