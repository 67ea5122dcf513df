"""A reading as plain values for JSON: the same keys for every posting."""

from typing import Any

from chanjiao.engines.taxonomy.postings.model import SEVERAL, SINGLE, Candidate, Found, Reading

RENAMED = {
    "low": "min", "high": "max", "stated_low": "stated_min", "stated_high": "stated_max",
    "is_negotiable": "negotiable", "is_piecework": "piecework", "is_required": "required",
    "is_full_time": "full_time", "is_any": "any",
}  # fmt: skip


def as_json(reading: Reading) -> dict[str, Any]:
    """Every field by its name: None or an object for one value, a list for several.

    An object has value, code, name, span (column, start, end), quote, method, confidence, queued
    and candidates (value, code, score, reasons as pairs of Chinese and English).
    """
    shown: dict[str, Any] = {name: _one(getattr(reading, name)) for name in SINGLE}
    shown |= {name: [_one(each) for each in getattr(reading, name)] for name in SEVERAL}
    shown |= {"queue": reading.queue, "ignored": reading.ignored, "cut": reading.is_cut}
    return shown


def _one(found: Found | None) -> dict[str, Any] | None:
    if found is None:
        return None
    span = found.span
    return {
        "value": _plain(found.value),
        "code": found.code,
        "name": found.name,
        "span": [span.column, span.start, span.end] if span else None,
        "quote": found.quote,
        "method": found.method,
        "confidence": round(found.confidence, 4),
        "queued": found.is_queued,
        "candidates": [_candidate(one) for one in found.candidates],
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "value": _plain(one.value), "code": one.code, "score": round(one.score, 4),
        "reasons": [list(pair) for pair in one.reasons],
    }  # fmt: skip


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {RENAMED.get(key, key): each for key, each in value._asdict().items()}
    return value
