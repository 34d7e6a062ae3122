"""Code lists of the Crossroads Bank for Enterprises: NACE-BEL, joint committees, legal forms."""

from __future__ import annotations

import json
from importlib.resources import files

from .tables import Table, hand

PACKAGE = "bce-codes-to-label"
LICENCE = "package MIT; the licence of the code lists themselves is not stated"

# First and last division of each section of NACE Rev. 2.1; the package leaves the link out.
SECTIONS = {
    "A": (1, 3),
    "B": (5, 9),
    "C": (10, 33),
    "D": (35, 35),
    "E": (36, 39),
    "F": (41, 43),
    "G": (46, 47),
    "H": (49, 53),
    "I": (55, 56),
    "J": (58, 60),
    "K": (61, 63),
    "L": (64, 66),
    "M": (68, 68),
    "N": (69, 75),
    "O": (77, 82),
    "P": (84, 84),
    "Q": (85, 85),
    "R": (86, 88),
    "S": (90, 93),
    "T": (94, 96),
    "U": (97, 98),
    "V": (99, 99),
}


def registry(name: str) -> dict[str, dict[str, str]]:
    """The code list of that name as the package ships it, read without importing the package."""
    path = files("bce_codes_to_label").joinpath("data", f"{name}.json")
    codes: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))["codes"]
    return codes


def nace() -> Table:
    """NACE-BEL 2025, from the sections to the five digits; the seven digits are left out."""
    rows = []
    for code in registry("nace").values():
        level = int(code["level"])
        if code["version"] != "2025" or level > 5:
            continue
        parent = code["parent"] or (_section(int(code["value"])) if level == 2 else "")
        labels = [_tidy(code[f"label_{language}"]) for language in ("nl", "fr", "en", "de")]
        if level == 1:  # sections come in capitals; German nouns keep theirs
            labels = [label.capitalize() for label in labels[:3]] + labels[3:]
        rows.append((code["value_dot"], str(level), parent, *labels))
    return Table(
        "nace",
        ("code", "level", "parent", "nl", "fr", "en", "de"),
        sorted(
            _with_single_groups(rows), key=lambda row: (row[0] if len(row[0]) > 1 else "", row[0])
        ),
        (PACKAGE,),
        "Statbel, NACE-BEL 2025",
        LICENCE,
        "levels 1 to 5; the section of a division follows the ranges of NACE Rev. 2.1; "
        "the 12 groups that equal their division (11.0), missing in the package, are filled in",
    )


def joint_committees() -> Table:
    """Joint committees and sub-committees, code as ``318`` or ``318.02``."""
    rows = [
        (_dotted(code), _tidy(label["label_nl"]), _tidy(label["label_fr"]), "A", "")
        for code, label in registry("joint_committees").items()
    ]
    known = {row[0] for row in rows}
    for added in hand("joint_committees.csv"):
        if added["code"] in known:
            raise SystemExit(f"joint committee {added['code']} is in the package now: drop it")
        rows.append(tuple(added[key] for key in ("code", "nl", "fr", "confidence", "source")))
    return Table(
        "joint_committees",
        ("code", "nl", "fr", "confidence", "source"),
        sorted(rows),
        (PACKAGE,),
        "Crossroads Bank for Enterprises, list of joint committees",
        LICENCE,
        "rows with a source of their own are kept by hand in tools/reference_data/hand",
    )


def legal_forms() -> Table:
    """The forms people choose from, in order, and then each code of the bank under its form."""
    groups = hand("legal_forms.csv")
    short_of = {
        code: group["short"] for group in groups for code in group["kbo_codes"].split(";") if code
    }
    rest = short_of.pop("*")
    bank = registry("legal_forms")
    if unknown := sorted(set(short_of) - set(bank)):
        raise SystemExit(f"legal forms not in the package: {unknown}")
    rows = [(group["short"], group["short"], group["nl"], group["fr"]) for group in groups]
    rows += [
        (code, short_of.get(code, rest), _tidy(label["label_nl"]), _tidy(label["label_fr"]))
        for code, label in sorted(bank.items())
    ]
    return Table(
        "legal_forms",
        ("code", "short", "nl", "fr"),
        rows,
        (PACKAGE,),
        "Crossroads Bank for Enterprises, list of legal forms",
        LICENCE,
        "the common short forms are kept by hand in tools/reference_data/hand",
    )


def _with_single_groups(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows with group ``11.0`` between division ``11`` and class ``11.01``, as NACE has it."""
    of_code = {row[0]: row for row in rows}
    filled = []
    for code, level, parent, *labels in rows:
        if level == "4" and of_code[parent][1] == "2":
            group = f"{parent}.0"
            of_code.setdefault(group, (group, "3", parent, *of_code[parent][3:]))
            parent = group
        filled.append((code, level, parent, *labels))
    return filled + [of_code[code] for code in set(of_code) - {row[0] for row in rows}]


def _section(division: int) -> str:
    return next(name for name, (low, high) in SECTIONS.items() if low <= division <= high)


def _dotted(code: str) -> str:
    return code if len(code) == 3 else f"{code[:3]}.{code[3:]}"


def _tidy(text: str) -> str:
    return " ".join(text.replace(" ,", ",").split())
