"""Rule files as consultants write them."""

from marketplace.catalogue.services import rules


def document(slug="onthaal-voor-drie", **more):
    """A sound file; keys of the rule itself may be given too."""
    content = {
        "effect": "refuse",
        "when": [{"subject": "need.topic", "op": "is", "value": "onboarding"}],
        "require": [{"subject": "need.count", "op": "at_least", "value": 3}],
        "source": "afspraak van het team",
        "checked_on": "2026-11-01",
        "passes": {"need.topic": "onboarding", "need.count": 3},
        "fails": {"need.topic": "onboarding", "need.count": 2},
    }
    parts = {key: more.pop(key) for key in tuple(more) if key in {"sentence", "why"}}
    file = {"slug": slug, "sentence": {"nl": "Onthaal vraagt drie mensen."}}
    return file | parts | {"rule": content | more}


def published(slug="onthaal-voor-drie", **more):
    """Publish a rule, inside an application context."""
    rules.publish_document(document(slug, **more))
