"""PostgreSQL cuts every connection, as in a restart: the next visitor gets an answer."""

import pytest
from sqlalchemy import create_engine, text

CUT = text(
    "select pg_terminate_backend(pid) from pg_stat_activity"
    " where datname = current_database() and pid <> pg_backend_pid()"
)


@pytest.fixture
def cut(request, database_url):
    if request.config.getoption("--database") != "postgres":
        pytest.skip("SQLite has no connection to cut")

    def cut() -> None:
        engine = create_engine(database_url)
        with engine.begin() as connection:
            connection.execute(CUT)
        engine.dispose()

    return cut


def test_a_cut_connection_costs_nobody_an_answer(make_app, cut):
    client = make_app(JOBS_ENGINE="worker").test_client()
    for _ in range(3):
        assert client.get("/aanbod").status_code == 200
        cut()
    assert client.get("/aanbod").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_control_without_the_question_first_somebody_gets_an_excuse(make_app, cut):
    options = {"pool_pre_ping": False}
    client = make_app(JOBS_ENGINE="worker", SQLALCHEMY_ENGINE_OPTIONS=options).test_client()
    assert client.get("/aanbod").status_code == 200
    cut()
    answer = client.get("/aanbod")
    assert answer.status_code == 503
    assert "Het is even te druk" in answer.text
    assert client.get("/aanbod").status_code == 200
