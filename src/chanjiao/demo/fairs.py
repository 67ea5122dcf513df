"""Two fairs that are ahead: one open to students, one that still takes companies."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.db.models import Count, Q

from chanjiao.accounts.models import User
from chanjiao.core.actor import Actor
from chanjiao.core.roles import Role
from chanjiao.demand.choices import COUNTED
from chanjiao.fairs.advising import advise, posts_of_fair
from chanjiao.fairs.choices import FairKind, Purpose, Stage
from chanjiao.fairs.intention_queries import free_slots
from chanjiao.fairs.models import Fair, Intention, IntentionStep
from chanjiao.fairs.queries import posts_to_bring
from chanjiao.fairs.services import booths, fairs, slots, stands
from chanjiao.fairs.services.intentions import seat
from chanjiao.organisations.models import Organisation, RoleGrant
from chanjiao.organisations.queries import DEMO_DOMAIN
from chanjiao.supply.models import Student

SOON, LATER = 24, 52
HALLS = (("东厅", 3, 6), ("西厅", 2, 6))
EXHIBITORS, LATE_COMERS = 26, 5
MOST_POSTS = 6
MINUTES, SEATS = 20, 2
VISITORS, EACH = 90, 3


def build_fairs(office: Actor, today: date) -> None:
    """The winter fair with its stands, hours and first applications; a special one in spring."""
    companies = _companies()
    fair = _planned(office, today + timedelta(days=SOON), FairKind.GENERAL, "校企双选会", "Fair")
    for place, company in enumerate(companies[:EXHIBITORS]):
        _apply(office, fair, company, place)
    booths.approve_all(office, fair.pk)
    stands.give_all(office, fair.pk)
    for move in ("review", "place", "match", "open"):
        fairs.make_move(office, fair.pk, move)
    link_student_account()
    _students_apply(fair)
    later = _planned(
        office, today + timedelta(days=LATER), FairKind.SPECIAL, "智能装备专场", "Equipment Special"
    )
    for place, company in enumerate(companies[:LATE_COMERS]):
        _apply(office, later, company, place)


def link_student_account() -> None:
    """The demo's student account belongs to the first student of that school's roll."""
    user = User.objects.get(email=f"student@{DEMO_DOMAIN}")
    school = RoleGrant.objects.get(user=user, role=Role.STUDENT).organisation_id
    student = Student.objects.filter(school_id=school).order_by("number").first()
    if student:
        student.person.user = user
        student.person.save(update_fields=["user", "updated_at"])


def _planned(office: Actor, held_on: date, kind: str, name: str, name_en: str) -> Fair:
    fair = fairs.plan(
        office,
        {
            "name": f"{held_on.year} 年{held_on.month} 月{name}",
            "name_en": f"{name_en} {held_on:%B %Y}",
            "kind": kind, "held_on": held_on, "starts_at": time(8, 30), "ends_at": time(12),
            "place": "望澜市会展中心", "apply_until": held_on - timedelta(days=10),
            "cancel_until": held_on - timedelta(days=5),
            "note": "企业请携带营业执照副本；学生凭入场码入场。",
        },
    )  # fmt: skip
    for hall, rows, columns in HALLS:
        stands.lay_out(office, fair.pk, hall, rows, columns)
    return fairs.make_move(office, fair.pk, "invite")


def _companies() -> Sequence[Organisation]:
    """Those with most positions in the ledger."""
    counted = Count("demands", filter=Q(demands__state__in=COUNTED))
    rows = Organisation.objects.annotate(n=counted).filter(n__gt=0)
    return list(rows.order_by("-n", "pk")[:EXHIBITORS])


def _apply(office: Actor, fair: Fair, company: Organisation, place: int) -> None:
    lines = [
        {
            "demand": demand.pk, "people": demand.wanted,
            "purpose": Purpose.INTERNSHIP if (place + n) % 4 == 3 else Purpose.JOB,
        }
        for n, demand in enumerate(posts_to_bring(company.pk)[:MOST_POSTS])
    ]  # fmt: skip
    people = [{"name": f"联系人{place + 1}", "phone": f"0570-8000{place:04}"}]
    made = booths.apply(
        office, fair.pk, company.pk,
        {"posts": lines, "representatives": people, "tables": 1 + place % 2, "wish": ""},
    )  # fmt: skip
    slots.lay_out(office, made.pk, MINUTES, SEATS)


def _students_apply(fair: Fair) -> None:
    """Students take what suits them best, and the first hour that is free, as far as there is one.

    In bulk, since nine in ten of the demo's seconds would otherwise go into its visitors.
    """
    posts = list(posts_of_fair(fair))
    rows = Student.objects.select_related("offering", "person").order_by("number")
    made: list[Intention] = []
    for student in rows[1 : VISITORS + 1]:
        made += [
            Intention(fair=fair, student=student, post=one.post, reached=Stage.APPLIED)
            for one in advise(student, posts, limit=EACH)
        ]
    Intention.objects.bulk_create(made)
    now = fair.created_at
    IntentionStep.objects.bulk_create(
        IntentionStep(intention=one, stage=Stage.APPLIED, at=now) for one in made
    )
    for one in made[::EACH]:
        free = free_slots([one.post.booth_id]).get(one.post.booth_id)
        if free:
            seat(one, free[0].pk)
