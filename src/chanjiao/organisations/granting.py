"""Who may give which role in which body: pure answers over the actor and the permission table."""

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action, Reach, Role
from chanjiao.organisations.choices import SCHOOL_KINDS, Kind
from chanjiao.organisations.models import Organisation

# What each role may hand out. The office staffs members and itself; technical roles and the
# auditor come from the system administrator, so that nobody chooses their own overseer.
GIVES: dict[Role, frozenset[Role]] = {
    Role.COMPANY_HR: frozenset({Role.COMPANY_HR, Role.MENTOR}),
    Role.SCHOOL_ADMIN: frozenset({Role.SCHOOL_ADMIN, Role.TEACHER, Role.STUDENT}),
    Role.OFFICE: frozenset(
        {
            Role.COMPANY_HR, Role.MENTOR, Role.SCHOOL_ADMIN, Role.TEACHER, Role.EXPERT,
            Role.OFFICE, Role.GRID_OFFICER, Role.GOVERNMENT,
        }
    ),
    Role.SYSTEM_ADMIN: frozenset({Role.SYSTEM_ADMIN, Role.AUDITOR}),
}  # fmt: skip

# Operating, deciding and auditing are three persons' work; nobody holds two of these.
APART = frozenset({Role.OFFICE, Role.AUDITOR, Role.SYSTEM_ADMIN})
NEEDS_AREA = frozenset({Role.GRID_OFFICER})
ANYWHERE = frozenset({Role.EXPERT, Role.OFFICE, Role.AUDITOR, Role.SYSTEM_ADMIN})
NEVER_GRANTED = frozenset({Role.PUBLIC, Role.GUARDIAN})


def roles_of(kind: str) -> frozenset[Role]:
    """Roles that people of such a body can have at all."""
    if kind in SCHOOL_KINDS:
        return ANYWHERE | {Role.SCHOOL_ADMIN, Role.TEACHER, Role.STUDENT}
    if kind in {Kind.GOVERNMENT, Kind.PARK}:
        return ANYWHERE | {Role.GRID_OFFICER, Role.GOVERNMENT, Role.COMPANY_HR}
    return ANYWHERE | {Role.COMPANY_HR, Role.MENTOR}


def roles_open_to(actor: Actor, organisation: Organisation) -> list[Role]:
    """Roles this actor may give in that body, in the order of the matrix."""
    fitting = roles_of(organisation.kind)
    return [role for role in Role if role in fitting and can_grant(actor, organisation.pk, role)]


def can_grant(actor: Actor, organisation_id: int, role: str) -> bool:
    """Administrators of a body for that body; the office and the system administrator anywhere."""
    if role in NEVER_GRANTED:
        return False
    if actor.is_system:
        return True
    given: set[Role] = set()
    for own in actor.roles:
        given |= GIVES.get(own, frozenset())
    if role not in given:
        return False
    if role == Role.OFFICE and not actor.is_administrator:
        return False
    return _manages(actor, organisation_id, Action.CREATE)


def can_change(actor: Actor, organisation_id: int, role: str) -> bool:
    """Whoever may give a role may also limit it and take it back."""
    return can_grant(actor, organisation_id, role) and _manages(
        actor, organisation_id, Action.WITHDRAW
    )


def can_disable(actor: Actor) -> bool:
    """Closing an account concerns all its bodies, so it takes a reach over all of them."""
    return actor.may_all("user_account", Action.WITHDRAW)


def can_issue_token(actor: Actor, organisation_id: int | None) -> bool:
    return actor.may_here("api_token", Action.CREATE, organisation_id)


def can_withdraw_token(actor: Actor, organisation_id: int) -> bool:
    return actor.may_here("api_token", Action.WITHDRAW, organisation_id)


def _manages(actor: Actor, organisation_id: int, action: Action) -> bool:
    reaches = actor.reaches("user_account", action)
    if Reach.ALL in reaches:
        return True
    is_own = organisation_id == actor.organisation_id
    return is_own and actor.is_administrator and Reach.ORGANISATION in reaches
