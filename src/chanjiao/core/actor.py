"""Who is asking: built once for each request, and the only thing that policies look at."""

from dataclasses import dataclass, field

from chanjiao.core.permissions import reaches
from chanjiao.core.roles import Action, Reach, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the system, or an API token) acting for one organisation at a time.

    Somebody with grants in two organisations is two actors and switches between them; the
    actor of a suspended organisation is built with the public role only. ``is_administrator``
    says that they invite and grant for their organisation; ``only_things`` is the scope of an
    API token, and None for people.
    """

    user_id: int | None = None
    name: str = ""
    organisation_id: int | None = None
    organisation_name: str = ""
    roles: frozenset[Role] = frozenset({Role.PUBLIC})
    is_administrator: bool = False
    only_things: frozenset[str] | None = None
    area_ids: frozenset[int] = frozenset()
    is_system: bool = False
    via: str = "web"
    address: str = field(default="", compare=False)

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    def has(self, *roles: Role) -> bool:
        return bool(self.roles.intersection(roles))

    def reaches(self, thing: str, action: Action = Action.READ) -> frozenset[Reach]:
        """How far the permission matrix lets this actor go with ``thing``."""
        if self.is_system:
            return frozenset({Reach.ALL})
        if self.only_things is not None and thing not in self.only_things:
            return frozenset()
        return reaches(self.roles, thing, action)

    def may(self, thing: str, action: Action = Action.READ) -> bool:
        """Whether the matrix gives any reach at all; rows are decided by queries and policies."""
        return bool(self.reaches(thing, action))

    def may_all(self, thing: str, action: Action = Action.READ) -> bool:
        return Reach.ALL in self.reaches(thing, action)

    def may_here(self, thing: str, action: Action, organisation_id: int | None) -> bool:
        """Whether the actor may do this to a record of the given organisation."""
        found = self.reaches(thing, action)
        if Reach.ALL in found:
            return True
        is_own = organisation_id is not None and organisation_id == self.organisation_id
        return is_own and Reach.ORGANISATION in found


ANONYMOUS = Actor()
SYSTEM = Actor(name="system", roles=frozenset(), is_system=True, via="system")
