"""A bank transfer: structured communication, account, and the code that a banking app scans."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import segno.helpers
from flask import current_app
from markupsafe import Markup
from stdnum.be import iban as belgian
from stdnum.be import ogm_vcs

from marketplace.contract.values import Json
from marketplace.kit import settings

EXAMPLE = {"account_name": "Voorbeeld, niet betalen", "iban": "BE68539007547034", "bic": ""}
"""The account of many a manual, of a bank that does not exist; only in the demo, marked there."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where to pay to; ``example`` when nobody may really pay to it."""

    name: str
    iban: str
    bic: str
    example: bool = False

    @property
    def spaced(self) -> str:
        """The account number in groups of four."""
        return str(belgian.format(self.iban))


def account() -> Account | None:
    """The account of the settings; None as long as it is not filled in."""
    found = settings.of("payments")
    if found.get("iban"):
        return _account(found)
    if current_app.config["ENVIRONMENT"] == "demo":
        return _account(EXAMPLE, example=True)
    return None


def communication_of(number: int) -> str:
    """The structured communication of a payment: twelve digits of which two check the others.

    It begins with 9, so that it is no invoice's. Check digits: the rest modulo 97, 97 for 0.
    Raises stdnum's ValidationError when what was made is not valid.
    """
    digits = f"9{number:09d}"
    return str(ogm_vcs.validate(f"{digits}{int(digits) % 97 or 97:02d}"))


def shown(communication: str) -> str:
    """As it is written on a transfer: ``+++900/0000/01234+++``."""
    return f"+++{ogm_vcs.format(communication)}+++"


def code(to: Account, cents: int, communication: str) -> Markup:
    """The EPC code (EPC069-12, version 2) of a transfer as inline SVG.

    The communication goes in the line for free text: the structured line of the standard takes
    only ISO 11649, and Belgian banks read theirs here.
    """
    made = segno.helpers.make_epc_qr(
        name=to.name,
        iban=to.iban,
        amount=Decimal(cents) / 100,
        text=shown(communication),
        bic=to.bic or None,
    )
    out = io.BytesIO()
    made.save(out, kind="svg", scale=4, border=4, xmldecl=False, svgns=False, light="#fff")
    return Markup(out.getvalue().decode())  # noqa: S704 - drawn by segno from numbers


def _account(found: Mapping[str, Json], example: bool = False) -> Account:
    name, number, bic = (str(found.get(key) or "") for key in ("account_name", "iban", "bic"))
    return Account(name, belgian.compact(number), bic, example)
