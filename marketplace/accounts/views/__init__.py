"""The pages of accounts, and who may reach them."""

from __future__ import annotations

from . import account, organisation, password, register, session
from .blueprint import blueprint

__all__ = ["POLICY", "account", "blueprint", "organisation", "password", "register", "session"]

POLICY = {
    "accounts.sign_in": "public",
    "accounts.sign_out": "public",
    "accounts.register": "public",
    "accounts.register_page": "public",
    "accounts.register_account": "public",
    "accounts.mailbox": "public",
    "accounts.verify": "public",
    "accounts.forgot": "public",
    "accounts.reset": "public",
    "accounts.profile": "signed_in",
    "accounts.rename": "signed_in",
    "accounts.change_password": "signed_in",
    "accounts.my_data": "signed_in",
    "accounts.sign_out_everywhere": "signed_in",
    "accounts.organisation": "employer",
    "accounts.committees": "employer",
    "accounts.add_establishment": "employer",
    "accounts.establishment": "employer",
    "accounts.remove_establishment": "employer",
}
