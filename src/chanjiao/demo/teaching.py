"""Second stage: what the schools have, by their own sheets, and how majors lead to occupations."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from chanjiao.core import clock
from chanjiao.core.actor import SYSTEM, Actor
from chanjiao.core.roles import Role
from chanjiao.demo import schooling
from chanjiao.demo.loading import load_sheet
from chanjiao.demo.region import Region
from chanjiao.organisations.models import Organisation
from chanjiao.standards.choices import Basis, LinkState, Relation, System
from chanjiao.standards.codebook import ids_of
from chanjiao.standards.models import Code, CodeLink
from chanjiao.supply.models import MajorOffering
from chanjiao.supply.services import filing, offerings

LIST_BEGINS = date(2021, 3, 12)
STOPPED_BECAUSE = "就业去向连续两年处于末位，2026 级起停招；在读 62 人按原方案培养至毕业。"


def build_catalogue(region: Region) -> None:
    """The city's own list for schools whose catalogues are not shipped, as the office loads it."""
    parents = {
        code.code: code
        for code in Code.objects.filter(system=System.MAJOR, level=1, flags__contains="中职")
    }
    Code.objects.bulk_create(
        Code(
            system=System.MAJOR, code=code, name=name, level=3, parent=parents.get(parent),
            flags="自编", search_text=f"{code} {name}", valid_from=LIST_BEGINS,
        )
        for code, (name, parent) in region.own_majors.items()
    )  # fmt: skip


def build_crosswalk(region: Region, office: Actor) -> None:
    """The reviewed links between the region's majors and occupations."""
    pairs = [(m, o.code, s) for o in region.occupations for m, s in o.majors.items()]
    majors = ids_of(System.MAJOR, {major for major, _o, _s in pairs})
    occupations = ids_of(System.OCCUPATION, {code for _m, code, _s in pairs})
    for major, occupation, strength in pairs:
        CodeLink.objects.update_or_create(
            relation=Relation.MAJOR_OCCUPATION,
            source_id=majors[major],
            target_id=occupations[occupation],
            defaults={
                "strength": Decimal(str(strength)), "basis": Basis.EXPERT,
                "reason": "专业建设委员会会商", "state": LinkState.ACCEPTED,
                "reviewed_by_id": office.user_id, "reviewed_at": clock.now(),
            },
        )  # fmt: skip


def build_schools(region: Region, year: int) -> list[schooling.Class]:
    """Majors, classes and yearly figures of every school, and some rosters of the lead school."""
    found = list(schooling.classes(region, year))
    load_sheet(SYSTEM, "major_offerings", schooling.offering_rows(region))
    load_sheet(SYSTEM, "major_years", schooling.year_rows(found, [year - 2, year - 1]))
    load_sheet(SYSTEM, "cohorts", schooling.cohort_rows(found))
    return found


def build_students(region: Region, found: Iterable[schooling.Class], year: int) -> None:
    load_sheet(SYSTEM, "students", schooling.student_rows(region, found, year))


def confirm_schools(names: Iterable[str]) -> None:
    """What each school's office does once a year: its majors are still as they stand."""
    for school in Organisation.objects.filter(name__in=list(names)):
        offerings.confirm_all(_people_of(school))


def answer_the_gap(region: Region) -> None:
    """Stories 1 and 2: one school files storage materials, another stops accounting."""
    lead = Organisation.objects.get(name=next(s.name for s in region.schools if s.is_lead))
    load_sheet(_people_of(lead), "major_offerings", [schooling.new_major_row(region)])
    planned = MajorOffering.objects.get(school=lead, code=schooling.NEW_MAJOR)
    filing.make(_people_of(lead), planned.pk, "submit")
    school, major = schooling.STOPPED
    stopped = MajorOffering.objects.get(school__name=school, code=major)
    filing.make(_people_of(stopped.school), stopped.pk, "stop", STOPPED_BECAUSE)


def _people_of(school: Organisation) -> Actor:
    return Actor(
        name="教务处", organisation_id=school.pk, organisation_name=school.name,
        roles=frozenset({Role.SCHOOL_ADMIN}), via="command",
    )  # fmt: skip
