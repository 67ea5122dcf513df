"""One placement from its JSON."""

from typing import Any

from chanjiao.engines.rules.fields import Fields
from chanjiao.engines.rules.internship.covers import Filing, Policy
from chanjiao.engines.rules.internship.records import (
    Agreement,
    DataConsent,
    Paper,
    Placement,
    Reason,
    SafetyTest,
    SelfFound,
)
from chanjiao.engines.rules.internship.rosters import DAY, Roster, Shift
from chanjiao.engines.rules.internship.words import Words
from chanjiao.engines.rules.reading import read_time

NONE = "none"


class PlacementReader:
    """Reads placements, each distinct roster only once."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._rosters: dict[Roster, Roster] = {}

    def read(self, fields: Fields) -> Placement:
        placement = Placement(
            **self._where(fields),
            **self._work(fields),
            **self._papers(fields),
            **self._protection(fields),
        )
        start, end = placement.start_on, placement.end_on
        if start and end and end < start:
            fields.blame("end_on", f"{end} 早于开始日期 {start}。", f"{end} is before {start}.")
        return placement

    def _where(self, fields: Fields) -> dict[str, Any]:
        one = self._words.one
        return {
            "id": fields.needed("id", fields.text) or "",
            "student": fields.needed("student", fields.text) or "",
            "unit": fields.needed("unit", fields.text) or "",
            "post": fields.text("post"),
            "school": fields.text("school"),
            "kind": one(fields, "kind", "kind"),
            "mode": one(fields, "mode", "mode"),
            "status": one(fields, "status", "status"),
            "start_on": fields.day("start_on"),
            "end_on": fields.day("end_on"),
            "follows": fields.text("follows"),
            "grade": fields.count("grade", 1),
            "site_venue": one(fields, "site_venue", "venue"),
        }

    def _work(self, fields: Fields) -> dict[str, Any]:
        one = self._words.one
        return {
            "organiser": one(fields, "organiser", "party"),
            "parties": self._words.many(fields, "parties", "party"),
            "roster": self._roster(fields),
            "works_independently": fields.flag("works_independently"),
            "pay_yuan": _amount(fields, "pay_yuan"),
            "hourly_pay_yuan": _amount(fields, "hourly_pay_yuan"),
            "pay_cycle": one(fields, "pay_cycle", "pay_cycle"),
            "pay_form": one(fields, "pay_form", "pay_form"),
            "paid_to": one(fields, "paid_to", "party"),
            "fees_yuan": _amount(fields, "fees_yuan"),
            "asks_guarantee": fields.flag("asks_guarantee"),
            "keeps_papers": fields.flag("keeps_papers"),
        }

    def _papers(self, fields: Fields) -> dict[str, Any]:
        return {
            "agreement": self._agreement(fields),
            "student_consent": _paper(fields, "student_consent"),
            "guardian_consent": _paper(fields, "guardian_consent"),
            "insurance": self._insurance(fields),
            "plan_filing": _paper(fields, "plan_filing"),
            "self_found": _self_found(fields),
            "filings": _filings(fields),
            "reasons": _reasons(fields),
        }

    def _protection(self, fields: Fields) -> dict[str, Any]:
        return {
            "school_tutor": _person(fields, "school_tutor"),
            "mentor": _person(fields, "mentor"),
            "is_voluntary": fields.flag("is_voluntary"),
            "has_complaint_channel": fields.flag("has_complaint_channel"),
            "force_complaints": fields.count("force_complaints"),
            "safety_test": _safety_test(fields),
            "data_consent": _data_consent(fields),
        }

    def _agreement(self, fields: Fields) -> Agreement | None:
        if (group := _paper_group(fields, "agreement")) is None or group == NONE:
            return None if group is None else Agreement(exists=False)
        found = Agreement(
            exists=True,
            model=group.text("model"),
            signed_by=self._words.many(group, "signed_by", "party"),
            signed_on=group.day("signed_on"),
            sha256=group.text("sha256"),
        )
        group.done()
        return found

    def _insurance(self, fields: Fields) -> tuple[Policy, ...] | None:
        if fields.raw("insurance") == NONE:
            return ()
        policies = fields.each("insurance")
        return None if policies is None else tuple(self._policy(one) for one in policies)

    def _policy(self, fields: Fields) -> Policy:
        policy = Policy(
            no=fields.text("no"),
            kind=self._words.one(fields, "kind", "insurance"),
            starts_on=fields.day("from"),
            ends_on=fields.day("to"),
            payer=self._words.one(fields, "payer", "party"),
        )
        if policy.starts_on and policy.ends_on and policy.ends_on < policy.starts_on:
            fields.blame("to", "早于 from。", "is before from.")
        fields.done()
        return policy

    def _roster(self, fields: Fields) -> Roster | None:
        group = fields.group("roster")
        if group is None:
            return None
        shifts = tuple(_shift(one) for one in group.needed("shifts", group.each) or ())
        roster = Roster(
            shifts, group.day("from"), group.day("to"), group.choice("holidays", ["free", "worked"])
        )
        dated = any(shift.day for shift in shifts)
        if (dated or not shifts) and (roster.starts_on is None or roster.ends_on is None):
            group.blame(
                "from",
                "按日期排班须写明 from 与 to：排班表说明的是哪些天。",
                "a roster of dates needs from and to: which days it speaks of.",
            )
        group.done()
        return self._rosters.setdefault(roster, roster)


def _shift(fields: Fields) -> Shift:
    start = fields.needed("start", lambda name: read_time(fields, name)) or 0
    end = fields.needed("end", lambda name: read_time(fields, name)) or 0
    end = end if end > start else end + DAY
    pause = fields.count("break_minutes")
    days = fields.items("weekdays") or []
    if not all(isinstance(day, int) and 1 <= day <= 7 for day in days):
        fields.blame("weekdays", "应为 1（周一）到 7 的列表。", "give a list of 1 (Monday) to 7.")
        days = []
    shift = Shift(start, end, pause, fields.day("date"), frozenset(days))
    if fields.has("date") == bool(fields.raw("weekdays")):
        fields.blame("date", "date 与 weekdays 须恰有一个。", "give date or weekdays, one of them.")
    if pause is not None and pause >= end - start:
        fields.blame("break_minutes", "不短于班次。", "is as long as the shift.")
    fields.done()
    return shift


def _amount(fields: Fields, name: str) -> Any:
    amount = fields.number(name)
    if amount is not None and amount < 0:
        fields.blame(name, f"金额 {amount} 不能为负。", f"an amount can't be negative: {amount}.")
    return amount


def _paper_group(fields: Fields, name: str) -> Any:
    """``None``, ``"none"``, or the group's fields."""
    return NONE if fields.raw(name) == NONE else fields.group(name)


