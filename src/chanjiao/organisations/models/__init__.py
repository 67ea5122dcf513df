"""Bodies, areas, the consortium they form, and who acts for whom."""

from chanjiao.organisations.models.areas import Area
from chanjiao.organisations.models.consortia import Consortium, Membership
from chanjiao.organisations.models.organisations import (
    Organisation,
    OrganisationDomain,
    OrganisationName,
    OrganisationYear,
)
from chanjiao.organisations.models.people import Invitation, Person, PersonKind, RoleGrant
from chanjiao.organisations.models.register import DuplicatePair, Merge, RegisterChange
from chanjiao.organisations.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "Area",
    "Consortium",
    "DuplicatePair",
    "Invitation",
    "Membership",
    "Merge",
    "Organisation",
    "OrganisationDomain",
    "OrganisationName",
    "OrganisationYear",
    "Person",
    "PersonKind",
    "RegisterChange",
    "RoleGrant",
]
