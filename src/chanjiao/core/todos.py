"""To-dos (待办): asked once, seen by whoever may do them, cleared when the thing is done."""

from datetime import date

from django.db.models import Q, QuerySet

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.models import Todo


def ask(
    organisation_id: int,
    title: str,
    *,
    url: str,
    about: str,
    role: str = "",
    title_en: str = "",
    due_on: date | None = None,
) -> Todo:
    """Put one to-do before an organisation; asking again while it is open changes nothing."""
    todo, _created = Todo.objects.get_or_create(
        organisation_id=organisation_id,
        role=role,
        about=about,
        title=title,
        done_at=None,
        defaults={
            "url": url,
            "title_en": title_en,
            "due_on": due_on,
            "created_at": clock.now(),
        },
    )
    return todo


def done(about: str) -> int:
    """Clear every open to-do about one record; returns how many there were."""
    return Todo.objects.filter(about=about, done_at=None).update(done_at=clock.now())


def todos_visible_to(actor: Actor) -> QuerySet[Todo]:
    """Open to-dos of the organisation the actor acts for, in any of the actor's roles."""
    mine = Q(user_id=actor.user_id) | Q(user=None, role__in=["", *actor.roles])
    return Todo.objects.filter(mine, organisation_id=actor.organisation_id, done_at=None)
