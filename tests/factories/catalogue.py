"""Catalogue files and the offers made from them."""

from datetime import date

from marketplace.catalogue import services
from marketplace.contract.rules import Criterion, Rule
from marketplace.db import writing


def provider(slug="agii", kind="agency", **more):
    return {"slug": slug, "name": slug.title(), "kind": kind} | more


def offer(slug="klare-taal", provider="agii", **more):
    return {
        "slug": slug,
        "provider": provider,
        "title": slug.replace("-", " ").capitalize(),
        "summary": "Een korte uitleg.",
        "nature": "training",
        "activities": ["team-training"],
        "topics": ["clear-language"],
        "price": {"kind": "free"},
        "hours": 3,
        "source": {"title": "Een bron", "checked_on": "2026-11-01"},
    } | more


def document(offers=(), providers=None):
    if providers is None:
        providers = [provider(), provider("ligo", "partner")]
    return {"format": 1, "providers": list(providers), "offers": list(offers)}


def stock(*offers, providers=None):
    """Import these offers and commit, inside an application context."""
    with writing():
        return services.import_document(document(offers, providers))


def version_id(slug):
    """The version id of a published offer."""
    return next(one.version_id for one in services.published() if one.slug == slug)


def rule(**more):
    """A sound rule: onboarding asks three people."""
    facts = {
        "id": "r",
        "code": "c",
        "when": (Criterion("need.topic", "is", "onboarding"),),
        "require": (Criterion("need.count", "at_least", 3),),
        "source": "test",
        "checked_on": date(2026, 1, 1),
        "passes": {"need.topic": "onboarding", "need.count": 3},
        "fails": {"need.topic": "onboarding", "need.count": 2},
    }
    return Rule(**(facts | more))
