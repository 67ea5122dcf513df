"""What the kernel and this floor hold about one user, for that user to take along."""

from typing import Any

from chanjiao.accounts.models import User
from chanjiao.core.actor import Actor
from chanjiao.core.models import AuditEntry, Todo
from chanjiao.organisations.models import ApiToken, Invitation, Person, RoleGrant

ACTS = 5_000


def own_data(actor: Actor) -> dict[str, Any]:
    """Everything JSON-ready; secrets and hashes of secrets stay out."""
    user = User.objects.get(pk=actor.user_id)
    return {
        "account": _fields(user, "email", "name", "phone", "language", "date_joined", "last_login"),
        "grants": [
            _fields(g, "role", "is_admin", "starts_on", "ends_on", "withdrawn_at", "end_reason")
            | {"organisation": g.organisation.name}
            for g in RoleGrant.objects.filter(user=user).select_related("organisation")
        ],
        "invitations": [
            _fields(i, "email", "name", "role", "expires_at", "accepted_at")
            | {"organisation": i.organisation.name}
            for i in Invitation.objects.filter(accepted_by=user).select_related("organisation")
        ],
        "api_tokens": [
            _fields(t, "title", "prefix", "scope", "expires_on", "last_used_at", "withdrawn_at")
            for t in ApiToken.objects.filter(owner=user)
        ],
        "person": [
            _fields(p, "name", "phone", "birth_on", "kind", "consent")
            for p in Person.objects.filter(user=user)
        ],
        "todos": [_fields(t, "title", "due_on", "done_at") for t in Todo.objects.filter(user=user)],
        "acts": [
            _fields(e, "sequence", "at", "act", "label", "via")
            for e in AuditEntry.objects.filter(user_id=user.pk)[:ACTS]
        ],
    }


def _fields(thing: Any, *names: str) -> dict[str, Any]:
    return {name: _plain(getattr(thing, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
