"""The left menu by task, not by table: each line shown only to those who may open it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from chanjiao.core.actor import Actor
from chanjiao.core.roles import Action


@dataclass(frozen=True, slots=True)
class Item:
    label: Any
    url_name: str
    icon: str
    thing: str
    action: Action = Action.READ


@dataclass(frozen=True, slots=True)
class Group:
    label: Any
    items: tuple[Item, ...]


MENU = (
    Group(_("今天"), (Item(_("工作台"), "home:workbench", "home", "workbench"),)),
    Group(
        _("需求"),
        (
            Item(_("岗位需求"), "demand:list", "briefcase", "demand"),
            Item(_("征集批次"), "demand:rounds", "calendar-event", "survey_round"),
            Item(_("询问与催报"), "demand:asks", "send", "ask"),
            Item(_("对齐队列"), "alignment:queue", "keyboard", "alignment", Action.UPDATE),
        ),
    ),
    Group(
        _("供给"),
        (
            Item(_("开设专业"), "supply:offerings", "school", "supply"),
            Item(_("班级与届次"), "supply:cohorts", "users", "supply_figures"),
            Item(_("学生"), "supply:students", "id-badge-2", "student"),
        ),
    ),
    Group(_("撮合对接"), (Item(_("对接会"), "fairs:list", "calendar-event", "fair"),)),
    Group(
        _("分析与发布"),
        (
            Item(_("供需缺口"), "gaps:study", "chart-bar", "gap"),
            Item(_("季度清单"), "publishing:list", "file-certificate", "publication"),
        ),
    ),
    Group(
        _("采编与佐证"),
        (
            Item(_("采编台"), "evidence:press", "news", "press"),
            Item(_("佐证材料"), "evidence:items", "paperclip", "evidence"),
        ),
    ),
    Group(
        _("机构与产业"),
        (
            Item(_("机构"), "directory:organisations", "building", "organisation"),
            Item(_("联合体成员"), "directory:members", "affiliate", "membership"),
            Item(_("产业链"), "directory:chains", "topology-star-3", "chain"),
            Item(_("区域与网格"), "directory:areas", "map", "area"),
        ),
    ),
    Group(
        _("标准"),
        (
            Item(_("标准代码"), "standards:systems", "sitemap", "standards"),
            Item(_("对照表"), "standards:crosswalk", "arrows-exchange", "crosswalk"),
            Item(_("规则参数"), "standards:parameters", "adjustments", "rule_parameter"),
        ),
    ),
    Group(
        _("数据与管理"),
        (
            Item(_("导入导出"), "exchange:jobs", "table-import", "import_job"),
            Item(_("用户与授权"), "people:users", "user-cog", "user_account"),
            Item(_("接口令牌"), "people:tokens", "key", "api_token"),
            Item(_("审计日志"), "people:audit", "shield-check", "audit_log"),
            Item(_("组件样张"), "home:gallery", "adjustments", "gallery"),
        ),
    ),
)


def menu_for(actor: Actor) -> list[tuple[Any, list[tuple[Item, str]]]]:
    """Groups with the items this actor may open, each with its address."""
    found = []
    for group in MENU:
        items = [
            (item, url)
            for item in group.items
            if actor.may(item.thing, item.action) and (url := _address(item.url_name))
        ]
        if items:
            found.append((group.label, items))
    return found


@cache
def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
