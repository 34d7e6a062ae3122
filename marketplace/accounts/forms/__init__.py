"""The forms of accounts: each keeps what was typed, and says what to do instead."""

from .account import (
    AccountForm,
    ChangePasswordForm,
    ConfirmForm,
    ForgotForm,
    NameForm,
    ResetForm,
    SignInForm,
)
from .organisation import (
    CompanyForm,
    EstablishmentForm,
    EstablishmentsForm,
    OrganisationForm,
    SectorForm,
)

__all__ = [
    "AccountForm",
    "ChangePasswordForm",
    "CompanyForm",
    "ConfirmForm",
    "EstablishmentForm",
    "EstablishmentsForm",
    "ForgotForm",
    "NameForm",
    "OrganisationForm",
    "ResetForm",
    "SectorForm",
    "SignInForm",
]
