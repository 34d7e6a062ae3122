"""From a page on another site to a request: what a visitor may tell, and the draft it becomes."""

from marketplace.requests.forms.organisation import place_fault
from marketplace.requests.forms.plan import MOST_ANSWER, field_of
from marketplace.requests.intake import LANE_CODES, Extra, Intake
from marketplace.requests.services import draft, source_of

__all__ = [
    "LANE_CODES",
    "MOST_ANSWER",
    "Extra",
    "Intake",
    "draft",
    "field_of",
    "place_fault",
    "source_of",
]
