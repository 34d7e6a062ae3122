"""Many at once: the limit holds, one address is one account."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from marketplace.accounts.models import Organisation, Person
from marketplace.db import db, writing
from tests.factories import accounts
from tests.web.accounts.conftest import ACCOUNT, COMPANY, PLACES, SECTOR


def at_once(count, act):
    barrier = Barrier(count)

    def run(number):
        barrier.wait()
        return act(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_parallel_guesses_do_not_slip_under_the_limit(app):
    with app.app_context(), writing():
        accounts.person(db.session)
        db.session.commit()

    def guess(number):
        answer = app.test_client().post(
            "/aanmelden",
            data={"email": "an@example.org", "password": f"gok {number}"},
            environ_base={"REMOTE_ADDR": f"10.0.0.{number}"},
        )
        return answer.status_code

    statuses = at_once(16, guess)
    assert set(statuses) <= {200, 429}
    assert statuses.count(200) <= 10


def test_one_address_registered_by_four_at_once_is_one_account(app):
    browsers = [app.test_client() for _ in range(4)]
    for browser in browsers:
        browser.post("/registreren/organisatie", data=COMPANY)
        browser.post("/registreren/paritair-comite", data=SECTOR)
        browser.post("/registreren/vestigingen", data=PLACES)

    answers = at_once(4, lambda n: browsers[n].post("/registreren/account", data=ACCOUNT))
    assert {answer.location for answer in answers} == {"/kijk-in-uw-mailbox"}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Person)) == 1
        assert db.session.scalar(select(func.count()).select_from(Organisation)) == 1
