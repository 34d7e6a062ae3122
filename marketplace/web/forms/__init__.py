"""The form and its fields: every text field has a limit and survives hostile input."""

from .base import CHOOSE, REQUIRED, Filled, Form, PlainText, ShortEnough
from .choices import Choice, Choices, Tick, YesNo, options
from .numbers import Day, Euro, Whole
from .text import Email, LongText, Password, Text

__all__ = [
    "CHOOSE",
    "REQUIRED",
    "Choice",
    "Choices",
    "Day",
    "Email",
    "Euro",
    "Filled",
    "Form",
    "LongText",
    "Password",
    "PlainText",
    "ShortEnough",
    "Text",
    "Tick",
    "Whole",
    "YesNo",
    "options",
]
