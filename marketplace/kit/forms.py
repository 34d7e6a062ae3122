"""The form and its fields: each has a limit and survives hostile input."""

from marketplace.web.forms import (
    Choice,
    Choices,
    Day,
    Email,
    Euro,
    Form,
    LongText,
    Password,
    Text,
    Tick,
    Whole,
    YesNo,
)

__all__ = [
    "Choice",
    "Choices",
    "Day",
    "Email",
    "Euro",
    "Form",
    "LongText",
    "Password",
    "Text",
    "Tick",
    "Whole",
    "YesNo",
]
