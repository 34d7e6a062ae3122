"""Contrast against the ratios that the design measured, and the verdict on a theme."""

import pytest

from marketplace.kit.theme import Theme, contrast, is_colour, verdicts

MEASURED = [
    ("#0b5394", 7.84, 2.20),
    ("#e2001a", 4.94, 3.48),
    ("#f39200", 2.35, 7.32),
    ("#ffcc00", 1.51, 11.39),
    ("#76b82a", 2.42, 7.10),
    ("#009fe3", 2.97, 5.80),
    ("#000000", 21.0, 1.22),
    ("#ffffff", 1.0, 17.22),
]


@pytest.mark.parametrize(("colour", "on_white", "on_dark"), MEASURED)
def test_contrast_is_that_of_wcag(colour, on_white, on_dark):
    assert contrast(colour, "#ffffff") == pytest.approx(on_white, abs=0.01)
    assert contrast("#1b1b1b", colour) == pytest.approx(on_dark, abs=0.01)


@pytest.mark.parametrize(
    ("accent", "on_accent"),
    [
        ("#0b5394", "#ffffff"),
        ("#e2001a", "#ffffff"),
        ("#f39200", "#000000"),
        ("#ffcc00", "#000000"),
    ],
)
def test_the_text_on_a_button_is_the_one_that_reads_better(accent, on_accent):
    assert Theme(accent=accent).on_accent == on_accent


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, set()),
        ({"accent": "#0b5394"}, set()),
        ({"accent": "#f39200"}, {"accent"}),
        ({"text": "#808080"}, {"text"}),
        ({"text": "#767676"}, set()),
        ({"border": "#b0b0b0"}, {"border"}),
        ({"focus": "#ffb300"}, {"focus"}),
        ({"surface": "#1b1b1b", "text": "#ffffff", "accent": "#ffcc00", "focus": "#ffffff"}, set()),
        ({"surface": "#1b1b1b", "text": "#1b1b1b"}, {"text", "accent", "focus"}),
    ],
)
def test_a_theme_is_refused_where_people_cannot_read_it(changes, refused):
    assert {one.field for one in verdicts(Theme(**changes)) if not one.good} == refused


@pytest.mark.parametrize("text", ["red", "#fff", "#FFFFFF", "#12345g", "", "#123456;", "#123456\n"])
def test_only_six_small_hexadecimal_digits_are_a_colour(text):
    assert not is_colour(text)
    assert is_colour("#0a1b2c")
