from __future__ import annotations

from collections.abc import Iterator

import pytest

from plugins.matching.solver import answer, choices


@pytest.fixture(params=["listed", "searched"], scope="module")
def source(request: pytest.FixtureRequest) -> Iterator[str]:
    """Answers come from one list of all choices, or each from a search of its own."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "searched":
            patch.setattr(choices, "MOST", 0)
            patch.setattr(answer, "AT_ONCE", 0)
        yield request.param
