"""Nothing is issued that a receiver may refuse: the UBL 2.1 schema, then every rule of EN 16931
and Peppol BIS Billing 3.0 (the package mock-einvoice). docs/invoicing.md says what it cannot see.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import mockeinvoice
from lxml import etree

from marketplace.kit.errors import DomainError
from marketplace.kit.i18n import _

from .channels import PAPER
from .fields import field_of

SCHEMAS = Path(__file__).parent / "schema" / "ubl-2.1.zip"
ROOTS = {"Invoice": "UBL-Invoice-2.1.xsd", "CreditNote": "UBL-CreditNote-2.1.xsd"}
FATAL = frozenset({"fatal", "error"})
FIXED = "FIXED"
"""What mock-einvoice reads as a constant and only warns of: a tax scheme that is not VAT. The
official rules judge it, so a document with this finding is not known to be sound.
"""
SENT_ONLY = frozenset({"PEPPOL-EN16931-R010", "PEPPOL-EN16931-R020"})
"""Rules on the address in the network: nothing is sent there when the channel is paper."""


@dataclass(frozen=True, slots=True)
class Fault:
    """``rule`` is the published identifier, ``XSD`` for the schema; ``path`` where it is."""

    rule: str
    path: str
    text: str


def judge(xml: bytes, channel: str = "peppol") -> tuple[Fault, ...]:
    """Everything that is wrong with a document; empty when it may go out."""
    faults = tuple(_schema_faults(xml)) or tuple(_rule_faults(xml))
    left_out = SENT_ONLY if channel == PAPER else frozenset()
    return tuple(fault for fault in faults if fault.rule not in left_out)


def check(xml: bytes, channel: str) -> None:
    """Raise DomainError ``not-sound`` with the rules and the fields, unless the gate is passed."""
    faults = judge(xml, channel)
    if faults:
        raise DomainError("not-sound", told(faults))


def told(faults: Sequence[Fault]) -> str:
    """The faults in Dutch: at most five, each with its rule and field."""
    named = "; ".join(
        _("regel %(rule)s, veld %(field)s", rule=fault.rule, field=field_of(fault.path))
        for fault in faults[:5]
    )
    return _("Deze factuur voldoet niet en is niet uitgegeven: %(faults)s.", faults=named)


def _schema_faults(xml: bytes) -> Iterator[Fault]:
    try:
        tree = etree.fromstring(xml, _parser())
    except etree.XMLSyntaxError as error:
        yield Fault("XML", "", str(error))
        return
    root = etree.QName(tree).localname
    if root not in ROOTS:
        yield Fault("XSD", root, "neither an Invoice nor a CreditNote")
        return
    schema = _schema(root)
    if not schema.validate(tree):
        for one in schema.error_log:
            yield Fault("XSD", str(one.path), str(one.message))


def _rule_faults(xml: bytes) -> Iterator[Fault]:
    try:
        _document, report = mockeinvoice.validate(xml)
    except mockeinvoice.Refused as refused:
        yield Fault(refused.code, "BT-24", refused.reason)
        return
    for finding in report.findings:
        if finding.level in FATAL or finding.code == FIXED:
            yield Fault(finding.code, finding.path, finding.text)
    if report.verdict == "not judged":
        yield Fault("NOT-JUDGED", "", "a fatal rule could not be run")


@cache
def _schema(root: str) -> etree.XMLSchema:
    """Read once per process: it takes a tenth of a second."""
    parser = _parser()
    parser.resolvers.add(_InZip())
    return etree.XMLSchema(etree.fromstring(_read(ROOTS[root]), parser, base_url=f"zip:///{root}"))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _read(name: str) -> bytes:
    """A schema by its file name: no two in the archive share one."""
    with zipfile.ZipFile(SCHEMAS) as archive:
        (found,) = [one for one in archive.namelist() if one.rpartition("/")[2] == name]
        return archive.read(found)


class _InZip(etree.Resolver):  # type: ignore[misc]  # lxml has no types
    """Finds what a schema imports in the archive, whatever folder it names."""

    def resolve(self, url: str, _public: str, context: object) -> object:
        """The schema of that file name."""
        return self.resolve_string(_read(url.rpartition("/")[2]), context, base_url=url)
