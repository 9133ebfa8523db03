"""People, organisations, duties and roles."""

from lms.people.models.assignment import Assignment, Duty, DutyType, EndReason
from lms.people.models.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationName,
    RosterSignOff,
    Succession,
)
from lms.people.models.person import IdentityLevel, Person, name_keys
from lms.people.models.role import Role, RoleGrant

__all__ = [
    "Assignment",
    "Duty",
    "DutyType",
    "EndReason",
    "IdentityLevel",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "Person",
    "Role",
    "RoleGrant",
    "RosterSignOff",
    "Succession",
    "name_keys",
]
