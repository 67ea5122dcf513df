"""Notices to students: one mail to each account, written with the act and never twice."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from chanjiao.core import outbox
from chanjiao.core.models import Channel, OutboxMessage
from chanjiao.fairs.models import Fair
from chanjiao.supply.models import Student


def tell_students(
    fair: Fair, student_ids: Iterable[int], about: str, subject: tuple[str, str], words: str
) -> int:
    """Queue a mail to each student with an account who was not told ``about`` this yet.

    ``subject`` is Chinese and English; both stand in the mail, since its writer does not know
    which one the reader has.
    """
    rows = Student.objects.filter(pk__in=list(student_ids)).exclude(person__user=None)
    people = dict(rows.values_list("person__user__email", "school_id"))
    known = set(OutboxMessage.objects.filter(about=about).values_list("address", flat=True))
    address = settings.SITE_URL.rstrip("/") + reverse("fairs:mine", args=[fair.pk])
    chinese, english = subject
    fresh = sorted(set(people) - known - {""})
    for one in fresh:
        outbox.put(
            Channel.EMAIL, one, chinese, f"{chinese}\n{words}\n{address}\n\n{english}\n{address}\n",
            about=about, organisation_id=people[one],
        )  # fmt: skip
    return len(fresh)


def ask_students_again(fair: Fair, reason: str) -> int:
    """The fair was moved: everybody who applied keeps it and is asked to confirm."""
    when = f"{fair.held_on} {fair.starts_at:%H:%M}"
    return tell_students(
        fair,
        fair.intentions.values_list("student_id", flat=True).distinct(),
        f"fair.moved:{fair.pk}:{fair.edition}",
        (
            f"请确认是否仍参加：{fair.name}（改为 {when} {fair.place}）",
            f"Please confirm: {fair.name_en or fair.name} is now on {when}",
        ),
        f"变更原因：{reason}。您的投递和面试时段全部保留。",
    )


def tell_lost(fair: Fair, intention_ids: list[int], about: str, what: str, what_en: str) -> int:
    """A stand or the whole fair was called off."""
    rows = fair.intentions.filter(pk__in=intention_ids).values_list("student_id", flat=True)
    return tell_students(
        fair, rows.distinct(), about, (what, what_en),
        "相应的投递已结束，面试时段已释放；其他投递不受影响。",
    )  # fmt: skip
