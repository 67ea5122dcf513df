"""What a statement says, field by field: how it reads in one line, and what it still lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from chanjiao.core.refusals import Refused
from chanjiao.evidence.choices import BodyKind, Predicate, Qualifier, StatementKind, Told

Content = Mapping[str, Any]

LONGEST = 120
LARGEST = Decimal(10) ** 17
PLACES = 6

# What each kind of statement says; lists are bodies by name.
FIELDS: dict[str, tuple[str, ...]] = {
    StatementKind.FIGURE: (
        "subject", "indicator", "value", "upper", "unit", "qualifier", "status", "period",
    ),
    StatementKind.ORGANISATION: ("name", "surfaces", "kind"),
    StatementKind.RELATION: ("predicate", "subjects", "object", "date", "status"),
}  # fmt: skip
LISTS = frozenset({"surfaces", "subjects"})
NUMBERS = frozenset({"value", "upper"})
CHOICES: dict[tuple[str, str], type[Any]] = {
    (StatementKind.FIGURE, "qualifier"): Qualifier,
    (StatementKind.FIGURE, "status"): Told,
    (StatementKind.ORGANISATION, "kind"): BodyKind,
    (StatementKind.RELATION, "predicate"): Predicate,
    (StatementKind.RELATION, "status"): Told,
}
LABELS = {
    "subject": gettext_lazy("主体"),
    "indicator": gettext_lazy("指标"),
    "value": gettext_lazy("数值"),
    "upper": gettext_lazy("区间上限"),
    "unit": gettext_lazy("单位"),
    "qualifier": gettext_lazy("准确程度"),
    "status": gettext_lazy("是否已发生"),
    "period": gettext_lazy("期间"),
    "name": gettext_lazy("机构名称"),
    "surfaces": gettext_lazy("文中写法"),
    "kind": gettext_lazy("机构类别"),
    "predicate": gettext_lazy("关系"),
    "subjects": gettext_lazy("各方"), "object": gettext_lazy("对象"), "date": gettext_lazy("日期"),
}  # fmt: skip
MARKS = {
    Qualifier.OVER: "超 {}", Qualifier.AT_LEAST: "≥ {}", Qualifier.ABOUT: "约 {}",
    Qualifier.NEARLY: "近 {}", Qualifier.AT_MOST: "≤ {}", Qualifier.ORDINAL: "第 {}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lack:
    """Something a statement does not have; what it weighs when statements are put in order."""

    code: str
    label: Any


NO_BODY = Lack("body", gettext_lazy("主体未对上机构"))
NO_SUBJECT = Lack("subject", gettext_lazy("没有主体"))
NO_INDICATOR = Lack("indicator", gettext_lazy("没有指标"))
NO_UNIT = Lack("unit", gettext_lazy("没有单位"))
NO_PERIOD = Lack("period", gettext_lazy("没有期间"))
NO_PARTIES = Lack("parties", gettext_lazy("不足两方"))
NOT_RESOLVED = Lack("resolved", gettext_lazy("未对上机构"))
NO_DATE = Lack("date", gettext_lazy("没有日期"))

# How many things each kind can lack: a statement without any lack is whole.
WHOLE = {StatementKind.FIGURE: 5, StatementKind.ORGANISATION: 2, StatementKind.RELATION: 3}


def lacks(kind: str, content: Content, *, is_resolved: bool) -> list[Lack]:
    """What is missing, in the order in which a person would ask for it."""
    if kind == StatementKind.ORGANISATION:
        return [] if is_resolved else [NOT_RESOLVED]
    if kind == StatementKind.RELATION:
        parties = len(content["subjects"]) + bool(content["object"])
        found = [] if parties > 1 else [NO_PARTIES]
        found += [] if is_resolved else [NOT_RESOLVED]
        return found if content["date"] else [*found, NO_DATE]
    found = [] if content["subject"] else [NO_SUBJECT]
    found += [] if is_resolved else [NO_BODY]
    asked = (("indicator", NO_INDICATOR), ("unit", NO_UNIT), ("period", NO_PERIOD))
    return [*found, *(lack for name, lack in asked if not content[name])]


def score(kind: str, content: Content, *, is_resolved: bool) -> Decimal:
    """Share of what a statement of its kind can have that it has: 1 lacks nothing."""
    missing = len(lacks(kind, content, is_resolved=is_resolved))
    return (1 - Decimal(missing) / WHOLE[StatementKind(kind)]).quantize(Decimal("0.01"))


def summary(kind: str, content: Content) -> str:
    """One line in the words of the page, to be searched and listed."""
    if kind == StatementKind.ORGANISATION:
        told = content["name"]
    elif kind == StatementKind.RELATION:
        label = str(Predicate(content["predicate"]).label)
        told = " ".join(
            part for part in ("、".join(content["subjects"]), label, content["object"]) if part
        )
    else:
        period = f"（{content['period']}）" if content["period"] else ""
        parts = (content["subject"], content["indicator"], amount(content))
        told = " ".join(part for part in parts if part) + period
    return told[:300]


def amount(content: Content) -> str:
    """Value and unit as people write them, with how exactly they are meant.

    >>> amount({"value": "12000", "upper": None, "unit": "人", "qualifier": "over"})
    '超 12,000 人'
    """
    shown = plain(content["value"])
    if content["upper"]:
        shown = f"{shown}–{plain(content['upper'])}"
    elif content["qualifier"] in MARKS:
        shown = MARKS[content["qualifier"]].format(shown)
    return f"{shown} {content['unit']}".strip()


def plain(value: Any) -> str:
    """A number with thousands marks and no idle noughts.

    >>> plain("25000"), plain("0.500000"), plain("-3.20")
    ('25,000', '0.5', '-3.2')
    """
    text = f"{Decimal(str(value)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(content: Content) -> Decimal | None:
    """What a figure is sorted by; None for statements that are no figures."""
    return Decimal(content["value"]) if content.get("value") not in (None, "") else None


def cleaned(kind: str, given: Mapping[str, Any], before: Content) -> dict[str, Any]:
    """The content with what a person wrote over it; refuses what a field can't hold."""
    found = dict(before)
    for name in FIELDS[StatementKind(kind)]:
        if name in given:
            found[name] = _cleaned(kind, name, given[name])
    if kind == StatementKind.FIGURE:
        _check_range(found)
    if kind == StatementKind.ORGANISATION and not found["name"]:
        raise Refused(_("请填写机构名称。"), code="name_missing", field="name")
    return found


