"""The conditions of a rule in Dutch, made from its data, for the page that explains it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from marketplace.contract.rules import Criterion
from marketplace.contract.values import Json
from marketplace.kit.i18n import _, lazy_
from marketplace.kit.money import euro

from .records import Condition, Record

SUBJECTS: Mapping[str, object] = {
    "place.region": lazy_("Plaats van tewerkstelling"),
    "place.refnis_prefixes": lazy_("Plaats van tewerkstelling (begin van de NIS-code)"),
    "employer.legal_form": lazy_("Rechtsvorm"),
    "employer.headcount": lazy_("Aantal werknemers"),
    "employer.group_headcount": lazy_("Aantal werknemers, met de groep"),
    "employer.group_turnover_eur": lazy_("Omzet in euro, met de groep"),
    "employer.group_balance_eur": lazy_("Balanstotaal in euro, met de groep"),
    "employer.public_share_percent": lazy_("Aandeel van de overheid in procent"),
    "employer.joint_committees": lazy_("Paritair comité"),
    "employer.nace_prefixes": lazy_("Hoofdactiviteit (NACE)"),
    "need.topic": lazy_("Onderwerp"),
    "need.role": lazy_("Deelnemers"),
    "need.under_12_months": lazy_("Deelnemers die minder dan een jaar in dienst zijn"),
    "offer.nature": lazy_("Soort aanbod"),
    "offer.hours": lazy_("Uren per deelnemer"),
    "offer.weeks": lazy_("Duur in weken"),
    "offer.shifts": lazy_("Dienst"),
    "offer.evidence": lazy_("Erkenning van de aanbieder of de opleiding"),
    "offer.tags": lazy_("Thema"),
    "item.gross_cents": lazy_("Prijs zonder btw"),
    "item.start_month": lazy_("Maand van de start"),
}
"""What a condition looks at; another subject shows as it stands in the rule."""

VALUES: Mapping[Json, object] = {
    "vlaanderen": lazy_("Vlaanderen"),
    "brussel": lazy_("Brussel"),
    "publiekrechtelijk": lazy_("openbaar bestuur"),
    "workers": lazy_("medewerkers"),
    "supervisors": lazy_("leidinggevenden"),
    "dutch-on-the-floor": lazy_("Nederlands op de werkvloer"),
    "language-practice": lazy_("oefenkansen Nederlands"),
    "training": lazy_("vorming"),
    "coaching": lazy_("coaching"),
    "advice": lazy_("advies"),
    "vocational-training": lazy_("beroepsopleiding"),
    "weekend": lazy_("weekend"),
    "kmo_registered": lazy_("geregistreerd bij de kmo-portefeuille"),
    "non_commercial": lazy_("niet commercieel"),
    "vov_registered": lazy_("geregistreerd voor opleidingsverlof"),
    "cybersecurity": lazy_("cyberveiligheid"),
    "energy-efficiency": lazy_("energie-efficiëntie"),
    True: lazy_("ja"),
    False: lazy_("nee"),
}
OPERATORS: Mapping[str, object] = {
    "is": lazy_("%(subject)s: %(value)s"),
    "in": lazy_("%(subject)s: %(value)s"),
    "overlaps": lazy_("%(subject)s: %(value)s"),
    "not_in": lazy_("%(subject)s: niet %(value)s"),
    "at_least": lazy_("%(subject)s: minstens %(value)s"),
    "at_most": lazy_("%(subject)s: hoogstens %(value)s"),
}


def conditions(record: Record) -> list[str]:
    """One line for each condition, in order."""
    return [line(condition) for condition in (*record.who, *record.what)]


def line(condition: Condition) -> str:
    """The tests of one condition, of which one must hold."""
    return _either([_test(test) for test in condition.any_of])


def _test(test: Criterion) -> str:
    subject = SUBJECTS.get(test.subject, test.subject)
    values: Sequence[Json] = test.value if isinstance(test.value, list | tuple) else [test.value]
    words = [_value(test.subject, value) for value in values]
    pattern = str(OPERATORS[test.op])
    return pattern % {"subject": str(subject), "value": _either(words)}


def _either(said: Sequence[str]) -> str:
    return f" {_('of')} ".join(said)


def _value(subject: str, value: Json) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return euro(value) if subject.endswith("_cents") else f"{value:,}".replace(",", ".")
    return str(VALUES.get(value, value)) if isinstance(value, str | bool) else str(value)
