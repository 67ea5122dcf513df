"""List pages of demand: positions, rounds, companies asked, the ledger of asks, links."""

from typing import Any

from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _now, gettext_lazy as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action
from chanjiao.demand.choices import Coding, NothingReason, TargetState
from chanjiao.demand.queries import (
    asks_visible_to,
    demands_visible_to,
    links_visible_to,
    rounds_visible_to,
)
from chanjiao.web.demand.filters import AskFilter, DemandFilter, RoundFilter, TargetFilter
from chanjiao.web.shared.listing import Button, Column, Listing
from chanjiao.web.shared.templatetags.chanjiao import by_language, moment, number, state_tag


def demand_url(demand: Any) -> str:
    return reverse("demand:detail", args=[demand.pk])


def occupation_cell(demand: Any) -> Any:
    """The code with its name, or why there is none."""
    if demand.occupation:
        return format_html(
            '{} <span class="source-note">{}</span>',
            by_language(demand.occupation), demand.occupation.code,
        )  # fmt: skip
    kind = "stale" if demand.coding == Coding.WAITING else ""
    return state_tag(demand.get_coding_display(), kind)


def people_cell(demand: Any) -> str:
    if demand.filled:
        return f"{number(demand.wanted)} / {number(demand.headcount)}"
    return number(demand.headcount)


# What no cell shows stays in the database: a page of twenty is read twenty times a second.
UNSEEN = (
    "description", "search_text", "intents", "company__note", "company__address",
    "occupation__search_text", "occupation__aliases",
)  # fmt: skip


def _listed(actor: Actor) -> Any:
    return demands_visible_to(actor).defer(*UNSEEN)


DEMANDS = Listing(
    title=_("岗位需求"),
    rows=_listed,
    filters=DemandFilter,
    row_url=demand_url,
    sheet="positions",
    template="demand/list.html",
    empty=_("还没有岗位需求。可逐条填报、从表格导入，或等企业通过征集链接填报。"),
    buttons=(
        Button(_("填报岗位"), reverse_lazy("demand:new"), "plus", "demand", Action.CREATE, True),
        Button(
            _("粘贴招聘启事"), reverse_lazy("demand:paste"), "clipboard", "demand", Action.CREATE
        ),
        Button(
            _("暂无需求"), reverse_lazy("demand:nothing"), "mood-neutral", "demand", Action.CREATE
        ),
    ),
    columns=(
        Column("title", _("岗位名称"), lambda d: d.title),
        Column("company", _("企业"), lambda d: by_language(d.company), on_phone=False),
        Column("occupation", _("职业"), occupation_cell, on_phone=False),
        Column("people", _("尚缺 / 招聘人数"), people_cell, sort="headcount", is_number=True),
        Column("education", _("学历"), lambda d: d.get_education_display(), on_phone=False),
        Column("area", _("所在区域"), lambda d: d.area and by_language(d.area), on_phone=False),
        Column("state", _("状态"), lambda d: state_tag(d.get_state_display(), d.state)),
        Column("confirmed", _("最近确认"), lambda d: d.confirmed_on, on_phone=False),
        Column("valid", _("有效期至"), lambda d: d.valid_until, sort="valid_until", on_phone=False),
    ),
)


def _rate(survey_round: Any) -> str:
    if not survey_round.asked_total:
        return "—"
    share = survey_round.answered_total / survey_round.asked_total
    return f"{survey_round.answered_total} / {survey_round.asked_total} · {share * 100:.1f}%"


