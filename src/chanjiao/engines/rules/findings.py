"""What people are told about an outcome: the sentence, the article, what to change."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from chanjiao.engines.rules.answers import Answer, Severity
from chanjiao.engines.rules.judging import Judgement
from chanjiao.engines.rules.laws import BoundRule, Law, fields_of
from chanjiao.engines.rules.outcomes import Outcome
from chanjiao.engines.rules.packs import Words
from chanjiao.engines.rules.terms import FLAG


@dataclass(frozen=True, slots=True)
class Finding:
    """``message`` says what is wrong or not known, ``change`` what would put it right."""

    case: str
    rule: str
    title: Words
    answer: Answer
    severity: Severity
    article: str
    message: Words
    change: Words
    missing: tuple[str, ...]
    overlay: str


def findings(judgement: Judgement, *, passes: bool = False) -> list[Finding]:
    """A finding for each outcome that is no pass, or for every outcome with ``passes``."""
    return [
        _finding(judgement, rule, outcome)
        for rule, outcome in zip(judgement.law.rules, judgement.outcomes, strict=True)
        if passes or outcome.answer is not Answer.PASS
    ]


def _finding(judgement: Judgement, bound: BoundRule, outcome: Outcome) -> Finding:
    message, change = _sentences(judgement, bound, outcome)
    return Finding(
        case=judgement.case,
        rule=outcome.rule.id,
        title=outcome.rule.title,
        answer=outcome.answer,
        severity=outcome.severity,
        article=outcome.rule.article,
        message=message,
        change=change,
        missing=tuple(n for n in sorted(outcome.missing) if judgement.law.labels[n].label.zh),
        overlay=outcome.rule.overlay,
    )


def _sentences(judgement: Judgement, bound: BoundRule, outcome: Outcome) -> tuple[Words, Words]:
    if outcome.answer is Answer.FAIL:
        return (
            _filled(judgement, bound, outcome.rule.message),
            _filled(judgement, bound, outcome.rule.remedy),
        )
    if outcome.answer is Answer.CANNOT_JUDGE:
        zh, en = _labels(judgement.law, outcome.missing)
        return (
            Words(
                f"无法判断：缺少、不完整或已过期的有{zh}。",
                f"Cannot judge: missing, incomplete or out of date: {en}.",
            ),
            Words(f"请补充或更新：{zh}。", f"Add or renew: {en}."),
        )
    if outcome.applies is False:
        return Words("不适用。", "Does not apply."), Words("", "")
    return Words("符合。", "Kept."), Words("", "")


def _labels(law: Law, names: frozenset[str]) -> tuple[str, str]:
    specs = [law.labels[name] for name in sorted(names) if law.labels[name].label.zh]
    zh = list(dict.fromkeys(spec.label.zh for spec in specs))
    en = list(dict.fromkeys(spec.label.en for spec in specs))
    return "、".join(zh), ", ".join(en)


def _filled(judgement: Judgement, bound: BoundRule, words: Words) -> Words:
    return Words(
        _filled_text(judgement, bound, words.zh, "zh"),
        _filled_text(judgement, bound, words.en, "en"),
    )


def _filled_text(judgement: Judgement, bound: BoundRule, text: str, language: str) -> str:
    for name in fields_of(text):
        term = bound.names[name]
        shown = shown_value(judgement.law, term.value(judgement.row), term.kind, language)
        text = text.replace(f"{{{name}}}", shown)
    return text


def shown_value(law: Law, value: Any, kind: str, language: str) -> str:
    """A value as a sentence holds it; what is not known is a question mark."""
    if value is None:
        return "？" if language == "zh" else "?"
    if kind == FLAG:
        return {"zh": ("否", "是"), "en": ("no", "yes")}[language][bool(value)]
    if isinstance(value, frozenset):
        labels = [_label(law, code, language) for code in sorted(value)]
        return ("、" if language == "zh" else ", ").join(labels)
    if isinstance(value, str):
        return _label(law, value, language)
    return two_places(value) if isinstance(value, Fraction) else str(value)


def _label(law: Law, code: str, language: str) -> str:
    label = law.pack.label(code)
    return label.zh if language == "zh" else label.en


def two_places(value: Fraction) -> str:
    """Rounded half up, in exact arithmetic.

    >>> two_places(Fraction(12345, 1000)), two_places(Fraction(-1, 3))
    ('12.35', '-0.33')
    """
    hundredths = (abs(value) * 200 + 1) // 2
    sign = "-" if value < 0 and hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"
