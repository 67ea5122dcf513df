"""Supply as figures see it: expected graduates of a year, line by line, and what is left out.

Expected graduates of year y = Σ size × (1 − loss) × (1 − further study) over the classes that
finish in y; where a school has no class on record, the registrations of the matching autumn
stand in. Loss and further study come from the offering's own history, else from a parameter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.urls import reverse

from chanjiao.core.metrics import Metric, Moment, Words
from chanjiao.core.roles import Role
from chanjiao.supply.choices import LIVE, ON_ROLL
from chanjiao.supply.models import Cohort, MajorOffering, MajorYear, Student
from chanjiao.supply.queries import (
    cohorts_visible_to,
    confirmed_since,
    offerings_visible_to,
    students_visible_to,
    with_sizes,
    years_visible_to,
)
from chanjiao.supply.rates import Counts, Defaults, Rate, expected, further_rate, loss_rate

COHORT, INTAKE = "cohort", "intake"
AHEAD = 4


@dataclass(frozen=True, slots=True)
class SupplyLine:
    """What one offering should bring to the labour market in one year.

    ``source`` says whether classes or an autumn's registrations were counted; each rate carries
    its own basis (``history`` or ``parameter``).
    """

    offering_id: int
    school_id: int
    area_id: int | None
    major_id: int | None
    major: str
    level: str
    year: int
    size: int
    loss: Rate
    further: Rate
    expected: Decimal
    source: str

    @property
    def basis(self) -> str:
        return f"{self.source}/{self.loss.basis}/{self.further.basis}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Offerings that are in no figure of the year, and why not."""

    reason: str
    offerings: int
    people: int


def standing(as_of: date) -> QuerySet[MajorOffering]:
    """Live offerings that their school has confirmed recently enough to count on the day."""
    since = confirmed_since(as_of)
    return MajorOffering.objects.filter(state__in=LIVE, confirmed_on__range=(since, as_of))


def counted(as_of: date) -> QuerySet[MajorOffering]:
    """The numerator's ground: standing and coded."""
    return standing(as_of).filter(major__isnull=False)


def lines_for_gap(year: int, as_of: date) -> Iterator[SupplyLine]:
    """Expected graduates of ``year`` for every counted offering that has any, in five queries."""
    yield from lines_of(counted(as_of), year, as_of)


def lines_of(
    rows: QuerySet[MajorOffering], year: int, as_of: date, defaults: Defaults | None = None
) -> Iterator[SupplyLine]:
    """The same for any offerings: one page's, one school's, or those that figures leave out."""
    offerings = list(rows.select_related("school", "major").order_by("pk"))
    defaults = defaults or Defaults.on(as_of)
    within = [offering.pk for offering in offerings]
    sizes = _sizes(year, within)
    history = _history(year, within)
    for offering in offerings:
        years = history.get(offering.pk, {})
        found = _size(offering, year, sizes, years)
        if found is None:
            continue
        size, source = found
        loss = loss_rate(years, min(year, as_of.year + 1), offering.duration, defaults)
        further = further_rate(years, min(year, as_of.year + 1), offering.level, defaults)
        yield SupplyLine(
            offering.pk, offering.school_id, offering.school.area_id, offering.major_id,
            offering.major.code if offering.major else offering.code, offering.level, year,
            size, loss, further, expected(size, loss, further), source,
        )  # fmt: skip


def outlook(offering_id: int, day: date) -> list[SupplyLine]:
    """One offering's lines for this year and the years ahead, as its page shows them."""
    rows, defaults = MajorOffering.objects.filter(pk=offering_id), Defaults.on(day)
    years = range(day.year, day.year + AHEAD + 1)
    return [line for year in years for line in lines_of(rows, year, day, defaults)]


def left_out(year: int, as_of: date) -> list[LeftOut]:
    """Offerings of the year that are not counted, for each reason a reader may ask about."""
    live = MajorOffering.objects.filter(state__in=LIVE)
    stale = ~Q(confirmed_on__range=(confirmed_since(as_of), as_of)) | Q(confirmed_on__isnull=True)
    groups = {
        "uncoded": standing(as_of).filter(major__isnull=True),
        "stale": live.filter(stale),
    }
    found = []
    for reason, rows in groups.items():
        lines = list(lines_of(rows, year, as_of))
        found.append(LeftOut(reason, rows.count(), sum(line.size for line in lines)))
    with_lines = {line.offering_id for line in lines_for_gap(year, as_of)}
    silent = counted(as_of).exclude(pk__in=with_lines)
    return [*found, LeftOut("no_cohort", silent.count(), 0)]


def cohorts_behind(line_offering: int, year: int) -> QuerySet[Cohort]:
    """The rows that a line opens: the classes of the offering that finish in the year."""
    rows = Cohort.objects.filter(offering=line_offering, graduates_on__year=year)
    return with_sizes(rows.select_related("offering", "offering__school"))


