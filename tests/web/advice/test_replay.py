"""``flask advice``: an advice is made again from its own sources, byte for byte."""

import json
import zlib

import pytest
from sqlalchemy import func, select

from marketplace import config
from marketplace.advice.models import Advice, AdviceSource
from marketplace.db import db, writing
from tests.factories import dossiers
from tests.factories.plugins import write_plugin
from tests.factories.requests import filled

ENGINE = """
import json
from datetime import date
from marketplace.contract.answers import Bundle, Line, Recommendation
from marketplace.contract.values import Reason
from marketplace.kit import catalogue

@impl
def recommend(request, salt):
    offer = catalogue.published()[0]
    facts = {"version_id": offer.version_id, "slug": offer.slug, "topics": list(offer.topics)}
    sources = {"offers/x": json.dumps([facts]), "rules": "[]", "rules-again": "[]"}
    return made(request, salt, sources)

@impl
def replay(request, salt, sources):
    return made(request, salt, sources)

def made(request, salt, sources):
    (offer,) = json.loads(sources["offers/x"])
    line = Line(
        needs=(request.needs[0].id,), offer=offer["slug"], version_id=offer["version_id"],
        provider="p", owner="agency", nature="advice", gross_cents=0, net_cents=%(net)s, hours=1,
        start=request.start, aid=(), reasons=(Reason("c", {"salt": salt}),),
    )
    bundle = Bundle(1, %(net)s, 1, (line,))
    return Recommendation(True, 1, "r", (), bundle, (), (), (), (), sources=sources)
"""


@pytest.fixture
def engine(market, make_app, tmp_path):
    """A site with an engine that keeps its sources; ``net`` changes what it answers."""

    def start(net="0"):
        folder = write_plugin(tmp_path / f"p{net}", "motor", ENGINE % {"net": net}, "order = 1")
        return make_app(PLUGIN_FOLDERS=[config.BUNDLED, folder.parent])

    return start


def advised(app):
    client = app.test_client()
    check = filled(client)
    return client.post(check.replace("/nakijken", "/advies")).location.rsplit("/", 1)[1]


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["advice", *arguments])


def test_an_advice_is_made_again_in_every_byte(engine):
    app = engine()
    public_id = advised(app)
    result = run(app, "replay", public_id)
    with app.app_context():
        digest = db.session.scalars(select(Advice.digest)).one()
    assert (result.exit_code, result.output) == (0, f"{public_id}: identical, {digest}\n")


def test_the_engine_of_the_house_makes_its_answer_again_and_names_every_candidate(market):
    public_id = advised(market)
    result = run(market, "replay", public_id)
    assert (result.exit_code, "identical" in result.output) == (0, True), result.output
    listed = run(market, "certificates", public_id).output
    assert {"chosen", "ineligible"} <= {line.split("\t")[2] for line in listed.splitlines()}
    assert " offers\t" not in listed


def test_the_document_can_be_shown(engine):
    app = engine()
    shown = run(app, "replay", advised(app), "--show").output.partition("\n")[2]
    assert set(json.loads(shown)["sources"]) == {"offers/x", "rules", "rules-again"}


def test_an_engine_that_answers_otherwise_is_named_by_the_path(engine):
    public_id = advised(engine())
    result = run(engine("5"), "replay", public_id)
    assert result.exit_code == 1
    expected = f"{public_id}: answer.bundle.lines[0].net_cents: stored 0, replayed 5\n"
    assert result.stderr == expected


def test_equal_sources_are_stored_once(engine):
    app = engine()
    advised(app)
    advised(app)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AdviceSource)) == 2
    assert run(app, "replay", "--all").output.count("identical") == 2


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (None, "source offers/x is gone"),
        (zlib.compress(b"[{}]"), "source offers/x was changed"),
        (b"geen zlib", "source offers/x cannot be read"),
    ],
)
def test_a_source_that_is_not_what_it_was_is_named(engine, body, told):
    app = engine()
    public_id = advised(app)
    with app.app_context(), writing():
        table = AdviceSource.__table__
        where = table.c.name == "offers/x"
        change = table.delete() if body is None else table.update().values(body=body)
        db.session.execute(change.where(where))
        db.session.commit()
    result = run(app, "replay", public_id)
    assert (result.exit_code, result.stderr) == (1, f"{public_id}: {told}\n")


def test_a_stored_document_that_was_changed_is_found(engine):
    app = engine()
    public_id = advised(app)
    with app.app_context(), writing():
        advice = db.session.scalars(select(Advice)).one()
        table = Advice.__table__
        db.session.execute(table.update().values(document=advice.document | {"salt": "x"}))
        db.session.commit()
    result = run(app, "replay", public_id)
    assert result.exit_code == 1
    assert "the stored document is not the one with digest" in result.stderr


def test_an_unknown_id_is_said_in_one_line(app):
    for command in ("replay", "certificates"):
        result = run(app, command, "weg")
        assert (result.exit_code, result.stderr) == (2, "there is no advice weg\n")
    assert run(app, "replay").exit_code == 2
    assert run(app, "replay", "x", "--all").exit_code == 2


def test_an_advice_of_before_says_so_and_does_not_fail_all(app, session):
    with writing():
        made = dossiers.advice(session, dossiers.request(session)).public_id
        session.commit()
    one, every = run(app, "replay", made), run(app, "replay", "--all")
    assert one.exit_code == 1
    assert "given before answers kept their sources" in one.stderr
    assert every.exit_code == 0
    assert "given before answers kept their sources" in every.output


def test_without_a_plugin_that_replays_it_is_said(engine, make_app):
    public_id = advised(engine())
    result = run(make_app(PLUGIN_FOLDERS=[]), "replay", public_id)
    assert (result.exit_code, result.stderr) == (
        1,
        f"{public_id}: no plugin made the answer again\n",
    )


def test_certificates_are_listed(app, session):
    with writing():
        answer = dossiers.recommendation()
        made = dossiers.advice(session, dossiers.request(session), answer=answer).public_id
        session.commit()
    lines = run(app, "certificates", made).output.splitlines()
    assert lines[0] == "n1\tcoaching\tchosen"
    assert "n1\tnight\tineligible\tshifts-do-not-fit" in lines
