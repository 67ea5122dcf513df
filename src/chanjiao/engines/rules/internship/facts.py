"""The facts of one internship, in the order of a row, with the words people know them by.

A fact without words is the engine's own and is never asked for.
"""

from datetime import date
from typing import Any

from chanjiao.engines.rules.functions import GENERAL
from chanjiao.engines.rules.internship.covers import COVERS
from chanjiao.engines.rules.internship.records import Headcount, Placement, Post, Student, Unit
from chanjiao.engines.rules.internship.rosters import ROSTERS
from chanjiao.engines.rules.laws import Subject
from chanjiao.engines.rules.packs import FactSpec, Words

_TABLE = """
judged_on|date||
counted_on|date||
kind|text|实习类型|kind of internship
mode|text|实习组织方式|how the place was found
start_on|date|开始日期|first day
end_on|date|结束日期|last day
unit_name|text|实习单位|unit
unit_area|text|单位所在区划|area of the unit
unit_venue|text|单位场所类型|type of venue of the unit
unit_staff|number|在岗职工数|staff on post
unit_staff_on|date|在岗职工数的日期|day of the staff count
unit_peak|span|单位同期实习学生数（各校安排的类型与起止）|interns at the unit (kind, days of each)
unit_peak_on|date|实习学生最多的一天|day with most interns
inspected_on|date|实习单位考察评估日期|day the unit was inspected
is_lawful|flag|单位合法经营|unit is lawful
is_listed|flag|单位名单已公布|unit is on the published list
credit_checked_on|date|信用与安全记录查询日期|day the credit record was asked for
safety_offences|days|安全违法记录|safety offences
post_name|text|岗位|post
post_workers|number|同类岗位职工数|workers at this kind of post
post_workers_on|date|同类岗位职工数的日期|day of the count of workers
post_peak|span|岗位同期实习学生数（各校安排的类型与起止）|interns at the post (kind, days of each)
post_peak_on|date|岗位实习学生最多的一天|day with most interns at the post
hazards|codes|岗位危害因素|hazards of the post
risks|codes|岗位高风险项目|risks of the post
intensity|number|体力劳动强度分级|class of labour intensity
post_venue|text|岗位所在场所类型|type of venue of the site
wage_standard_yuan|number|同岗位工资标准|wage standard of the post
lowest_grade_yuan|number|同岗位最低档工资|lowest wage grade of the post
post_major_classes|codes|岗位对应的专业大类|major classes the post fits
birth_on|date|学生出生日期|student's date of birth
sex|text|学生性别|student's sex
grade|number|上岗时的年级|grade on the first day
entered_on|date|入学日期|day of entering the school
major_class|text|学生专业大类|student's major class
is_special_major|flag|是否特殊专业|special major
work|work|排班表（须覆盖整个实习期）|roster (over the whole placement)
calendar|calendar|节假日与调休安排|calendar of holidays and make-up days
organiser|text|实习组织者|organiser
parties|codes|合同链各方|parties of the contracts
works_independently|flag|是否相对独立参与实际工作|works relatively independently
pay_yuan|number|月实习报酬|pay a month
hourly_pay_yuan|number|小时实习报酬|pay an hour
pay_cycle|text|报酬支付周期|pay cycle
pay_form|text|报酬支付形式|form of pay
paid_to|text|报酬收款人|who is paid
has_agreement|flag|三方协议|three-party agreement
agreement_model|text|三方协议文本版本|model of the agreement
agreement_signed_by|codes|三方协议签署方|who signed the agreement
agreement_signed_on|date|三方协议签署日期|day of the last signature
agreement_sha256|text|三方协议文件摘要|hash of the agreement's file
has_student_consent|flag|学生知情同意书|student's consent
student_consent_on|date|学生知情同意书日期|day of the student's consent
has_guardian_consent|flag|监护人知情同意书|guardian's consent
guardian_consent_on|date|监护人知情同意书日期|day of the guardian's consent
fees_yuan|number|向学生收取的费用|fees taken from the student
asks_guarantee|flag|是否要求担保|a guarantee is asked for
keeps_papers|flag|是否扣押证件|papers are kept
total_days|number|实习总天数（含换岗前后）|days in all (posts changed included)
insurance|policies|实习责任保险（单号、险种、起止、付费方）|insurance (no., kind, days, payer)
has_school_tutor|flag|校内指导人员|school tutor
has_mentor|flag|企业指导人员|unit mentor
has_plan_filing|flag|实习方案备案|filing of the plan
plan_filing_no|text|实习方案备案号|filing number of the plan
plan_filed_on|date|实习方案备案日期|day the plan was filed
has_self_found_papers|flag|自主实习申请材料|papers of a self-found place
self_found_applied_on|date|自主实习学生申请日期|day of the student's application
self_found_guardian_on|date|自主实习监护人同意日期|day of the guardian's word
self_found_approved_on|date|自主实习学校审核日期|day of the school's approval
is_voluntary|flag|学生自愿声明|student declares it is voluntary
has_complaint_channel|flag|投诉渠道|channel for complaints
force_complaints|number|强制实习投诉数|complaints of being forced
has_safety_test|flag|岗前安全教育考核|safety test
safety_passed|flag|岗前安全教育考核结果|result of the safety test
safety_passed_on|date|岗前安全教育考核日期|day of the safety test
has_data_consent|flag|向该企业提供个人信息的单独同意|separate consent to share data
data_consent_on|date|单独同意日期|day of the consent to share data
data_consent_withdrawn|flag|单独同意是否已撤回|consent to share data withdrawn
data_guardian_on|date|监护人同意提供个人信息的日期|day of the guardian's consent to share data
filings|filings|报备案记录|filings
"""