def _size(
    offering: MajorOffering, year: int, sizes: Mapping[int, int], years: Mapping[int, Counts]
) -> tuple[int, str] | None:
    if offering.pk in sizes:
        return sizes[offering.pk], COHORT
    span = int(offering.duration.to_integral_value(rounding="ROUND_CEILING"))
    start = years.get(year - span)
    if start is None or start.registered is None:
        return None
    return start.registered, INTAKE


def _sizes(year: int, within: Iterable[int]) -> dict[int, int]:
    rows = with_sizes(Cohort.objects.filter(graduates_on__year=year)).order_by()
    wanted, found = set(within), defaultdict(int)
    for offering, size in rows.values_list("offering_id", "size"):
        if offering in wanted and size is not None:
            found[offering] += size
    return dict(found)


def _history(year: int, within: Iterable[int]) -> dict[int, dict[int, Counts]]:
    wanted: set[int] = set(within)
    found: dict[int, dict[int, Counts]] = defaultdict(dict)
    rows = MajorYear.objects.filter(year__lte=year).order_by().values_list(
        "offering_id", "year", "registered", "graduates", "further_study"
    )  # fmt: skip
    for offering, of_year, registered, graduates, further in rows.iterator(chunk_size=5000):
        if offering in wanted:
            found[offering][of_year] = Counts(registered, graduates, further)
    return found


# ------------------------------------------------------------------- what stands in the registry


def _offerings(moment: Moment) -> QuerySet[MajorOffering]:
    return MajorOffering.objects.all()


def _is_live(moment: Moment) -> Q:
    return Q(state__in=LIVE)


def _confirmed(moment: Moment) -> Q:
    return Q(confirmed_on__range=(confirmed_since(moment.as_of), moment.as_of))


METRICS = (
    Metric(
        "offerings_live",
        Words("开设专业点", "Majors offered"),
        Words("备案、在招、限招或停招的专业点数", "Majors filed, open, limited or stopped"),
        "个", Role.SCHOOL_ADMIN,
        rows=_offerings, numerator=_is_live, body="school", base="offerings",
        thing="supply", visible_to=offerings_visible_to,
        row_url=lambda row: reverse("supply:offering", args=[row.pk]),
    ),
    Metric(
        "offerings_confirmed",
        Words("专业点确认率", "Majors confirmed in time"),
        Words("开设专业点中学校按期确认过的占比", "Share of live majors that were confirmed"),
        "%", Role.SCHOOL_ADMIN,
        rows=_offerings, numerator=_confirmed, denominator=_is_live, body="school",
        base="offerings", thing="supply", visible_to=offerings_visible_to,
        row_url=lambda row: reverse("supply:offering", args=[row.pk]),
    ),
    Metric(
        "enrolment_completion",
        Words("招生计划完成率", "Enrolment plan completion"),
        Words(
            "本学年报到人数除以招生计划；计划或报到数未填的专业点不在两者之内",
            "People registered over places planned; majors lacking either number are in neither",
        ),
        "%", Role.SCHOOL_ADMIN,
        rows=lambda moment: MajorYear.objects.filter(year=moment.year),
        numerator=lambda moment: Q(),
        denominator=lambda moment: Q(plan__gt=0, registered__isnull=False),
        body="offering__school", amount="registered", amount_below="plan",
        thing="supply_figures", visible_to=years_visible_to,
        row_url=lambda row: reverse("supply:offering", args=[row.offering_id]),
        caveat=Words("以报到人数计，不以录取人数计", "Registered, not admitted"),
    ),
    Metric(
        "classes_finishing",
        Words("当年毕业班", "Classes finishing in the year"),
        Words("预计在当年毕业的班级数", "Classes that should graduate in the year"),
        "个", Role.SCHOOL_ADMIN,
        rows=lambda moment: Cohort.objects.all(),
        numerator=lambda moment: Q(graduates_on__year=moment.year),
        body="offering__school", thing="supply_figures", visible_to=cohorts_visible_to,
        row_url=lambda row: reverse("supply:cohort", args=[row.pk]),
    ),
    Metric(
        "students_on_roll",
        Words("在籍学生", "Students on the roll"),
        Words("在籍或休学的学生数", "Students enrolled or suspended"),
        "人", Role.SCHOOL_ADMIN,
        rows=lambda moment: Student.objects.all(),
        numerator=lambda moment: Q(status__in=sorted(ON_ROLL)), body="school",
        thing="student", visible_to=students_visible_to,
        row_url=lambda row: reverse("supply:student", args=[row.pk]),
        caveat=Words(
            "学籍状态以现状为准；明细只有学校能打开",
            "Of today's roll; only the school opens the rows",
        ),
    ),
)  # fmt: skip
