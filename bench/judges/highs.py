"""HiGHS as a judge: a process that keeps running, so that its start is not measured."""

from __future__ import annotations

import json
import subprocess
import sys
from types import TracebackType

from bench.measure import Took

from . import Choice, Json


class Highs:
    """``with Highs() as highs: choice, took = highs.solve(problem)``.

    ``took`` is measured inside the process: building the model and the three solves, without
    the reading of the problem.
    """

    def __enter__(self) -> Highs:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.judges.highs_worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def solve(self, problem: Json) -> tuple[Choice, Took]:
        """The best choice by value, then net price, then hours."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(problem) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        choice = Choice(tuple(sorted(answer["chosen"])), answer["proven"])
        return choice, Took(answer["wall"], answer["process"])
