"""A consultant's rule: a draft harms nothing, a published version never changes, all is logged."""

import pytest
from sqlalchemy import delete, insert, select, update

from marketplace.audit import services as audit
from marketplace.audit.models import AuditEntry
from marketplace.catalogue import guard
from marketplace.catalogue.faults import FileRefused
from marketplace.catalogue.guard import CatalogueWriteRefused
from marketplace.catalogue.models import ConsultantRule, ConsultantRuleVersion
from marketplace.catalogue.services import rules as services
from marketplace.catalogue.services import version
from marketplace.errors import DomainError, NotFound
from marketplace.kit import catalogue
from tests.factories.rules import document, published

SLUG = "onthaal-voor-drie"


def actions(session):
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def test_a_published_rule_is_in_force_with_its_sentence(session):
    published(sentence={"nl": "Nederlands.", "fr": "Français."})
    (rule,) = catalogue.consultant_rules()
    assert (rule.id, rule.code, rule.effect) == (f"consultant.{SLUG}",) * 2 + ("refuse",)
    assert rule.require[0].value == 3
    assert catalogue.consultant_sentences("nl") == {rule.code: "Nederlands."}
    assert catalogue.consultant_sentences("fr") == {rule.code: "Français."}
    assert catalogue.consultant_sentences("en") == {}


def test_a_draft_is_not_in_force_and_what_is_published_stays(session):
    services.save(document())
    assert services.published_rules() == ()
    services.publish(SLUG)
    services.save(document(source="een andere bron"))
    assert services.published_rules()[0].source == "afspraak van het team"
    assert services.find(SLUG).has_draft
    services.publish(SLUG)
    assert services.published_rules()[0].source == "een andere bron"
    assert not services.find(SLUG).has_draft


def test_a_draft_that_returns_to_what_is_published_is_none(session):
    published()
    services.save(document(source="anders"))
    services.save(document())
    assert not services.find(SLUG).has_draft


def test_publishing_moves_the_version_of_the_catalogue(session):
    before = version()
    published()
    assert version() == before + 1
    services.withdraw(SLUG)
    assert version() == before + 2


def test_doing_it_again_changes_nothing(session):
    published()
    seen = (version(), actions(session))
    published()
    services.publish(SLUG)
    services.save(document())
    services.save(document(), is_new=True)
    assert (version(), actions(session)) == seen
    services.withdraw(SLUG)
    seen = (version(), actions(session))
    services.withdraw(SLUG)
    assert (version(), actions(session)) == seen


def test_withdrawn_is_out_of_force_but_keeps_its_sentence_and_can_come_back(session):
    published()
    services.withdraw(SLUG)
    assert services.published_rules() == ()
    assert services.sentences("nl")
    services.publish(SLUG)
    assert len(services.published_rules()) == 1
    assert services.find(SLUG).number == 1


def test_a_faulty_rule_can_be_kept_but_not_published(session):
    services.save(document(fails={"need.topic": "onboarding", "need.count": 9}))
    with pytest.raises(FileRefused) as refused:
        services.publish(SLUG)
    assert [(one.path, one.code) for one in refused.value.faults] == [
        ("rule.fails", "fails-passes")
    ]
    session.rollback()
    assert services.published_rules() == ()
    assert services.find(SLUG).status == "draft"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"slug": "Met Spatie"}, ("slug", "wrong-shape")),
        ({"sentence": {}}, ("sentence.nl", "missing")),
        ({"sentence": {"nl": "Met {gaten}."}}, ("sentence.nl", "braces")),
        ({"checked_on": "2026-02-30"}, ("rule.checked_on", "no-date")),
        ({"checked_on": "2036-02-01"}, ("rule.checked_on", "date-in-future")),
        ({"valid_to": "2026-02-30"}, ("rule.valid_to", "no-date")),
        ({"id": "vdab-first-year"}, ("rule.id", "unknown-key")),
        ({"code": "only-first-year"}, ("rule.code", "unknown-key")),
        ({"require": []}, ("rule.require", "too-few")),
    ],
)
def test_a_wrong_shape_is_not_even_kept(session, change, fault):
    with pytest.raises(FileRefused) as refused:
        services.save(document(**change))
    assert fault in [(one.path, one.code) for one in refused.value.faults]


def test_a_new_rule_cannot_take_the_slug_of_another(session):
    published()
    with pytest.raises(DomainError) as refused:
        services.save(document(source="anders"), is_new=True)
    assert (refused.value.code, refused.value.field) == ("rule.taken", "slug")


def test_what_is_not_there_is_not_found(session):
    for act in (services.find, services.publish, services.withdraw):
        with pytest.raises(NotFound):
            act("bestaat-niet")


def test_the_log_holds_what_was_and_what_is(session):
    published()
    published(source="een andere bron")
    assert actions(session) == [
        *("rule.drafted", "rule.version", "rule.published"),
        *("rule.drafted", "rule.version"),
    ]
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert last.subject == f"rule:{SLUG}"
    assert last.old["rule"]["source"] == "afspraak van het team"
    assert last.new["rule"]["source"] == "een andere bron"
    assert audit.verify() is None


def test_the_rules_are_read_in_one_query(session, count_queries):
    for number in range(3):
        published(f"regel-{number}")
    with count_queries() as queries:
        assert [one.id[-1] for one in services.published_rules()] == ["0", "1", "2"]
    assert len(queries) == 1


def test_rules_are_written_through_the_one_door(session):
    published()
    for statement in (
        update(ConsultantRule).values(status="withdrawn"),
        delete(ConsultantRule.__table__),
        insert(ConsultantRule).values(slug="x", status="draft", current=0),
    ):
        with pytest.raises(CatalogueWriteRefused):
            session.execute(statement)
        session.rollback()


def test_a_published_version_never_changes(session):
    published()
    for statement in (
        update(ConsultantRuleVersion).values(document={}),
        delete(ConsultantRuleVersion),
    ):
        with pytest.raises(CatalogueWriteRefused), guard.changing():
            session.execute(statement)
        session.rollback()
    assert services.published_rules()
