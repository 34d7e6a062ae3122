"""Who gives an offer, what it is called and where it stands in the catalogue change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from marketplace.contract.values import Label

from .trial import Audited, Trial, told

OTHER = {"agency": "partner", "partner": "agency"}


def owner_swap(audited: Audited) -> Iterator[str]:
    """Every agency becomes a partner and the other way round: only the label changes."""
    labels = {
        version_id: replace(label, owner=OTHER[label.owner])
        for version_id, label in audited.trial.labels.items()
    }
    yield _same(audited, replace(audited.trial, labels=labels))


def renaming(audited: Audited) -> Iterator[str]:
    """Offers and providers get new names, the last of the alphabet first."""
    trial = audited.trial
    places = {slug: place for place, slug in enumerate(sorted({o.slug for o in trial.offers}))}
    last = len(places)
    offers = [replace(o, slug=f"{last - places[o.slug]:07d}-{o.nature}") for o in trial.offers]
    labels = {o.version_id: _renamed(trial.labels[o.version_id], o.slug) for o in offers}
    yield _same(audited, replace(trial, offers=tuple(offers), labels=labels))


def reordering(audited: Audited) -> Iterator[str]:
    """The catalogue is read from the end, and from a place in the middle."""
    trial = audited.trial
    middle = 1 + trial.lot("middle", max(1, len(trial.offers) - 1))
    turned = (*trial.offers[middle:], *trial.offers[:middle])
    for offers in (trial.offers[::-1], turned):
        yield _same(audited, replace(trial, offers=offers))


def repeat(audited: Audited) -> Iterator[str]:
    """The same question once more: the same bytes."""
    again = told(audited.trial.ask(audited.engine))
    yield "" if again == told(audited.outcome) else "the second answer differs from the first"


def _renamed(label: Label, name: str) -> Label:
    return replace(label, title=name, provider=name, provider_name=name)


def _same(audited: Audited, trial: Trial) -> str:
    """Whether the answer is the same but for its names, and shows the names it was given."""
    outcome = trial.ask(audited.engine)
    for line in outcome.bundle.lines:
        label = trial.labels[line.version_id]
        if (line.owner, line.provider) != (label.owner, label.provider):
            return f"{line.version_id} is shown under another name than its own"
    before = audited.without_names(audited.outcome, audited.trial)
    if audited.without_names(outcome, trial) == before:
        return ""
    return _difference(audited, outcome.bundle.value, {o.version_id for o in outcome.bundle.lines})


def _difference(audited: Audited, value: int, chosen: set[str]) -> str:
    before = audited.outcome.bundle
    gone = sorted({line.version_id for line in before.lines} - chosen)
    if gone or value != before.value:
        return f"value {before.value} becomes {value}; out of the bundle: {gone}"
    return "the bundle is the same, what is told about it is not"
