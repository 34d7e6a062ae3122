"""The frozen values of the reference data. ``name`` is the Dutch name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Municipality:
    """A Flemish or Brussels municipality of 1 January 2025, mergers included.

    ``region`` is vlaanderen | brussel, ``regime`` the language regime nl | bru | facility,
    ``agency`` the competent agency agii | atlas | amal | huisnl. ``province`` is empty in
    Brussels. The point is that of the main town, in WGS 84 degrees.
    """

    refnis: str
    name: str
    name_fr: str
    other_names: tuple[str, ...]
    postal_codes: tuple[str, ...]
    region: str
    province: str
    regime: str
    agency: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class JointCommittee:
    """A joint committee ``330`` or sub-committee ``318.02``.

    ``confidence`` uses the marks of the domain notes: A official list, M background knowledge.
    """

    code: str
    name: str
    name_fr: str
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Nace:
    """A heading of NACE-BEL 2025: level 1 is a section ``R``, level 5 is ``87.101``."""

    code: str
    level: int
    parent: str | None
    name: str
    name_fr: str
    name_en: str
    name_de: str


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A legal form: ``short`` is what people choose (vzw, bv …), ``code`` that or a KBO code."""

    code: str
    short: str
    name: str
    name_fr: str


@dataclass(frozen=True, slots=True)
class Language:
    """A language by ISO 639 code; ``usual`` ones are offered first."""

    code: str
    name: str
    usual: bool


@dataclass(frozen=True, slots=True)
class Holiday:
    """Public or school holiday from ``first`` up to and including ``last``."""

    kind: str  # public | school
    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table comes from, for the page that credits the sources."""

    table: str
    packages: tuple[str, ...]
    original: str
    licence: str
    note: str
    rows: int
    built_on: date
    sha256: str
