"""Look up what people type, and name what they may have meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from marketplace import reference
from marketplace.i18n import _
from marketplace.reference import JointCommittee
from marketplace.reference.tables import fold

_MOST_NAMED = 6


def municipality_names() -> list[str]:
    """What the list under a municipality field offers."""
    return [one.name for one in reference.municipalities()]


def municipality_name(refnis: str) -> str:
    """The Dutch name of a municipality by its number."""
    found = reference.municipality(refnis)
    return found.name if found else refnis


def no_municipality(text: str) -> str:
    """Why a text is no municipality, with the ones that come near."""
    several = [one.name for one in reference.municipalities_for(text)]
    if several:
        return _(
            "Dit kan meer dan één gemeente zijn: %(names)s. Typ er één van.", names=_some(several)
        )
    near = _near(text)
    if near:
        return _("Wij kennen deze gemeente niet. Bedoelt u %(names)s?", names=_some(near, _("of")))
    return _(
        "Wij kennen deze gemeente niet. Typ een gemeente of postcode in Vlaanderen of Brussel."
    )


def committee_names() -> list[str]:
    """What the list under a joint committee field offers."""
    return [committee_label(one) for one in reference.joint_committees()]


def committee_label(one: JointCommittee) -> str:
    """Number and name of a joint committee, as shown and as accepted."""
    return f"{one.code} – {one.name}"


def committee_name(code: str) -> str:
    """The label of a joint committee by its number."""
    found = reference.joint_committee(code)
    return committee_label(found) if found else code


def committees(text: str) -> list[JointCommittee]:
    """The committees a text may stand for: by number first, else all words of the name."""
    number = re.split(r"\s+[–-]\s+", text, maxsplit=1)[0]
    exact = reference.joint_committee(number)
    if exact:
        return [exact]
    words = fold(text[:200]).split()
    if not words:
        return []
    return [
        one for one in reference.joint_committees() if all(word in fold(one.name) for word in words)
    ]


def no_committee(found: Sequence[JointCommittee]) -> str:
    """Why a text is not one committee, with the ones it may be."""
    if not found:
        return _("Wij kennen dit paritair comité niet. Typ een nummer, zoals 330, of een woord.")
    names = [committee_label(one) for one in found]
    return _("Er passen er meer: %(names)s. Typ het juiste nummer.", names=_some(names, ";"))


def _near(text: str) -> list[str]:
    spelled = {fold(one.name): one.name for one in reference.municipalities()}
    key = fold(text[:60])
    return [spelled[name] for name in get_close_matches(key, spelled, n=3, cutoff=0.7)]


def _some(names: Sequence[str], glue: str = ",") -> str:
    shown = list(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        shown.append("…")
    if glue.isalpha() and len(shown) > 1:
        return f"{', '.join(shown[:-1])} {glue} {shown[-1]}"
    return f"{glue if not glue.isalpha() else ','} ".join(shown)