def _paper(fields: Fields, name: str) -> Paper | None:
    if (group := _paper_group(fields, name)) is None or group == NONE:
        return None if group is None else Paper(exists=False)
    paper = Paper(exists=True, on=group.day("on"), no=group.text("no"))
    group.done()
    return paper


def _person(fields: Fields, name: str) -> Paper | None:
    person = fields.text(name)
    return None if person is None else Paper(exists=person != NONE, no=person)


def _safety_test(fields: Fields) -> SafetyTest | None:
    if (group := _paper_group(fields, "safety_test")) is None or group == NONE:
        return None if group is None else SafetyTest(exists=False)
    test = SafetyTest(exists=True, passed=group.flag("passed"), on=group.day("on"))
    group.done()
    return test


def _data_consent(fields: Fields) -> DataConsent | None:
    if (group := _paper_group(fields, "data_consent")) is None or group == NONE:
        return None if group is None else DataConsent(exists=False)
    consent = DataConsent(
        exists=True,
        on=group.day("on"),
        is_withdrawn=group.flag("withdrawn"),
        guardian_on=group.day("guardian_on"),
    )
    group.done()
    return consent


def _self_found(fields: Fields) -> SelfFound | None:
    if (group := _paper_group(fields, "self_found")) is None or group == NONE:
        return None if group is None else SelfFound(exists=False)
    found = SelfFound(
        exists=True,
        applied_on=group.day("applied_on"),
        guardian_on=group.day("guardian_on"),
        approved_on=group.day("approved_on"),
    )
    group.done()
    return found


def _filings(fields: Fields) -> tuple[Filing, ...] | None:
    if fields.raw("filings") == NONE:
        return ()
    filings = fields.each("filings")
    if filings is None:
        return None
    found = []
    for one in filings:
        rule = one.needed("rule", one.text) or ""
        found.append(Filing(rule, one.text("no"), one.day("on")))
        one.done()
    return tuple(found)


def _reasons(fields: Fields) -> tuple[Reason, ...]:
    found = []
    for one in fields.each("reasons") or ():
        rule = one.needed("rule", one.text) or ""
        reason = one.needed("reason", one.text) or ""
        found.append(Reason(rule, reason, one.text("by"), one.day("on")))
        one.done()
    return tuple(found)
