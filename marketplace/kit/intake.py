"""From a page on another site to a request: what a visitor may tell, and the draft it becomes."""

from marketplace.requests.forms.organisation import place_fault
from marketplace.requests.intake import LANE_CODES, Extra, Intake
from marketplace.requests.services import draft, source_of

__all__ = [
    "LANE_CODES",
    "Extra",
    "Intake",
    "draft",
    "place_fault",
    "source_of",
]
