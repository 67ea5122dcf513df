"""Who may do what to which kind of record: one table that is code, document and test.

A cell reads ``<actions><reach>`` with several cells parted by spaces, for example
``CRUk Rp``: create, read, update in one's own organisation, and read what is published.
The letters are those of :mod:`chanjiao.core.roles`; ``-`` means nothing at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext_lazy as _

from chanjiao.core.roles import Action, Reach, Role

COLUMNS = ["P", "S", "G", "T", "SA", "HR", "M", "E", "O", "GR", "GV", "AU", "AD"]

# object | P | S | G | T | SA | HR | M | E | O | GR | GV | AU | AD
TABLE = """
portal        | R* | R* | R* | R* | R* | R* | R* | R* | R* | R* | R* | R* | R*
workbench     | - | R* | - | R* | R* | R* | R* | R* | R* | R* | R* | R* | R*
own_account   | - | RUo | - | RUo | RUo | RUo | RUo | RUo | RUo | RUo | RUo | RUo | RUo
organisation  | R* | R* | R* | R* | R* Uk | R* Uk | R* | R* | CRUWA* | R* | R* | R* | R*
organisation_internal | - | - | - | - | Rb RUk | RUk | - | - | CRU* | Ra | Rg | - | -
membership    | Rp | Rp | - | R* | R* CUk | R* CUk | R* | R* | CRUWA* | R* | R* | R* | -
user_account  | - | Ro | - | Ro | CRUWk | CRUWk | Ro | Ro | CRUW* | - | - | R* | CRUW*
area          | R* | R* | R* | R* | R* | R* | R* | R* | CRU* | R* | R* | R* | R*
chain         | R* | R* | - | R* | R* | R* | R* | R* | CRU* | R* | R* | R* | -
standards     | R* | R* | R* | R* | R* | R* | R* | R* | CRU* | R* | R* | R* | RU*
crosswalk     | - | - | - | R* | R* | R* | - | R* | CRUA* | R* | R* | R* | -
alignment     | - | - | - | - | RUk | RUk | - | - | RU* | - | - | R* | -
survey_round  | - | - | - | R* | R* | R* | - | R* | CRUWA* | R* | R* | R* | -
demand        | Rp | Rp | - | R* | R* | CRUWk | Rk | Rp | CRUWA* | Ra | Rg | - | -
ask           | - | - | - | - | CRk | RUk | - | - | CRUW* | Ra | - | R* | -
fair          | - | R* | - | R* | R* | R* | R* | R* | CRUWA* | R* | R* | R* | -
booth         | - | R* | - | R* | R* | R* CRUWk | R* | R* | CRUWA* | R* | R* | R* | -
intention     | - | CRUo | - | Rc | Rk | RUk | - | - | Rm | - | - | - | -
supply        | Rp | Rp | - | Rk | CRUXk | Rp | - | - | RA* | Rg | Rg | - | -
supply_figures | - | - | - | Rk | CRUXk | - | - | - | R* | - | - | - | -
student       | - | Ro | - | Rc | CRUk | - | - | - | - | - | - | - | -
student_contact | - | RUo | Ro | Rc | Rk | - | - | - | - | - | - | - | -
gap           | Rp | Rp | - | R* | R* | R* | - | R* | CRUA* | R* | R* | R* | -
publication   | Rp | Rp | Rp | Rp | Rp | Rp | Rp | Rp | CRUWA* | Rp | R* | R* | Rp
objection     | - | - | - | CRk | CRk | CRk | CRk | CRk | RUA* | CRk | CRk | R* | -
import_job    | - | - | - | - | CRUk | CRUk | - | - | CRU* | - | - | Rm | -
press         | - | - | - | - | CRUWk | CRUWk | - | - | CRUWA* | - | - | R* | -
evidence      | Rp | Rp | - | Ck Rp | CRUk Rp | CRUk Rp | Rp | Rp | CRUA* | Ra Rp | R* | R* | -
audit_log     | - | Ro | Ro | - | Rm | Rm | - | - | - | - | - | R* | -
rule_parameter | R* | R* | R* | R* | R* | R* | R* | R* | RU* | R* | R* | RA* | RU*
job           | - | - | - | - | Rk | Rk | - | - | R* | - | - | R* | R*
gallery       | - | - | - | - | - | - | - | - | R* | - | - | - | R*
api_token     | - | - | - | - | CRWk | CRWk | - | - | CRWk | - | - | R* | -
"""

OBJECT_NAMES = {
    "portal": _("公开门户"),
    "workbench": _("工作台"),
    "own_account": _("本人账户"),
    "organisation": _("机构名片"),
    "organisation_internal": _("机构内部数据"),
    "membership": _("联合体成员"),
    "user_account": _("用户与授权"),
    "area": _("区域与网格"),
    "chain": _("产业链"),
    "standards": _("标准代码"),
    "crosswalk": _("对照表"),
    "alignment": _("对齐队列"),
    "survey_round": _("征集批次"),
    "demand": _("岗位需求"),
    "ask": _("询问与催报"),
    "fair": _("对接会"),
    "booth": _("参展企业"),
    "intention": _("求职意向"),
    "supply": _("专业供给"),
    "supply_figures": _("专业年度数据与班级"),
    "student": _("学生"),
    "student_contact": _("学生联系方式"),
    "gap": _("供需缺口"),
    "publication": _("公开清单"),
    "objection": _("对清单的异议"),
    "import_job": _("导入任务"),
    "press": _("采编台"),
    "evidence": _("佐证材料"),
    "audit_log": _("审计日志"),
    "rule_parameter": _("规则参数"),
    "job": _("后台任务"),
    "gallery": _("组件样张"),
    "api_token": _("接口令牌"),
}

WIDEST_FIRST = list(Reach)

# What an API token can be given: read access to these, where its owner has it.
API_THINGS = (
    "standards", "organisation", "membership", "demand", "supply", "supply_figures", "gap",
    "publication", "evidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Needs:
    """What a route asks of the actor before its view runs."""

    thing: str
    action: Action = Action.READ


def _cell(text: str) -> Mapping[Action, frozenset[Reach]]:
    found: dict[Action, set[Reach]] = {}
    for part in text.split():
        if part == "-":
            continue
        reach = Reach(part[-1])
        for letter in part[:-1]:
            found.setdefault(Action(letter), set()).add(reach)
    return {action: frozenset(reaches) for action, reaches in found.items()}


@cache
def matrix() -> Mapping[str, Mapping[Role, Mapping[Action, frozenset[Reach]]]]:
    """The table of this module, parsed: thing → role → action → reaches."""
    parsed = {}
    for line in TABLE.strip().splitlines():
        thing, *cells = (part.strip() for part in line.split("|"))
        if len(cells) != len(COLUMNS):
            raise ValueError(f"permission row {thing!r} has {len(cells)} cells")
        parsed[thing] = {Role(c): _cell(text) for c, text in zip(COLUMNS, cells, strict=True)}
    return parsed


def reaches(roles: frozenset[Role], thing: str, action: Action) -> frozenset[Reach]:
    """All reaches that any of ``roles`` gives; an unknown ``thing`` is a programming error."""
    row = matrix()[thing]
    found: set[Reach] = set()
    for role in roles:
        found |= row[role].get(action, frozenset())
    return frozenset(found)
