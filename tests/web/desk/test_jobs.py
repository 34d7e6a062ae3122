"""The outbox page: counts, what failed for good, and a fresh start."""

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.jobs.models import Job

TRACE = "Traceback (most recent call last):\n  File x\nsmtplib.SMTPException: geen antwoord\n"


@pytest.fixture
def job(written):
    """Add a job in a state; gives its id."""

    def add(state="dead", **facts):
        def act(session):
            now = clock.now()
            made = Job(
                kind="mail.send",
                payload={"to": "geheim@example.org", "text": "niet tonen"},
                state=state,
                attempts=8,
                due=now,
                created=now,
                last_error=TRACE,
                **facts,
            )
            session.add(made)
            session.flush()
            return made.id

        return written(act)

    return add


def state(app, job_id):
    with app.app_context():
        return db.session.get(Job, job_id).state


def test_nothing_failed(administrator):
    page = administrator.get("/balie/taken").text
    assert "Niets is mislukt" in page
    assert page.count("<strong>0</strong>") == 4


def test_a_dead_job_shows_its_last_line_and_nothing_personal(administrator, job):
    job()
    page = administrator.get("/balie/taken").text
    assert "smtplib.SMTPException: geen antwoord" in page
    assert "Traceback" not in page
    assert "geheim@example.org" not in page
    assert "<strong>1</strong>" in page


def test_a_dead_job_gets_a_fresh_start(app, administrator, job, actions):
    job_id = job()
    page = administrator.post("/balie/taken/opnieuw", data={"job": job_id}, follow_redirects=True)
    assert "De taak krijgt een nieuwe kans." in page.text
    assert state(app, job_id) != "dead"
    assert "job.replayed" in actions()


@pytest.mark.parametrize("present", ["done", "leased"])
def test_only_a_dead_job_is_replayed(app, administrator, job, present):
    job_id = job(present, done_at=clock_now(app))
    answer = administrator.post("/balie/taken/opnieuw", data={"job": job_id})
    assert answer.status_code == 404
    assert state(app, job_id) == present


def clock_now(app):
    return app.extensions["clock"].now()


@pytest.mark.parametrize("text", ["", "x", "-1", "0", "1e3", "٣", "9" * 10, "9" * 5000, "a\x07"])
def test_an_odd_job_is_404(administrator, text):
    assert administrator.post("/balie/taken/opnieuw", data={"job": text}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("done", "Hier is nu niets"), ("waiting", "Hier is nu niets"), ("odd", "mail.send")],
)
def test_the_state_is_the_address(administrator, job, asked, shown):
    job()
    assert shown in administrator.get(f"/balie/taken?stand={asked}").text


def test_many_jobs_have_pages(administrator, written, job):
    for _ in range(31):
        job()
    assert "page=2" in administrator.get("/balie/taken").text
    assert administrator.get("/balie/taken?page=99").status_code == 200


def test_replaying_leaves_the_others(app, administrator, job):
    first, second = job(), job()
    administrator.post("/balie/taken/opnieuw", data={"job": first})
    with app.app_context():
        query = select(Job.id).where(Job.state == "dead")
        assert list(db.session.scalars(query)) == [second]
