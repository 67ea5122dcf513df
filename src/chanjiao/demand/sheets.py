"""The positions sheet: what a company wants, as the spreadsheet it really keeps."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Case, QuerySet, When
from django.utils.module_loading import import_string

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.core.sheets import Change, Key, Progress, SheetHandler, Values
from chanjiao.demand import requirements, wording
from chanjiao.demand.choices import (
    OPEN,
    DemandState,
    Education,
    Experience,
    Intent,
    Reason,
    SkillLevel,
    Source,
)
from chanjiao.demand.models import JobDemand
from chanjiao.demand.models.demands import MOST_SKILLS
from chanjiao.demand.places import area_checker, node_checker
from chanjiao.demand.queries import demands_visible_to
from chanjiao.demand.rows import FOUND_AGAIN, companies_by_code, values_of
from chanjiao.demand.searching import demands_matching
from chanjiao.engines.tabular import Column, Problem, Sheet
from chanjiao.industry.queries import node_labels
from chanjiao.organisations.queries import area_labels
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import code_checker

BATCH = 1000
# Acts live a floor above the sheet that names them.
APPLY = "chanjiao.demand.services.bulk.apply_changes"


def _words(choices: Any, english: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    return {one.value: (str(one.label), english[one.value]) for one in choices}


EDUCATIONS = {
    Education.ANY.value: ("不限", "Any", "学历不限", "无要求", "不要求"),
    Education.SECONDARY.value: (
        "中职", "Secondary vocational", "中专", "中技", "高中", "职高", "技校", "高中及以下",
        "中专及以上", "高中及以上", "中职及以上",
    ),
    Education.COLLEGE.value: (
        "大专", "Junior college", "高职", "专科", "大专及以上", "高职高专", "专科及以上",
    ),
    Education.BACHELOR.value: (
        "本科", "Bachelor", "学士", "职业本科", "大学本科", "本科及以上",
    ),
    Education.MASTER.value: (
        "硕士及以上", "Master and above", "硕士", "研究生", "博士", "硕士研究生",
    ),
}  # fmt: skip
EXPERIENCES = {
    Experience.ANY.value: ("不限", "Any", "经验不限", "无经验要求"),
    Experience.NONE.value: ("1年以下", "Under 1 year", "应届", "应届生", "无经验"),
    Experience.ONE.value: ("1-3年", "1–3 years", "1—3年"),
    Experience.FOUR.value: ("4-6年", "4–6 years", "4—6年", "3-5年"),
    Experience.SEVEN.value: ("7-9年", "7–9 years", "7—9年", "5-10年"),
    Experience.TEN.value: ("10年以上", "10 years and more"),
}
LEVELS = {
    SkillLevel.APPRENTICE.value: ("学徒工", "Apprentice", "学徒"),
    SkillLevel.JUNIOR.value: ("初级工", "Junior worker", "五级", "五级工", "初级"),
    SkillLevel.INTERMEDIATE.value: ("中级工", "Intermediate worker", "四级", "四级工", "中级"),
    SkillLevel.SENIOR.value: ("高级工", "Senior worker", "三级", "三级工", "高级"),
    SkillLevel.TECHNICIAN.value: ("技师", "Technician", "二级"),
    SkillLevel.SENIOR_TECHNICIAN.value: ("高级技师", "Senior technician", "一级"),
    SkillLevel.SPECIAL.value: ("特级技师", "Special-grade technician"),
    SkillLevel.CHIEF.value: ("首席技师", "Chief technician"),
}
REASONS = _words(
    Reason,
    {
        "expansion": "Expansion", "replacement": "Replacement", "project": "New project",
        "reserve": "Reserve",
    },
)  # fmt: skip
INTENTS = _words(
    Intent,
    {
        "order": "Order class", "apprentice": "Apprenticeship", "intern": "Internship",
        "course": "Joint course", "teacher": "Part-time teacher", "train": "Staff training",
        "problem": "Technical problem", "hire": "Hiring only",
    },
)  # fmt: skip
SOURCES = _words(
    Source,
    {
        "survey": "Questionnaire", "visit": "Visit", "fair": "Fair",
        "adverts": "Online adverts", "project": "Project forecast",
    },
)  # fmt: skip


def pay_in_order(values: Mapping[str, object]) -> Iterable[Problem]:
    low, high = values.get("pay_min"), values.get("pay_max")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield Problem(
            "pay_max", "pay_out_of_order", f"月薪上限 {high} 低于月薪下限 {low}。",
            f"The highest pay {high} is below the lowest {low}.",
            "请核对两列是否填反。", "See whether the two columns were swapped.",
        )  # fmt: skip


def uncoded(values: Mapping[str, object]) -> Iterable[Problem]:
    if not values.get("occupation") and values.get("title"):
        yield Problem(
            "occupation", "uncoded", f"“{values['title']}”未填职业代码。",
            f"“{values['title']}” has no occupation code.",
            "将按历史选择对齐，否则进入对齐队列；对齐前不计入缺口。",
            "It is aligned as decided before, else it waits in the queue and is in no gap figure.",
            warning=True,
        )  # fmt: skip


def past_deadline(values: Mapping[str, object]) -> Iterable[Problem]:
    day = values.get("closes_on")
    if isinstance(day, date) and day < clock.today():
        yield Problem(
            "closes_on", "deadline_past", f"截止日期 {day} 已过。", f"The deadline {day} is past.",
            "导入后即为已过期，不计入统计。", "The line will count as expired.", warning=True,
        )  # fmt: skip


SHEET = Sheet(
    "positions", "岗位需求", "Job demands",
    (
        Column("credit_code", "统一社会信用代码", "Unified social credit code", "uscc",
               required=True, aliases=("信用代码", "社会信用代码", "企业代码")),
        Column("company", "企业名称", "Company", "text", max_length=120,
               aliases=("单位名称", "公司名称", "用人单位"), note_zh="只供核对，不会修改企业名称",
               note_en="To check by eye only; names are not changed"),
        Column("title", "岗位名称", "Position", "text", required=True, max_length=120,
               aliases=("岗位", "职位", "职位名称", "招聘岗位", "工种"), example="数控车工"),
        Column("occupation", "职业代码", "Occupation code", "code",
               aliases=("职业", "职业分类代码", "职业编码"), example="6-18-01-01",
               note_zh="可留空，由系统对齐", note_en="May stay empty; it is then aligned"),
        Column("headcount", "招聘人数", "Headcount", "integer", required=True, minimum=1,
               maximum=100_000, aliases=("需求人数", "人数", "计划招聘人数", "招聘数量"), unit="人",
               example="5"),
        Column("pay_min", "月薪下限", "Lowest monthly pay", "yuan", minimum=0, maximum=1_000_000,
               aliases=("最低月薪", "薪资下限", "最低工资"), unit="元", example="6000"),
        Column("pay_max", "月薪上限", "Highest monthly pay", "yuan", minimum=0, maximum=1_000_000,
               aliases=("最高月薪", "薪资上限", "最高工资"), unit="元", example="9000"),
        Column("closes_on", "截止日期", "Deadline", "date",
               aliases=("招聘截止日期", "有效期", "截止时间")),
        Column("description", "岗位描述", "Description", "text", max_length=5000,
               aliases=("岗位职责", "职位描述", "任职要求", "备注")),
        Column("education", "学历要求", "Education", "choice", choices=EDUCATIONS,
               aliases=("学历",)),
        Column("experience", "经验要求", "Experience", "choice", choices=EXPERIENCES,
               aliases=("工作经验", "工作年限")),
        Column("skill_level", "技能等级", "Skill level", "choice", choices=LEVELS),
        Column("majors", "要求专业", "Majors", "text", max_length=400,
               aliases=("专业要求", "专业", "所需专业"), note_zh="专业代码或名称，用顿号分开",
               note_en="Codes or names of majors, parted by commas"),
        Column("skills", "技能要求", "Skills", "text", max_length=900,
               aliases=("技能", "所需技能"), note_zh="如：数控编程（熟练）、CAD",
               note_en="e.g. CNC programming（熟练）, CAD"),
        Column("place", "工作地点", "Place of work", "text", max_length=80,
               aliases=("地点", "工作地址")),
        Column("area", "所在区域", "Area", "text", max_length=120,
               aliases=("区域", "街道", "网格", "园区", "所属区域"),
               note_zh="区域名称或编码；留空即企业所在区域",
               note_en="Name or code; empty means the company's own area"),
        Column("node", "产业链环节", "Step of the chain", "text", max_length=160,
               aliases=("环节", "所在环节"), note_zh="“产业链/环节”，或环节名称、编码",
               note_en="“Chain/step”, or the step's name or code"),
        Column("arrive_on", "到岗月份", "Month of arrival", "month",
               aliases=("到岗时间", "预计到岗")),
        Column("reason", "用工原因", "Reason", "choice", choices=REASONS),
        Column("intents", "合作意向", "Co-operation wished", "multi_choice", choices=INTENTS),
        Column("source", "来源", "Source", "choice", choices=SOURCES),
    ),
    key=("credit_code", "title", "place"),
    checks=(pay_in_order, uncoded, past_deadline),
    duplicates="warn",
)  # fmt: skip


def majors_checker(check: Callable[[str], Any]) -> Callable[[str], Any]:
    """A list of majors, each read as a code or a name; stored as codes in their order."""

    def read(text: str) -> Any:
        codes: dict[str, None] = {}
        for part in wording.SEPARATORS.split(text):
            if not (word := part.strip()) or word in ("不限", "专业不限"):
                continue
            found = check(word)
            if isinstance(found, Problem) and not found.warning:
                return found
            codes[str(found.value if isinstance(found, Problem) else found)] = None
        return "、".join(codes)

    return read


def skills_checker(text: str) -> Any:
    skills = wording.skills_from(text)
    if len(skills) > MOST_SKILLS:
        return Problem(
            "skills", "too_many_skills", f"技能要求有 {len(skills)} 项。",
            f"There are {len(skills)} skills.",
            f"最多 {MOST_SKILLS} 项，请保留最要紧的。",
            f"At most {MOST_SKILLS}: keep the essential.",
        )  # fmt: skip
    return wording.skills_as_text(skills)


def wordy(read: Callable[[str], str], words: Mapping[str, tuple[str, ...]]) -> Any:
    """A checker for a choice that companies write out: 统招大专以上, 3年以上工作经验.

    What is read from such words is taken with a warning that says what it was taken for.
    """

    def check(text: str) -> Any:
        if text in words:
            return text
        value = read(text)
        if value not in words:
            return None
        zh, en = words[value][:2]
        return Problem(
            "", "read_from_words", f"“{text}”读作“{zh}”。", f"“{text}” is read as “{en}”.",
            "请核对；不对时请改为列表中的选项。", "If that is wrong, write one of the choices.",
            warning=True, value=value,
        )  # fmt: skip

    return check


class PositionSheet(SheetHandler):
    """Companies bring in their own positions, the office everybody's; rows are whole needs."""

    sheet = SHEET
    thing = "demand"

    def checkers(self, actor: Actor) -> Mapping[str, Callable[[str], Any]]:
        return {
            "occupation": code_checker(System.OCCUPATION, levels={4}),
            "company": lambda text: None,  # the register's name stands
            "majors": majors_checker(code_checker(System.MAJOR)),
            "skills": skills_checker,
            "education": wordy(requirements.education_of, EDUCATIONS),
            "experience": wordy(requirements.experience_of, EXPERIENCES),
            "area": area_checker(area_labels()),
            "node": node_checker(node_labels()),
        }

    def existing(self, actor: Actor, keys: Sequence[Key]) -> Mapping[Key, Values]:
        """Lines under these keys; wording that differs by width or blanks is the same."""
        held: dict[Key, Values] = {}
        rows = _own(actor).filter(state__in=FOUND_AGAIN)
        lapsed = Case(When(state=DemandState.EXPIRED, then=0), default=1)
        for part in _by_company(rows, {key[0] for key in keys}):
            for values in values_of(part.order_by(lapsed, "pk")):
                held[_normal(values)] = values
        found = {}
        for key in keys:
            normal = (key[0], wording.key(key[1]), key[2].strip())
            if normal in held:
                found[key] = held[normal]
        return found

    def rows(self, actor: Actor, filters: Mapping[str, str]) -> Iterable[Values]:
        rows = demands_visible_to(actor)
        if not filters:
            return values_of(rows.filter(state__in=OPEN))
        return values_of(demands_matching(rows, filters))

    def keys(self, actor: Actor) -> Iterable[Key]:
        rows = _own(actor).filter(state__in=OPEN).order_by("pk")
        for code, title, place in rows.values_list("company__credit_code", "title", "place"):
            yield (code or "", title, place)

    def conflicts(self, actor: Actor, rows: Sequence[Values]) -> Sequence[tuple[int, Problem]]:
        known = companies_by_code({row["credit_code"] for row in rows})
        found: list[tuple[int, Problem]] = []
        seen: dict[Key, int] = {}
        for index, row in enumerate(rows):
            company_id = known.get(row["credit_code"])
            if company_id is None:
                found.append((index, _unknown_company(row["credit_code"])))
            elif not actor.may_here("demand", Action.CREATE, company_id):
                found.append((index, _not_yours(row["credit_code"], actor)))
            first = seen.setdefault(_normal(row), index)
            if first != index:
                found.append((index, _twice(row, same=_alike(rows[first], row))))
        return found

    def apply(self, actor: Actor, changes: Sequence[Change], progress: Progress) -> None:
        import_string(APPLY)(actor, changes, progress)


