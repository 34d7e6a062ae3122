"""The commands for people: add, export, erase, deactivate."""

import json

from sqlalchemy import select

from marketplace.accounts.models import LoginAttempt, Membership, Organisation, Person
from marketplace.accounts.services import current_federation, employer_facts
from marketplace.audit.models import AuditEntry
from marketplace.contract.values import Employer
from marketplace.jobs import services as jobs
from marketplace.jobs.models import Job


def run(app, *words):
    return app.test_cli_runner().invoke(args=list(words))


def test_a_consultant_is_added_and_chooses_a_password(app, client, mailbox, session):
    assert run(app, "organisation", "add", "agency", "agii", "AgII").exit_code == 0
    added = run(
        app,
        "person",
        "add",
        "Els@AgII.example",
        "--role",
        "consultant",
        "--organisation",
        "agii",
        "--name",
        "Els",
    )
    assert added.exit_code == 0, added.output
    jobs.run_due(app)
    assert "AgII" in mailbox.last().get_body(("plain",)).get_content()
    client.post(mailbox.link(), data={"new_password": "een lang wachtwoord"})
    answer = client.post(
        "/aanmelden", data={"email": "els@agii.example", "password": "een lang wachtwoord"}
    )
    assert answer.status_code == 302
    assert session.scalars(select(Membership)).one().role == "consultant"


def test_a_second_role_makes_no_second_person(app, session):
    run(app, "organisation", "add", "agency", "agii", "AgII")
    for _ in range(2):
        run(
            app,
            "person",
            "add",
            "els@example.org",
            "--role",
            "consultant",
            "--organisation",
            "agii",
        )
    assert run(app, "person", "add", "els@example.org", "--role", "administrator").exit_code == 0
    person = session.scalars(select(Person)).one()
    assert [member.role for member in person.memberships] == ["consultant", "administrator"]


def test_mistakes_are_named(app, session):
    wrong = [
        ("person", "add", "geen adres", "--role", "administrator"),
        ("person", "add", "a@example.org", "--role", "keizer"),
        ("person", "add", "a@example.org", "--role", "consultant"),
        ("person", "add", "a@example.org", "--role", "partner", "--organisation", "niets"),
        ("person", "export", "niemand@example.org"),
        ("person", "erase", "niemand@example.org", "--yes"),
        ("organisation", "add", "winkel", "w", "W"),
    ]
    for words in wrong:
        result = run(app, *words)
        assert result.exit_code != 0
        assert "Traceback" not in result.output
    assert session.scalars(select(Person)).all() == []


def test_a_slug_is_taken_once(app):
    assert run(app, "organisation", "add", "partner", "cvo", "CVO").exit_code == 0
    assert "bestaat al" in run(app, "organisation", "add", "partner", "cvo", "CVO").output


def test_export_is_json(app, employer):
    facts = json.loads(run(app, "person", "export", "employer@example.org").stdout)
    assert facts["person"]["id"] == employer.person_id
    assert facts["memberships"][0]["role"] == "employer"


def test_erasing_leaves_the_dossier_and_nothing_of_the_person(app, employer, session):
    employer.post("/wachtwoord-vergeten", data={"email": "employer@example.org"})
    employer.post("/aanmelden", data={"email": "employer@example.org", "password": "fout"})
    assert run(app, "person", "erase", "employer@example.org", "--yes").exit_code == 0
    assert employer.get("/account").status_code == 302
    person = session.scalars(select(Person)).one()
    assert person.public_id == employer.person_id
    assert (person.name, person.password_hash, person.memberships) == ("", None, [])
    assert session.scalars(select(Organisation)).one().headcount == 85
    assert not any(job.payload for job in session.scalars(select(Job)) if job.kind == "mail.send")
    kinds = {attempt.kind for attempt in session.scalars(select(LoginAttempt))}
    assert "sign_in" not in kinds
    for entry in session.scalars(select(AuditEntry)):
        assert "employer@example.org" not in f"{entry.subject} {entry.old} {entry.new}"


def test_the_address_of_an_erased_person_is_free_again(app, employer, session):
    run(app, "person", "erase", "employer@example.org", "--yes")
    assert (
        run(app, "person", "add", "employer@example.org", "--role", "administrator").exit_code == 0
    )


def test_a_deactivated_person_keeps_the_data(app, employer, session):
    assert run(app, "person", "deactivate", "employer@example.org").exit_code == 0
    assert employer.get("/account").status_code == 302
    assert session.scalars(select(Person)).one().name == "Test employer"


def test_the_facts_for_rules(employer, session):
    place = session.scalars(select(Organisation)).one()
    assert employer_facts(place) == Employer(
        enterprise_number="0403019261",
        legal_form="vzw",
        headcount=85,
        joint_committees=("330",),
        nace="87.101",
        vat_recoverable=False,
    )


def test_nobody_is_in_hand_outside_a_request(session):
    assert current_federation() is None
