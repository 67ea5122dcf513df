"""List pages of supply: what each shows, sorts and filters by."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chanjiao.core.roles import Action
from chanjiao.supply.queries import cohorts_visible_to, own_offerings_first, students_visible_to
from chanjiao.web.shared.listing import Button, Column, Listing
from chanjiao.web.shared.templatetags.chanjiao import by_language, number, state_tag
from chanjiao.web.supply.filters import CohortFilter, OfferingFilter, StudentFilter


def month(day: Any) -> str:
    return f"{day:%Y-%m}" if day else "—"


OFFERINGS = Listing(
    title=_("开设专业"),
    rows=own_offerings_first,
    filters=OfferingFilter,
    row_url=lambda o: reverse("supply:offering", args=[o.pk]),
    sheet="major_offerings",
    template="supply/offerings.html",
    empty=_("还没有登记开设专业。可下载带示例的表格填好导入，或逐个新建。"),
    buttons=(
        Button(_("新建专业"), "/supply/offerings/new/", "plus", "supply", Action.CREATE, True),
    ),
    columns=(
        Column("name", _("专业"), lambda o: o.title, sort="name"),
        Column("code", _("代码"), lambda o: o.code, sort="code", on_phone=False),
        Column("school", _("学校"), lambda o: by_language(o.school), sort="school__name"),
        Column("level", _("层次"), lambda o: o.get_level_display(), sort="level", on_phone=False),
        Column("form", _("培养方式"), lambda o: o.get_form_display(), on_phone=False),
        Column("confirmed", _("最近确认"), lambda o: o.confirmed_on, sort="confirmed_on",
               on_phone=False),
        Column("state", _("设置状态"), lambda o: state_tag(o.get_state_display(), o.state),
               sort="state"),
    ),
)  # fmt: skip

COHORTS = Listing(
    title=_("班级与届次"),
    rows=cohorts_visible_to,
    filters=CohortFilter,
    row_url=lambda c: reverse("supply:cohort", args=[c.pk]),
    sheet="cohorts",
    empty=_("还没有班级。可从表格导入，或在专业页面上逐个登记。"),
    columns=(
        Column("class", _("班级"), lambda c: c.class_name, sort="class_name"),
        Column("major", _("专业"), lambda c: c.offering.title, sort="offering__name"),
        Column("school", _("学校"), lambda c: by_language(c.offering.school),
               sort="offering__school__name", on_phone=False),
        Column("grade", _("入学年份"), lambda c: c.grade, sort="grade", is_number=True),
        Column("size", _("人数"), lambda c: number(c.size), sort="size", is_number=True),
        Column("graduates", _("预计毕业"), lambda c: month(c.graduates_on), sort="graduates_on",
               is_number=True, on_phone=False),
    ),
)  # fmt: skip

STUDENTS = Listing(
    title=_("学生"),
    rows=students_visible_to,
    filters=StudentFilter,
    row_url=lambda s: reverse("supply:student", args=[s.pk]),
    sheet="students",
    empty=_("没有可以查看的学生。学校可从表格导入；教师只看到自己班的学生。"),
    columns=(
        Column("number", _("学号"), lambda s: s.number, sort="number"),
        Column("name", _("姓名"), lambda s: s.person.name, sort="person__name"),
        Column("major", _("专业"), lambda s: s.offering.title, on_phone=False),
        Column("grade", _("入学年份"), lambda s: s.grade, sort="grade", is_number=True,
               on_phone=False),
        Column("class", _("班级"), lambda s: s.cohort and s.cohort.class_name,
               sort="cohort__class_name"),
        Column("status", _("学籍"), lambda s: state_tag(s.get_status_display(), s.status),
               sort="status"),
    ),
)  # fmt: skip