def _cleaned(kind: str, name: str, value: Any) -> Any:
    if name in LISTS:
        words = value if isinstance(value, list | tuple) else str(value or "").split("、")
        return [str(word).strip()[:LONGEST] for word in words if str(word).strip()][:20]
    if name in NUMBERS:
        return _number(name, value)
    text = str(value or "").strip()
    choices = CHOICES.get((kind, name))
    if choices is not None and text not in choices.values:
        raise Refused(
            _("“%(value)s”不是%(field)s的选项。") % {"value": text, "field": LABELS[name]},
            code="not_a_choice", field=name,
        )  # fmt: skip
    if len(text) > LONGEST:
        raise Refused(
            _("%(field)s有 %(n)s 字，最多 %(most)s 字。")
            % {"field": LABELS[name], "n": len(text), "most": LONGEST},
            code="too_long", field=name,
        )  # fmt: skip
    return text


def _number(name: str, value: Any) -> str | None:
    text = str(value if value is not None else "").replace(",", "").replace("，", "").strip()
    if not text and name == "upper":
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= LARGEST:
        raise Refused(
            _("“%(value)s”不是数字，应如 1200 或 3.5，单位另填。") % {"value": text or "—"},
            code="not_a_number", field=name,
        )  # fmt: skip
    return format(round(found, PLACES).normalize(), "f")


def _check_range(found: dict[str, Any]) -> None:
    is_range = found["qualifier"] == Qualifier.RANGE
    if is_range and found["upper"] is None:
        raise Refused(_("区间须填写上限。"), code="upper_missing", field="upper")
    if not is_range:
        found["upper"] = None
    elif Decimal(found["upper"]) <= Decimal(found["value"]):
        raise Refused(
            _("上限 %(upper)s 须大于数值 %(value)s。")
            % {"upper": plain(found["upper"]), "value": plain(found["value"])},
            code="upper_too_small", field="upper",
        )  # fmt: skip