ROUNDS = Listing(
    title=_("征集批次"),
    rows=rounds_visible_to,
    filters=RoundFilter,
    row_url=lambda r: reverse("demand:round", args=[r.pk]),
    empty=_("还没有征集批次。新建一个批次，选定企业后即可开始填报。"),
    buttons=(
        Button(
            _("新建批次"),
            reverse_lazy("demand:round-new"),
            "plus",
            "survey_round",
            Action.CREATE,
            True,
        ),
        Button(_("填报链接"), reverse_lazy("demand:links"), "link", "survey_round", Action.UPDATE),
    ),
    columns=(
        Column("title", _("批次"), lambda r: by_language(r, "title")),
        Column("period", _("周期"), lambda r: r.get_period_display(), on_phone=False),
        Column("opens", _("开始"), lambda r: r.opens_on, sort="opens_on", on_phone=False),
        Column("closes", _("截止"), lambda r: r.closes_on, sort="closes_on"),
        Column("rate", _("已答复 / 征集企业"), _rate, is_number=True),
        Column("state", _("状态"), lambda r: state_tag(r.get_state_display(), r.state)),
    ),
)


def _why(target: Any) -> str | None:
    """Why a company needs nobody, with its own words."""
    if target.state != TargetState.NOTHING or not target.why:
        return None
    return " · ".join(filter(None, [str(NothingReason(target.why).label), target.why_note]))


TARGET_COLUMNS = (
    Column("company", _("企业"), lambda t: by_language(t.company), sort="company__name"),
    Column(
        "area", _("所属区域"), lambda t: t.company.area and by_language(t.company.area),
        on_phone=False,
    ),
    Column("state", _("答复"), lambda t: state_tag(t.get_state_display(), t.state)),
    Column("answered", _("答复日期"), lambda t: t.answered_on, sort="answered_on", on_phone=False),
    Column(
        "reminders", _("催报次数"), lambda t: number(t.reminders), sort="reminders", is_number=True
    ),
    Column("reminded", _("最近催报"), lambda t: t.reminded_on, on_phone=False),
    Column("why", _("暂无需求的原因"), _why, on_phone=False),
)  # fmt: skip
TARGET_FILTER = TargetFilter

ASKS = Listing(
    title=_("询问与催报"),
    rows=asks_visible_to,
    filters=AskFilter,
    row_url=lambda a: reverse("demand:ask", args=[a.pk]),
    empty=_("还没有询问记录。向企业提出的每一次询问都会记在这里，同一事项不重复询问。"),
    buttons=(
        Button(_("询问企业"), reverse_lazy("demand:ask-new"), "send", "ask", Action.CREATE, True),
    ),
    columns=(
        Column("subject", _("事项"), lambda a: a.subject),
        Column("company", _("企业"), lambda a: by_language(a.company), sort="company__name"),
        Column("kind", _("类型"), lambda a: a.get_kind_display(), sort="kind", on_phone=False),
        Column("asker", _("询问机构"), lambda a: by_language(a.asker), on_phone=False),
        Column("asked", _("询问日期"), lambda a: a.asked_on, sort="asked_on", on_phone=False),
        Column("due", _("答复期限"), lambda a: a.due_on, sort="due_on", on_phone=False),
        Column("state", _("状态"), lambda a: state_tag(a.get_state_display(), a.state)),
        Column("answer", _("答复"), lambda a: a.get_answer_display() or None),
    ),
)


def _link_state(link: Any) -> Any:
    if link.used_at:
        return state_tag(_now("已使用"), "done")
    if link.withdrawn_at:
        return state_tag(_now("已停用"), "withdrawn")
    if link.expires_at <= clock.now():
        return state_tag(_now("已过期"), "expired")
    return state_tag(_now("可用"), "open")


LINKS = Listing(
    title=_("填报链接"),
    rows=links_visible_to,
    template="demand/links.html",
    crumbs=((_("征集批次"), reverse_lazy("demand:rounds")),),
    empty=_("还没有发出填报链接。批次开始填报后会自动发给企业联系人。"),
    columns=(
        Column("company", _("企业"), lambda k: by_language(k.company), sort="company__name"),
        Column(
            "round", _("批次"), lambda k: k.round and by_language(k.round, "title"), on_phone=False
        ),
        Column(
            "sent", _("发送至"), lambda k: k.sent_to or _now("未发送，由办公室转交"), on_phone=False
        ),
        Column("expires", _("有效至"), lambda k: moment(k.expires_at), sort="expires_at"),
        Column("state", _("状态"), _link_state),
    ),
)
