"""Packs put together, and an office's overlay on them: stricter, or marked and with its reason."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from chanjiao.engines.rules.answers import Severity
from chanjiao.engines.rules.faults import Fault, PackError
from chanjiao.engines.rules.fields import Fields
from chanjiao.engines.rules.packs import Dated, Pack, Parameter, Rule, Words
from chanjiao.engines.rules.reading import read_dated, read_rule, read_words

_EVER = date.max


@dataclass(frozen=True, slots=True)
class Change:
    """One change: of a parameter, of a rule's severity, of a rule's being there, or a new rule."""

    place: str
    parameter: str = ""
    dated: Dated | None = None
    rule: str = ""
    severity: Severity | None = None
    retires: bool = False
    added: Rule | None = None
    is_marked: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What an office changes in a pack; proposed by one person and approved by another."""

    id: str
    title: Words
    of: str
    proposed_by: str
    approved_by: str
    approved_on: date
    changes: tuple[Change, ...]


def combine(packs: Iterable[Pack]) -> Pack:
    """One pack from several, say the nation's and a province's.

    Raises PackError where two of them define the same rule, parameter, word, fact or figure.
    """
    first, *others = packs
    faults: list[Fault] = []
    for other in others:
        if other.subject != first.subject:
            faults.append(
                Fault(other.id, f"说的不是 {first.subject}。", f"is not about {first.subject}.")
            )
        for kind, one, two in (
            ("rule", _rule_ids(first), _rule_ids(other)),
            ("parameter", set(first.parameters), set(other.parameters)),
            ("vocabulary", set(first.vocabularies), set(other.vocabularies)),
            ("fact", {f.name for f in first.facts}, {f.name for f in other.facts}),
            ("figure", set(first.figures), set(other.figures)),
        ):
            faults += [
                Fault(f"{other.id} {kind} {name}", f"{first.id} 已有。", f"{first.id} has it too.")
                for name in sorted(one & two)
            ]
        first = replace(
            first,
            id=f"{first.id}+{other.id}",
            parameters={**first.parameters, **other.parameters},
            rules=(*first.rules, *other.rules),
            vocabularies={**first.vocabularies, **other.vocabularies},
            facts=(*first.facts, *other.facts),
            figures={**first.figures, **other.figures},
            parts=(*(first.parts or (first.id,)), other.id),
        )
    if faults:
        raise PackError(faults)
    return first


def _rule_ids(pack: Pack) -> set[str]:
    return {rule.id for rule in pack.rules}


def read_overlay(data: Mapping[str, Any], pack: Pack, place: str = "") -> Overlay:
    """An overlay on ``pack`` from its mapping; raises PackError with everything wrong with it."""
    faults: list[Fault] = []
    fields = Fields(data, place, faults)
    overlay = Overlay(
        id=fields.needed("overlay", fields.text) or "",
        title=read_words(fields, "title"),
        of=fields.needed("of", fields.text) or "",
        proposed_by=fields.needed("proposed_by", fields.text) or "",
        approved_by=fields.needed("approved_by", fields.text) or "",
        approved_on=fields.needed("approved_on", fields.day),
        changes=tuple(_change(each, pack) for each in fields.each("changes") or ()),
    )
    if overlay.approved_by and overlay.approved_by == overlay.proposed_by:
        fields.blame(
            "approved_by",
            f"须由 {overlay.proposed_by} 以外的第二人批准。",
            f"a second person must approve, not {overlay.proposed_by} again.",
        )
    fields.done()
    if faults:
        raise PackError(faults)
    return overlay


def _change(fields: Fields, pack: Pack) -> Change:
    name = fields.text("parameter") or ""
    parameter = pack.parameters.get(name)
    if name and parameter is None:
        fields.blame("parameter", f"没有参数 {name}。", f"there is no parameter {name}.")
    dated = fields.group("value") if name else None
    added = fields.group("add")
    severity = fields.choice("severity", [one.value for one in Severity])
    change = Change(
        place=fields.place,
        parameter=name if parameter else "",
        dated=read_dated(dated, parameter.kind) if dated and parameter else None,
        rule=fields.text("rule") or "",
        severity=Severity(severity) if severity else None,
        retires=bool(fields.flag("retire")),
        added=read_rule(added) if added else None,
        is_marked=bool(fields.flag("relaxes")),
        reason=fields.text("reason") or "",
    )
    if change.rule and change.rule not in _rule_ids(pack):
        fields.blame("rule", f"没有规则 {change.rule}。", f"there is no rule {change.rule}.")
    asked = (change.dated, change.rule and (change.severity or change.retires), change.added)
    if sum(bool(one) for one in asked) != 1:
        fields.blame(
            "",
            "每项须恰好改一件事：参数与新值、规则与 severity 或 retire、或 add。",
            "change one thing: a parameter with its value, a rule's severity or retire, or add.",
        )
    fields.done()
    return change


