"""Long lists have pages, and no page number breaks one."""

import pytest
from sqlalchemy import select

from marketplace.jobs import services
from marketplace.jobs.models import Job
from marketplace.web.pages import page_number, paginate


@pytest.mark.parametrize(
    ("asked", "number"),
    [("2", 2), ("1", 1), ("0", 1), ("-1", 1), ("", 1), ("x", 1), ("²", 1), ("٣", 1), ("1e3", 1),
     ("00002", 2), ("99999", 99999),
     ("9" * 6, 100_000), ("9" * 7, 1), ("9" * 5000, 1), ("2\x00", 1)],
)  # fmt: skip
def test_a_page_number_is_a_number_or_the_first(app, asked, number):
    with app.test_request_context("/", query_string={"page": asked}):
        assert page_number() == number


@pytest.fixture
def seven(session):
    for number in range(7):
        services.enqueue("mail.send", {"number": number})
    session.commit()
    return select(Job).order_by(Job.id)


@pytest.mark.parametrize(
    ("number", "rows", "shown"), [(1, 3, 1), (2, 3, 2), (3, 1, 3), (99, 1, 3), (0, 3, 1)]
)
def test_a_page_past_the_end_is_the_last(seven, number, rows, shown):
    page = paginate(seven, number, per_page=3)
    assert (len(page.rows), page.number, page.pages, page.total) == (rows, shown, 3, 7)


def test_an_empty_list_has_one_page(session):
    page = paginate(select(Job), 5)
    assert (page.rows, page.number, page.pages) == ([], 1, 1)


def test_a_page_costs_two_queries(seven, session, count_queries):
    session.commit()
    with count_queries() as queries:
        paginate(seven, 2, per_page=3)
    assert len(queries) == 2


def test_no_page_number_breaks_a_real_list(client):
    assert client.get("/aanbod?page=" + "9" * 5000).status_code == 200
