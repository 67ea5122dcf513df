"""Reads of supply; the first argument is who asks."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce

from chanjiao.accounts.models import User
from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.parameters import parameter
from chanjiao.core.roles import Reach, Role
from chanjiao.organisations.choices import SCHOOL_KINDS, Status
from chanjiao.organisations.models import Organisation, RoleGrant
from chanjiao.supply.choices import LIVE, ON_ROLL, PUBLIC
from chanjiao.supply.models import Cohort, MajorOffering, MajorYear, Student

CONFIRMED_WITHIN = "supply_confirmed_within_days"


def offerings_visible_to(actor: Actor) -> QuerySet[MajorOffering]:
    """That a major is open is public; plans and closures are the school's and the office's."""
    rows = MajorOffering.objects.select_related("school", "school__area", "major")
    reaches = actor.reaches("supply")
    if Reach.ALL in reaches:
        return rows
    if not reaches:
        return rows.none()
    shown = Q(state__in=PUBLIC)
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        shown |= Q(school_id=actor.organisation_id)
    return rows.filter(shown)


def own_offerings_first(actor: Actor) -> QuerySet[MajorOffering]:
    """All that the actor sees, with the own school's on top where there is one."""
    rows = offerings_visible_to(actor)
    is_other = Case(When(school_id=actor.organisation_id or 0, then=0), default=1)
    return rows.order_by(is_other, "school__name", "code", "direction", "level", "pk")


def offerings_with_figures_for(actor: Actor) -> QuerySet[MajorOffering]:
    """Those whose numbers the actor may know, not only their names."""
    rows = MajorOffering.objects.select_related("school", "school__area", "major")
    reaches = actor.reaches("supply_figures")
    if Reach.ALL in reaches:
        return rows
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        return rows.filter(school_id=actor.organisation_id)
    return rows.none()


def years_visible_to(actor: Actor) -> QuerySet[MajorYear]:
    rows = MajorYear.objects.select_related("offering", "offering__school")
    reaches = actor.reaches("supply_figures")
    if Reach.ALL in reaches:
        return rows
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        return rows.filter(offering__school_id=actor.organisation_id)
    return rows.none()


def cohorts_visible_to(actor: Actor) -> QuerySet[Cohort]:
    """Classes with their ``size``: counted students where there are any, else what was declared."""
    rows = with_sizes(Cohort.objects.select_related("offering", "offering__school", "teacher"))
    reaches = actor.reaches("supply_figures")
    if Reach.ALL in reaches:
        return rows
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        return rows.filter(offering__school_id=actor.organisation_id)
    return rows.none()


def with_sizes(rows: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Adds ``on_roll``, ``counted`` and ``size``; rows beat a typed number."""
    counts = (
        Student.objects.filter(cohort=OuterRef("pk")).order_by().values("cohort")
    )  # fmt: skip
    on_roll = counts.annotate(n=Count("pk", filter=Q(status__in=ON_ROLL))).values("n")
    return rows.annotate(
        counted=on_roll, size=Coalesce("counted", "declared_size", output_field=IntegerField())
    )


def students_visible_to(actor: Actor) -> QuerySet[Student]:
    """A school sees its own, a teacher the own classes, a student oneself; nobody else any."""
    rows = Student.objects.select_related("person", "school", "offering", "cohort")
    reaches = actor.reaches("student")
    if Reach.ALL in reaches:
        return rows
    shown = Q(pk__in=[])
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        shown |= Q(school_id=actor.organisation_id)
    if Reach.CLASS in reaches and actor.user_id:
        shown |= Q(cohort__teacher_id=actor.user_id, school_id=actor.organisation_id)
    if Reach.OWN in reaches and actor.user_id:
        shown |= Q(person__user_id=actor.user_id)
    return rows.filter(shown)


def classes_named(actor: Actor) -> QuerySet[Cohort]:
    """Classes whose students the actor may see by name, as the filter of the list offers them."""
    rows = students_visible_to(actor).order_by().values("cohort_id")
    return Cohort.objects.filter(pk__in=rows).order_by("-grade", "class_name")


def students_of(actor: Actor, cohort: Cohort) -> QuerySet[Student]:
    return students_visible_to(actor).filter(cohort=cohort).order_by("number")


def school_year(day: date) -> int:
    """The school year a day lies in, named by the autumn it started in."""
    return day.year if day.month >= 9 else day.year - 1


def confirmed_since(day: date) -> date:
    """An offering confirmed before this day is stale and counts in no figure."""
    return day - timedelta(days=parameter(CONFIRMED_WITHIN, on=day).whole)


def with_coverage(rows: QuerySet[MajorOffering], year: int, day: date) -> QuerySet[MajorOffering]:
    """Adds what is there of each offering: a year figure, a cohort, a code, a confirmation."""
    years = MajorYear.objects.filter(offering=OuterRef("pk"), year=year)
    cohorts = Cohort.objects.filter(offering=OuterRef("pk"), graduates_on__gte=day)
    return rows.annotate(
        has_year=Exists(years),
        has_cohort=Exists(cohorts),
        is_coded=Q(major__isnull=False),
        is_confirmed=Q(confirmed_on__isnull=False, confirmed_on__gte=confirmed_since(day)),
    )


def live(rows: QuerySet[MajorOffering]) -> QuerySet[MajorOffering]:
    return rows.filter(state__in=LIVE)


def schools_for(actor: Actor) -> QuerySet[Organisation]:
    """Schools whose coverage the actor may see: all for the office, one's own for a school."""
    rows = Organisation.objects.filter(kind__in=SCHOOL_KINDS).exclude(status=Status.MERGED)
    reaches = actor.reaches("supply_figures")
    if Reach.ALL in reaches:
        return rows
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        return rows.filter(pk=actor.organisation_id)
    return rows.none()


def schools_offering() -> QuerySet[Organisation]:
    """Schools with any offering, as the filter lists them; that they offer something is public."""
    rows = MajorOffering.objects.filter(state__in=PUBLIC).values("school_id")
    return Organisation.objects.filter(pk__in=rows).order_by("name")


def teachers_of(school_id: int) -> QuerySet[User]:
    """Those who may be named as a class's teacher: people with a teacher's grant in force."""
    today = clock.today()
    grants = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        organisation_id=school_id, role=Role.TEACHER, starts_on__lte=today,
    )  # fmt: skip
    return User.objects.filter(pk__in=grants.values("user_id"))


def office_ids() -> list[int]:
    """The bodies whose people act as the consortium's office today."""
    rows = RoleGrant.objects.filter(role=Role.OFFICE, ends_on=None).order_by("organisation_id")
    return list(rows.values_list("organisation_id", flat=True).distinct())


def offering_counts(actor: Actor) -> Mapping[str, int]:
    """How many offerings the actor sees in each state, for the workbench."""
    rows = offerings_with_figures_for(actor).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}