def _own(actor: Actor) -> QuerySet[JobDemand]:
    """Lines the actor may change: everybody's for the office, one's own for a company."""
    rows = JobDemand.objects.all()
    if actor.may_all("demand", Action.UPDATE):
        return rows
    return rows.filter(company_id=actor.organisation_id)


def _by_company(rows: QuerySet[JobDemand], codes: Iterable[str]) -> Iterable[QuerySet[JobDemand]]:
    """The rows of some companies at a time, however many companies the file names."""
    ids = sorted(set(companies_by_code(codes).values()))
    for start in range(0, len(ids), BATCH):
        yield rows.filter(company_id__in=ids[start : start + BATCH])


def _normal(values: Values) -> Key:
    place = values.get("place") or ""
    return (str(values["credit_code"]), wording.key(str(values["title"])), str(place).strip())


def _alike(one: Values, other: Values) -> bool:
    return all(one.get(name) == other.get(name) for name in one if name != "title")


def _unknown_company(code: str) -> Problem:
    return Problem(
        "credit_code", "unknown_company", f"没有登记统一社会信用代码为 {code} 的企业。",
        f"No company with the credit code {code} is registered.",
        "请先导入企业表，或核对代码。",
        "Import the companies first, or see whether the code is right.",
    )  # fmt: skip


def _not_yours(code: str, actor: Actor) -> Problem:
    return Problem(
        "credit_code", "not_yours", f"{code} 不是“{actor.organisation_name}”的代码。",
        f"{code} is not the code of {actor.organisation_name}.",
        "只能导入本机构的岗位，请删去此行。",
        "Only your own positions can be imported: delete the row.",
    )  # fmt: skip


def _twice(row: Values, *, same: bool) -> Problem:
    return Problem(
        "title", "same_position", f"岗位“{row['title']}”在本企业同一地点已出现过。",
        f"The position “{row['title']}” has appeared for this company and place.",
        "重复行只保留一行。" if same else "请合并人数，或在“工作地点”中写明区别。",
        "Only one of the rows is kept." if same
        else "Add the headcounts up, or tell them apart in the place of work.",
        warning=same,
    )  # fmt: skip
