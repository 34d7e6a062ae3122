"""Organisations: the class, for keys of a plugin's tables; whom the signed-in person acts for; and
the joint committees they belong to.
"""

from marketplace.accounts.models import Organisation
from marketplace.accounts.services import current_organisation
from marketplace.reference import joint_committee

__all__ = ["Organisation", "current_organisation", "joint_committee"]
