"""Reference data: municipalities, joint committees, NACE-BEL, legal forms, languages, holidays.

Pure look-ups in the small CSV files of ``data/``, read at first use and kept. Importing reads no
file. ``data/SOURCES.toml`` names the source, licence and date of every table.
"""

from .code_lists import (
    joint_committee,
    joint_committees,
    legal_form,
    legal_forms,
    nace,
    nace_codes,
)
from .distance import distance_km
from .holiday_list import (
    calendar_reaches,
    holidays,
    is_public_holiday,
    is_school_holiday,
)
from .language_list import language, languages, usual_languages
from .municipality_list import municipalities, municipalities_for, municipality, place
from .tables import sources
from .values import (
    Holiday,
    JointCommittee,
    Language,
    LegalForm,
    Municipality,
    Nace,
    Source,
)
from .vat import VatTreatment, vat_cents, vat_treatment, vat_treatments

__all__ = [
    "Holiday",
    "JointCommittee",
    "Language",
    "LegalForm",
    "Municipality",
    "Nace",
    "Source",
    "VatTreatment",
    "calendar_reaches",
    "distance_km",
    "holidays",
    "is_public_holiday",
    "is_school_holiday",
    "joint_committee",
    "joint_committees",
    "language",
    "languages",
    "legal_form",
    "legal_forms",
    "municipalities",
    "municipalities_for",
    "municipality",
    "nace",
    "nace_codes",
    "place",
    "sources",
    "usual_languages",
    "vat_cents",
    "vat_treatment",
    "vat_treatments",
]
