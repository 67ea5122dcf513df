"""A pasted vacancy becomes the values of a demand form; nothing is kept until somebody confirms."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext as _, gettext_lazy

from chanjiao.core.parameters import parameter
from chanjiao.demand import wording
from chanjiao.demand.choices import Education, SkillDegree
from chanjiao.demand.models.demands import MOST_SKILLS
from chanjiao.demand.requirements import span_of
from chanjiao.engines.taxonomy.postings import Found, PayRules, Reading
from chanjiao.organisations.models import Organisation
from chanjiao.standards.aligning import memory_for
from chanjiao.standards.choices import System
from chanjiao.standards.codebook import code_list
from chanjiao.standards.postings import running_parser

LONGEST_PLACE, LONGEST_MAJORS, LONGEST_DESCRIPTION = 80, 400, 5000
MOST_PEOPLE, MOST_PAY = 100_000, 1_000_000
DEGREES = {
    "master": SkillDegree.MASTER, "skilled": SkillDegree.SKILLED, "aware": SkillDegree.AWARE,
}  # fmt: skip
#: Ways to reach a person, which are nobody's need: mobile and fixed lines, mail, QQ, WeChat, names.
CONTACTS = re.compile(
    r"(?<!\d)1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)|(?<!\d)(?:\(?0\d{2,3}\)?[\s-]?)?[2-9]\d{6,7}(?:-\d{1,5})?(?!\d)"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<=联系人[:：])\s*[\u4e00-\u9fff]{2,5}"
    r"|(?:QQ|微信号?|weixin|wechat|vx)(?:同号|号)?\s*[:：]?\s*[\w-]{5,20}",
    re.IGNORECASE,
)
LABELS = {
    "title": gettext_lazy("岗位名称"),
    "headcount": gettext_lazy("招聘人数"),
    "wage": gettext_lazy("月薪"),
    "places": gettext_lazy("工作地点"),
    "education": gettext_lazy("学历要求"),
    "experience": gettext_lazy("经验要求"),
    "majors": gettext_lazy("要求专业"),
    "skills": gettext_lazy("技能要求"),
    "certificates": gettext_lazy("证书要求"),
    "hours": gettext_lazy("工作时间"),
    "hazards": gettext_lazy("工作环境"),
}


IN_FORM = frozenset(
    ["title", "headcount", "wage", "places", "education", "experience", "majors", "skills"]
)


@dataclass(frozen=True, slots=True)
class Quote:
    """One field as it was read: the posting's own words, and what a person should look at."""

    label: str
    words: str
    is_doubtful: bool
    reason: str
    choices: tuple[str, ...]
    is_in_form: bool


@dataclass(frozen=True, slots=True)
class Pasted:
    """What to put into the form, the quotes it came from, and which fields were not told."""

    initial: Mapping[str, Any]
    quotes: tuple[Quote, ...]
    missing: tuple[str, ...]
    is_cut: bool


def read_pasted(text: str, company: Organisation | None) -> Pasted:
    """Read a vacancy as somebody pasted it; telephone numbers and mail addresses are left out."""
    pay = PayRules(
        float(parameter("pay_days_per_month").value), float(parameter("pay_hours_per_day").value)
    )
    threshold = float(parameter("posting_field_from").value)
    home = company.region_code[:6] if company else ""
    reading = running_parser(threshold=threshold, pay=pay, home=home).parse(text)
    initial = {**dict(_values(reading)), "description": without_contacts(text)}
    initial["occupation"] = _occupation(reading, company.pk if company else None)
    told = {name: _found(reading, name) for name in LABELS}
    return Pasted(
        initial,
        tuple(_quote(name, one) for name, found in told.items() for one in found),
        tuple(str(LABELS[name]) for name, found in told.items() if not found and name in IN_FORM),
        reading.is_cut,
    )


def without_contacts(text: str) -> str:
    """The vacancy as a description: what would reach a person is left out, and says so."""
    return CONTACTS.sub(_("（联系方式已略）"), text.strip())[:LONGEST_DESCRIPTION]


def _found(reading: Reading, name: str) -> list[Found]:
    value = getattr(reading, name)
    return value if isinstance(value, list) else [value] if value else []


def _quote(name: str, found: Found) -> Quote:
    is_english = (get_language() or "").startswith("en")
    reasons = [pair for one in found.candidates[:1] for pair in one.reasons]
    choices = [one.code for one in found.candidates if one.code and one.code != found.code]
    systems = {"places": System.REGION, "majors": System.MAJOR}
    codes = code_list(systems[name]) if name in systems else {}
    return Quote(
        str(LABELS[name]), found.quote, found.is_queued,
        (reasons[0][1] if is_english else reasons[0][0]) if reasons and found.is_queued else "",
        tuple(f"{code} {codes[code].name}" for code in choices if code in codes),
        name in IN_FORM and not (name == "majors" and not found.code),
    )  # fmt: skip


def _values(reading: Reading) -> Iterator[tuple[str, Any]]:
    """The form's fields that the posting tells, in the form's own terms."""
    if reading.title:
        yield "title", reading.title.quote[:120]
    if reading.headcount and reading.headcount.value.low:
        yield "headcount", min(reading.headcount.value.low, MOST_PEOPLE)
    yield from _pay(reading.wage)
    if reading.places:
        yield "place", "、".join(one.quote for one in reading.places)[:LONGEST_PLACE]
    if reading.education:
        asked = reading.education.value
        yield "education", str(asked.level) if asked.is_required else Education.ANY
    if reading.experience:
        yield "experience", span_of(reading.experience.value)
    yield "majors_text", _majors(reading.majors)
    yield "skills_text", _skills(reading.skills)


def _occupation(reading: Reading, company_id: int | None) -> str:
    """What was decided about the title before, else the code that was read if it is sure."""
    if not reading.title:
        return ""
    title = reading.title.quote
    memory = memory_for(System.OCCUPATION, [company_id], [title])[company_id]
    decided = memory.get(title)
    if decided is not None:
        return decided[0]
    found = reading.occupation
    return found.code if found and not found.is_queued else ""


def _pay(wage: Found | None) -> Iterator[tuple[str, int]]:
    ends = (wage.value.low, wage.value.high) if wage else (None, None)
    for field, yuan in zip(("pay_min_yuan", "pay_max_yuan"), ends, strict=True):
        if yuan is not None and yuan <= MOST_PAY:
            yield field, yuan


def _majors(found: list[Found]) -> str:
    """Names where they mean one code only, else codes; as many as the field holds."""
    majors, words = code_list(System.MAJOR), dict[str, None]()
    for one in found:
        if one.code:
            alone = len(majors.named(one.name)) == 1
            words[one.name if alone else one.code] = None
    text = ""
    for word in words:
        longer = f"{text}、{word}" if text else word
        if len(longer) > LONGEST_MAJORS:
            break
        text = longer
    return text


def _skills(found: list[Found]) -> str:
    pairs = [
        (one.value.name, DEGREES.get(one.value.level, SkillDegree.ABLE).value) for one in found
    ]
    return wording.skills_as_text(pairs[:MOST_SKILLS])
