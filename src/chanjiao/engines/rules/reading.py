"""From a mapping (a YAML file, read by somebody else) to a pack, with every fault named."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from chanjiao.engines.rules.answers import Severity
from chanjiao.engines.rules.faults import Fault, PackError
from chanjiao.engines.rules.fields import Fields
from chanjiao.engines.rules.packs import (
    Clause,
    Dated,
    FactSpec,
    Pack,
    Parameter,
    Rule,
    Source,
    Words,
)
from chanjiao.engines.rules.terms import CODES, DATE, FLAG, NUMBER, TEXT

CONFIDENCES = ("read", "believed", "default")
KINDS = (NUMBER, TEXT, DATE, CODES, FLAG, "table", "time")
TIGHTENS = ("lower", "higher", "fewer", "more")
_SEVERITIES = tuple(severity.value for severity in Severity)


def read_pack(data: Mapping[str, Any], place: str = "") -> Pack:
    """A pack from its mapping; raises PackError with everything that is wrong with it.

    Conditions are read when the pack is first put to use (``Judge``), which knows the facts.
    """
    faults: list[Fault] = []
    fields = Fields(data, place, faults)
    pack = Pack(
        id=fields.needed("pack", fields.text),
        title=read_words(fields, "title"),
        subject=fields.needed("subject", fields.text),
        region=fields.text("region") or "",
        parameters=read_parameters(fields),
        rules=tuple(read_rule(each) for each in fields.each("rules") or ()),
        vocabularies=_vocabularies(fields),
        facts=tuple(_fact(each) for each in fields.each("facts") or ()),
        figures=read_texts(fields, "figures"),
    )
    fields.raw("note")
    fields.done()
    faults += _doubled(pack, place)
    if faults:
        raise PackError(faults)
    return pack


def read_words(fields: Fields, name: str) -> Words:
    group = fields.group(name)
    if group is None:
        fields.blame(name, "必须有 zh 与 en。", "zh and en are required.")
        return Words("", "")
    words = Words(group.needed("zh", group.text) or "", group.needed("en", group.text) or "")
    group.done()
    return words


def read_texts(fields: Fields, name: str) -> dict[str, str]:
    group = fields.group(name)
    return {} if group is None else {key: group.text(key) or "" for key in group.named()}


def read_source(fields: Fields) -> Source:
    return Source(
        fields.needed("source", fields.text) or "",
        fields.needed("confidence", lambda name: fields.choice(name, CONFIDENCES)) or "",
    )


def read_parameters(fields: Fields) -> dict[str, Parameter]:
    group = fields.group("parameters")
    if group is None:
        return {}
    found = {}
    for name in group.named():
        one = group.group(name)
        if one is None:
            group.blame(name, "必须填写。", "this field is required.")
            continue
        found[name] = _parameter(name, one)
    return found


def _parameter(name: str, fields: Fields) -> Parameter:
    kind = fields.needed("kind", lambda key: fields.choice(key, KINDS)) or TEXT
    values = tuple(read_dated(each, kind) for each in fields.each("values") or ())
    if not values:
        fields.blame("values", "至少要有一个值。", "at least one value is needed.")
    found = Parameter(
        name=name,
        kind=NUMBER if kind == "time" else kind,
        title=read_words(fields, "title"),
        unit=fields.text("unit") or "",
        tightens=fields.choice("tightens", TIGHTENS) or "",
        values=values,
    )
    fields.done()
    return found


def read_dated(fields: Fields, kind: str) -> Dated:
    found = Dated(
        value=_value(fields, kind),
        valid_from=fields.needed("valid_from", fields.day),
        valid_to=fields.day("valid_to"),
        source=read_source(fields),
    )
    if found.valid_to and found.valid_from and found.valid_to < found.valid_from:
        fields.blame("valid_to", "早于 valid_from。", "is before valid_from.")
    fields.done()
    return found


def _value(fields: Fields, kind: str) -> Any:
    if kind == CODES:
        codes = fields.items("value")
        if codes is None or not all(isinstance(code, str) for code in codes):
            fields.blame("value", "应为代码（文字）列表。", "give a list of codes (texts).")
        return frozenset(str(code) for code in codes or ())
    if kind == "table":
        table = fields.group("value")
        if table is None:
            fields.blame("value", "必须填写。", "this field is required.")
            return {}
        return {key: table.needed(key, table.number) for key in table.named()}
    readers = {NUMBER: fields.number, TEXT: fields.text, DATE: fields.day, FLAG: fields.flag}
    if kind == "time":
        return fields.needed("value", lambda name: read_time(fields, name))
    return fields.needed("value", readers[kind])


def read_time(fields: Fields, name: str) -> int | None:
    """Minutes after midnight from ``HH:MM``, up to ``24:00``."""
    text = fields.text(name)
    hours, _, minutes = (text or "").partition(":")
    if len(hours) == len(minutes) == 2 and (hours + minutes).isdecimal():
        found = int(hours) * 60 + int(minutes)
        if int(minutes) < 60 and found <= 24 * 60:
            return found
    if fields.has(name):
        fields.blame(
            name, f"“{text}”不是 00:00 到 24:00 的时刻。", f"{text!r} is no time of 00:00 to 24:00."
        )
    return None


def read_rule(fields: Fields) -> Rule:
    rule = Rule(
        id=fields.needed("id", fields.text) or "",
        title=read_words(fields, "title"),
        article=fields.needed("article", fields.text) or "",
        source=read_source(fields),
        severity=Severity(
            fields.needed("severity", lambda name: fields.choice(name, _SEVERITIES)) or "block"
        ),
        valid_from=fields.needed("valid_from", fields.day),
        valid_to=fields.day("valid_to"),
        message=read_words(fields, "message"),
        remedy=read_words(fields, "remedy"),
        applies=fields.text("applies") or "",
        holds=fields.text("holds") or "",
        block_if=fields.text("block_if") or "",
        region=fields.text("region") or "",
        lets=read_texts(fields, "lets"),
        clauses=tuple(_clause(each) for each in fields.each("clauses") or ()),
        at_least=_at_least(fields),
    )
    if bool(rule.holds) == bool(rule.clauses):
        fields.blame(
            "holds",
            "holds 与 clauses 须恰有一个。",
            "give either holds or clauses, and one of them.",
        )
    fields.done()
    return rule


def _at_least(fields: Fields) -> str:
    value = fields.raw("at_least")
    return "" if value is None else str(value)


def _clause(fields: Fields) -> Clause:
    clause = Clause(
        id=fields.needed("id", fields.text) or "",
        title=read_words(fields, "title"),
        holds=fields.needed("holds", fields.text) or "",
        is_mandatory=bool(fields.flag("mandatory")),
    )
    fields.done()
    return clause


def _fact(fields: Fields) -> FactSpec:
    kinds = (NUMBER, TEXT, DATE, CODES, FLAG)
    spec = FactSpec(
        name=fields.needed("name", fields.text) or "",
        kind=fields.needed("kind", lambda name: fields.choice(name, kinds)) or TEXT,
        label=read_words(fields, "label"),
    )
    fields.done()
    return spec


def _vocabularies(fields: Fields) -> dict[str, dict[str, Words]]:
    group = fields.group("vocabularies")
    if group is None:
        return {}
    found: dict[str, dict[str, Words]] = {}
    for name in group.named():
        codes = group.group(name)
        if codes is not None:
            found[name] = {code: read_words(codes, code) for code in codes.named()}
    return found


def _doubled(pack: Pack, place: str) -> list[Fault]:
    """Rules of one id, and values of one parameter, may follow one another but not overlap."""
    faults = []
    spans = [(f"rules {rule.id}", rule.valid_from, rule.valid_to) for rule in pack.rules]
    for parameter in pack.parameters.values():
        spans += [
            (f"parameters.{parameter.name}", one.valid_from, one.valid_to)
            for one in parameter.values
        ]
    whole = sorted((span for span in spans if span[1]), key=lambda span: span[:2])
    for (name, _, until), (other, begins, _) in pairwise(whole):
        if name == other and (until is None or begins <= until):
            faults.append(
                Fault(
                    f"{place} {name}".strip(),
                    f"有两个版本同时在 {begins} 生效。",
                    f"two versions are in force on {begins}.",
                )
            )
    return faults