def apply_overlay(pack: Pack, overlay: Overlay) -> Pack:
    """The pack with an overlay on it.

    Raises PackError when a change makes a rule milder, or can't be told to be stricter, without
    being marked (``relaxes: true``) and given a reason; or when it begins before its approval.
    """
    faults: list[Fault] = []
    if overlay.of not in (pack.id, *pack.parts):
        faults.append(
            Fault(
                f"{overlay.id}.of",
                f"是 {overlay.of} 的，不是 {pack.id} 的。",
                f"it is for {overlay.of}, not for {pack.id}.",
            )
        )
    changed = replace(pack, id=f"{pack.id}+{overlay.id}", parts=(*_parts(pack), overlay.id))
    for change in overlay.changes:
        milder = _is_milder(pack, change)
        if milder and not (change.is_marked and change.reason):
            faults.append(_unmarked(overlay, change))
        if change.dated and change.dated.valid_from < overlay.approved_on:
            faults.append(
                Fault(
                    f"{overlay.id}.{change.place}.value.valid_from",
                    f"早于批准日期 {overlay.approved_on}。",
                    f"is before the day of approval, {overlay.approved_on}.",
                )
            )
        changed = _changed(changed, overlay, change, milder=milder)
    if faults:
        raise PackError(faults)
    return changed


def _parts(pack: Pack) -> tuple[str, ...]:
    return pack.parts or (pack.id,)


def _unmarked(overlay: Overlay, change: Change) -> Fault:
    what = change.parameter or change.rule
    return Fault(
        f"{overlay.id}.{change.place}",
        f"{what} 变宽或无法判定变严：须标明 relaxes: true 并写 reason。",
        f"{what} becomes milder, or can't be told to be stricter: mark it relaxes: true, with a"
        " reason.",
    )


def _is_milder(pack: Pack, change: Change) -> bool:
    if change.added:
        return False
    if change.dated:
        parameter = pack.parameters[change.parameter]
        until = change.dated.valid_to or _EVER
        return any(
            not is_stricter(parameter, one.value, change.dated.value)
            for one in parameter.values
            if one.valid_from <= until and change.dated.valid_from <= (one.valid_to or _EVER)
        )
    if change.retires:
        return True
    before = {rule.severity for rule in pack.rules if rule.id == change.rule}
    return change.severity is Severity.JUSTIFY and Severity.BLOCK in before


def is_stricter(parameter: Parameter, old: Any, new: Any) -> bool:
    """Whether a new value is as strict as the old or stricter; False where nobody can tell."""
    if parameter.kind == "table":
        return set(old) <= set(new) and all(
            is_stricter(replace(parameter, kind="number"), old[key], new[key]) for key in old
        )
    ways = {
        "lower": lambda: new <= old,
        "higher": lambda: new >= old,
        "fewer": lambda: new <= old,  # a subset of what is allowed
        "more": lambda: new >= old,  # a superset of what is forbidden or required
    }
    return bool(ways[parameter.tightens]()) if parameter.tightens in ways else bool(new == old)


def _changed(pack: Pack, overlay: Overlay, change: Change, *, milder: bool) -> Pack:
    if change.dated:
        return _with_value(pack, overlay, change, milder=milder)
    if change.added:
        return replace(pack, rules=(*pack.rules, replace(change.added, overlay=overlay.id)))
    day = overlay.approved_on
    rules: list[Rule] = []
    for rule in pack.rules:
        if rule.id != change.rule or (rule.valid_to and rule.valid_to < day):
            rules.append(rule)
            continue
        if rule.valid_from < day:
            rules.append(replace(rule, valid_to=day - timedelta(days=1)))
        if change.severity:
            rules.append(
                replace(
                    rule,
                    severity=change.severity,
                    valid_from=max(day, rule.valid_from),
                    overlay=overlay.id,
                    is_relaxed=milder,
                )
            )
    return replace(pack, rules=tuple(rules))


def _with_value(pack: Pack, overlay: Overlay, change: Change, *, milder: bool) -> Pack:
    """The new value on its days, what was there before on the others; rules that use it marked."""
    assert change.dated is not None
    parameter = pack.parameters[change.parameter]
    begins, until = change.dated.valid_from, change.dated.valid_to or _EVER
    kept: list[Dated] = [change.dated]
    for one in parameter.values:
        last = one.valid_to or _EVER
        if one.valid_from < begins:
            kept.append(replace(one, valid_to=min(last, begins - timedelta(days=1))))
        if last > until:
            later = max(one.valid_from, until + timedelta(days=1))
            kept.append(replace(one, valid_from=later))
    kept.sort(key=lambda one: one.valid_from)
    changed = {**pack.parameters, parameter.name: replace(parameter, values=tuple(kept))}
    rules = tuple(
        replace(rule, overlay=overlay.id, is_relaxed=rule.is_relaxed or milder)
        if _speaks_of(rule, parameter.name)
        else rule
        for rule in pack.rules
    )
    return replace(pack, parameters=changed, rules=rules)


def _speaks_of(rule: Rule, name: str) -> bool:
    clauses = [clause.holds for clause in rule.clauses]
    texts = [rule.applies, rule.holds, rule.block_if, rule.at_least, *rule.lets.values(), *clauses]
    return any(re.search(rf"\b{re.escape(name)}\b", text) for text in texts)