def _specs() -> tuple[FactSpec, ...]:
    rows = [line.split("|") for line in _TABLE.strip().splitlines()]
    return tuple(FactSpec(name, kind, Words(zh, en)) for name, kind, zh, en in rows)


FACTS = _specs()
INTERNSHIP = Subject("internship", FACTS, {**GENERAL, **COVERS, **ROSTERS}, region_fact="unit_area")
NO_POST = Post("")


def row_of(
    placement: Placement, unit: Unit, student: Student, post: Post, found: dict[str, Any]
) -> list[Any]:
    """The facts in the order of ``FACTS``; ``found`` holds those that need the whole register."""
    return [
        *_when_and_where(placement, unit, found),
        *_of_the_post(placement, post, found),
        *_of_the_student(placement, student),
        *_of_the_work(placement, found),
        *_of_the_papers(placement, found),
        *_of_the_protection(placement),
    ]


def _when_and_where(p: Placement, unit: Unit, found: dict[str, Any]) -> tuple[Any, ...]:
    staff = latest(unit.headcounts, found["judged_on"])
    return (
        found["judged_on"],
        found["counted_on"],
        p.kind,
        p.mode,
        p.start_on,
        p.end_on,
        unit.name or unit.id,
        unit.area,
        unit.venue,
        staff and staff.people,
        staff and staff.on,
        found["unit_peak"],
        found["unit_peak_on"],
        unit.inspected_on,
        unit.is_lawful,
        unit.is_listed,
        unit.credit_checked_on,
        unit.safety_offences,
    )


def latest(headcounts: tuple[Headcount, ...], on: date) -> Headcount | None:
    """The count of the latest day that is not after ``on``."""
    known = [one for one in headcounts if one.on <= on]
    return max(known, key=lambda one: one.on) if known else None


def _of_the_post(p: Placement, post: Post, found: dict[str, Any]) -> tuple[Any, ...]:
    workers = latest(post.headcounts, found["judged_on"])
    return (
        post.name or p.post,
        workers and workers.people,
        workers and workers.on,
        found["post_peak"],
        found["post_peak_on"],
        post.hazards,
        post.risks,
        post.intensity,
        p.site_venue or post.venue,
        post.wage_standard_yuan,
        post.lowest_grade_yuan,
        post.major_classes,
    )


def _of_the_student(p: Placement, student: Student) -> tuple[Any, ...]:
    return (
        student.birth_on,
        student.sex,
        p.grade,
        student.entered_on,
        student.major_class,
        student.is_special_major,
    )


def _of_the_work(p: Placement, found: dict[str, Any]) -> tuple[Any, ...]:
    return (
        found["work"],
        found["calendar"],
        p.organiser,
        p.parties,
        p.works_independently,
        p.pay_yuan,
        p.hourly_pay_yuan,
        p.pay_cycle,
        p.pay_form,
        p.paid_to,
    )


def _of_the_papers(p: Placement, found: dict[str, Any]) -> tuple[Any, ...]:
    agreement, ours, theirs = p.agreement, p.student_consent, p.guardian_consent
    return (
        agreement and agreement.exists,
        agreement and agreement.model,
        agreement and agreement.signed_by,
        agreement and agreement.signed_on,
        agreement and agreement.sha256,
        ours and ours.exists,
        ours and ours.on,
        theirs and theirs.exists,
        theirs and theirs.on,
        p.fees_yuan,
        p.asks_guarantee,
        p.keeps_papers,
        found["total_days"],
        p.insurance,
    )


def _of_the_protection(p: Placement) -> tuple[Any, ...]:
    tutor, mentor, plan, own = p.school_tutor, p.mentor, p.plan_filing, p.self_found
    test, consent = p.safety_test, p.data_consent
    return (
        tutor and tutor.exists,
        mentor and mentor.exists,
        plan and plan.exists,
        plan and plan.no,
        plan and plan.on,
        own and own.exists,
        own and own.applied_on,
        own and own.guardian_on,
        own and own.approved_on,
        p.is_voluntary,
        p.has_complaint_channel,
        p.force_complaints,
        test and test.exists,
        test and test.passed,
        test and test.on,
        consent and consent.exists,
        consent and consent.on,
        consent and consent.is_withdrawn,
        consent and consent.guardian_on,
        p.filings,
    )
