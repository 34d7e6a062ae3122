"""For the machine's keepers."""

from marketplace.web import health


def test_a_whole_house_is_alive_and_ready(client):
    assert client.get("/healthz").text == "ok\n"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.text) == (200, "ok\n")


def test_a_part_that_says_no_makes_it_not_ready_with_one_line(app, client):
    health.add_readiness(app, lambda: "worker: no sign of life")

    def broken() -> str | None:
        raise RuntimeError("canary")

    health.add_readiness(app, broken)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.text == "worker: no sign of life\nbroken: RuntimeError\n"


def test_figures_count_answers_by_endpoint_and_status(make_app):
    client = make_app().test_client()
    for _ in range(3):
        client.get("/healthz")
    client.get("/bestaat-niet")
    figures = client.get("/metrics").text
    assert 'requests_total{endpoint="health.alive",status="200"} 3.0' in figures
    assert 'requests_total{endpoint="none",status="404"} 1.0' in figures
    assert 'request_seconds_bucket{endpoint="health.alive",le="+Inf"} 3.0' in figures
    assert "bestaat-niet" not in figures
