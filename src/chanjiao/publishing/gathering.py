"""From the region's records to the material of a list, at one moment and for one quarter."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import F, Q, QuerySet

from chanjiao.core import files
from chanjiao.core.models import StoredFile
from chanjiao.core.parameters import Parameter, parameter
from chanjiao.demand.choices import (
    COUNTED,
    Education,
    Intent,
    SkillLevel,
    Source,
    TargetState,
    Visibility,
)
from chanjiao.demand.models import JobDemand
from chanjiao.gaps.choices import Band
from chanjiao.organisations.queries import consortium_of_region
from chanjiao.publishing.correcting import corrected, coverage_of, unpack
from chanjiao.publishing.lines import (
    Coverage,
    GapSource,
    Heading,
    Line,
    Material,
    Names,
    Threshold,
)
from chanjiao.publishing.models import Quarter, Version
from chanjiao.publishing.standing import standing, targets_of
from chanjiao.publishing.studies import gap_behind
from chanjiao.standards.choices import LinkState, Relation, System
from chanjiao.standards.models import Code, CodeLink

MOST_MAJORS = 6
ANSWERED = (TargetState.ANSWERED, TargetState.NOTHING)

# What the choices of the demand form are called in English files; the Chinese is their label.
EDUCATION_EN = {
    "0": "Any", "1": "Secondary vocational", "2": "Junior college", "3": "Bachelor",
    "4": "Master or above",
}  # fmt: skip
SKILL_EN = {
    "0": "Apprentice", "1": "Junior worker", "2": "Intermediate worker", "3": "Senior worker",
    "4": "Technician", "5": "Senior technician", "6": "Special technician", "7": "Chief technician",
}  # fmt: skip
SOURCE_EN = {
    "survey": "Survey", "visit": "Visit", "fair": "Matching fair", "adverts": "Job adverts",
    "project": "Projection",
}  # fmt: skip
INTENT_EN = {
    "order": "Order class", "apprentice": "Apprentices", "intern": "Internships",
    "course": "Joint courses", "teacher": "Part-time teachers", "train": "Staff training",
    "problem": "Technical problems", "hire": "Hiring only",
}  # fmt: skip
BAND_EN = {
    "severe": "Severely short", "short": "Short", "some": "Somewhat short", "none": "Not short",
}  # fmt: skip


def gather(
    quarter: Quarter, *, number: str, version: int, at: datetime, correction: str = ""
) -> Material:
    """Everything the snapshot will be built from; raises ``LookupError`` without its rules."""
    lines, covered, gap = _ground(quarter)
    occupations = {line.occupation for line in lines}
    return Material(
        heading=_heading(quarter, number, version, at, correction),
        lines=lines,
        coverage=covered,
        min_companies=_threshold(parameter("small_cell_companies", on=quarter.as_of)),
        min_people=_threshold(parameter("small_cell_people", on=quarter.as_of)),
        gap=gap,
        occupations=_names(System.OCCUPATION, _with_parents(occupations)),
        industries=_names(System.INDUSTRY, {line.industry[:1] for line in lines}),
        educations=_chosen(Education, EDUCATION_EN),
        skill_levels=_chosen(SkillLevel, SKILL_EN),
        sources=_chosen(Source, SOURCE_EN),
        forms=_chosen(Intent, INTENT_EN),
        bands=_chosen(Band, BAND_EN),
        majors_of=_majors_of(occupations),
    )


def _ground(quarter: Quarter) -> tuple[tuple[Line, ...], Coverage, GapSource | None]:
    """What stands now; for a correction what stood then, but for the positions named."""
    before = frozen_before(quarter)
    if before is None:
        return tuple(_lines(standing(quarter))), coverage(quarter), gap_behind(quarter)
    lines, covered, gap = unpack(files.content(before))
    named = JobDemand.objects.filter(pk__in=quarter.corrected, state__in=COUNTED)
    now = _lines(named.filter(headcount__gt=F("filled")))
    mended = corrected(lines, set(quarter.corrected), now)
    return mended, coverage_of(covered, mended), gap


def frozen_before(quarter: Quarter) -> StoredFile | None:
    """The ground of the version that a correction mends; None when nothing is being corrected."""
    if not quarter.correction:
        return None
    last = Version.objects.filter(publication__quarter=quarter).order_by("-number").first()
    return last.snapshot.material if last else None


def coverage(quarter: Quarter) -> Coverage:
    """Companies asked and answering, and lines that are in or out of the figures."""
    targets = targets_of(quarter)
    lines = standing(quarter)
    stale = Q(state="expired") | Q(state__in=("valid", "partly"), valid_until__lt=quarter.as_of)
    return Coverage(
        asked=targets.values("company").distinct().count(),
        answered=targets.filter(state__in=ANSWERED).values("company").distinct().count(),
        nothing_needed=targets.filter(state=TargetState.NOTHING)
        .values("company")
        .distinct()
        .count(),
        lines=lines.count(),
        unmapped_lines=lines.filter(occupation=None).count(),
        stale_lines=JobDemand.objects.filter(stale, year=quarter.year).count(),
    )


def _heading(quarter: Quarter, number: str, version: int, at: datetime, correction: str) -> Heading:
    consortium = consortium_of_region()
    office = consortium.office if consortium else None
    site = str(settings.SITE_NAME)
    return Heading(
        number=number,
        version=version,
        year=quarter.year,
        quarter=quarter.number,
        region=(consortium.name, consortium.name_en) if consortium else (site, site),
        publisher=(office.name, office.name_en) if office else (site, site),
        as_of=quarter.as_of,
        frozen_at=at.astimezone(UTC).replace(microsecond=0).isoformat(),
        correction=correction,
    )


def _lines(demands: QuerySet[JobDemand]) -> list[Line]:
    rows = (
        demands
        .order_by("pk")
        .values_list(
            "pk", "company_id", "company__name", "title", "headcount", "filled", "occupation__code",
            "company__industry__code", "education", "skill_level", "area__name", "pay_min_yuan",
            "pay_max_yuan", "source", "intents", "visibility", "confirmed_on", "valid_until",
        )
    )  # fmt: skip
    return [
        Line(
            demand=pk, company=str(company), company_name=name, title=title,
            headcount=headcount - filled,
            occupation=occupation or "", industry=industry or "", education=education,
            skill_level=skill, area=area or "", pay_low=low, pay_high=high, source=source,
            forms=tuple(sorted(forms)), is_public=visibility == Visibility.PUBLIC,
            confirmed_on=confirmed, valid_until=valid,
        )
        for (
            pk, company, name, title, headcount, filled, occupation, industry, education, skill,
            area, low, high, source, forms, visibility, confirmed, valid,
        ) in rows.iterator(chunk_size=5000)
    ]  # fmt: skip


def _with_parents(codes: Collection[str]) -> set[str]:
    """Codes with those above them, which name the rows that were pooled."""
    found: set[str] = set()
    for code in codes:
        parts = code.split("-")
        found.update("-".join(parts[:depth]) for depth in range(1, len(parts) + 1))
    return found - {""}


def _names(system: str, codes: Collection[str]) -> Names:
    rows = Code.objects.filter(system=system, code__in=codes).order_by("valid_from")
    return {code: (zh, en) for code, zh, en in rows.values_list("code", "name", "name_en")}


def _chosen(choices: type, english: Mapping[str, str]) -> Names:
    """Labels in the language of the source, whatever language the person who freezes reads."""
    from django.utils.translation import override

    with override("zh-hans"):
        return {value: (str(label), english[value]) for value, label in choices.choices}


def _majors_of(occupations: Collection[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Majors that lead to each occupation by accepted links, the strongest first."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    links = CodeLink.objects.filter(
        relation=Relation.MAJOR_OCCUPATION,
        state=LinkState.ACCEPTED,
        target__code__in=occupations,
    ).order_by("target__code", "-strength", "source__code")
    for target, code, name in links.values_list("target__code", "source__code", "source__name"):
        if len(found[target]) < MOST_MAJORS and (code, name) not in found[target]:
            found[target].append((code, name))
    return {target: tuple(majors) for target, majors in found.items()}


def _threshold(rule: Parameter) -> Threshold:
    return Threshold(rule.name, rule.whole, rule.title, rule.source)
