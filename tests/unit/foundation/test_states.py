"""The one status machine."""

import pytest

from marketplace.errors import DomainError
from marketplace.states import check

TABLE = {"draft": frozenset({"published"}), "published": frozenset({"retired"})}


def test_a_step_of_the_table_is_allowed(app):
    check(TABLE, "draft", "published")


@pytest.mark.parametrize(
    ("present", "wanted"),
    [("draft", "retired"), ("retired", "draft"), ("published", "published"), ("?", "draft")],
)
def test_any_other_step_is_refused_with_what_to_do(app, present, wanted):
    with app.test_request_context(), pytest.raises(DomainError) as refused:
        check(TABLE, present, wanted)
    assert refused.value.code == "not-now"
    assert "Laad de pagina opnieuw" in refused.value.message
