"""One page from bytes to facts: read, mended, laid out, told — as plain values for the database."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from chanjiao.engines.tabular.plaintext import decode
from chanjiao.engines.tabular.refusals import Refused
from chanjiao.engines.text import (
    Article,
    Edit,
    Institution,
    Repaired,
    applied,
    layout,
    repair,
)
from chanjiao.engines.text.facts import (
    ArticleFacts,
    Facts,
    KnownOrganisation,
    article_text,
    letter,
    read_article,
    with_brands,
)
from chanjiao.evidence.reading.docx import read_docx
from chanjiao.evidence.reading.gate import MOST_CHARACTERS
from chanjiao.evidence.reading.html import read_html
from chanjiao.evidence.reading.model import Source, checked, lines
from chanjiao.evidence.reading.pdf import read_pdf
from chanjiao.evidence.reading.task import Task

MOST_ARTICLES = 26  # they are called a to z
MOST_PARAGRAPHS = 3000  # more than anybody reads through on one page
BY_HAND = "by_hand"

type Tell = Callable[..., ArticleFacts]


def page(task: Task, data: bytes, tell: Tell = read_article) -> dict[str, Any]:
    """Everything a page's rows are filled with; raises ``Refused`` for what can't be read.

    ``tell`` reads the facts out of an article.
    """
    source = checked(source_of(task, data))
    mended = by_hand(source.text, repair(source.text, _institutions(task)), task.mends)
    found = [one for one in layout(mended.text) if article_text(one).strip()]
    if sum(len(one.paragraphs) for one in found) > MOST_PARAGRAPHS:
        raise Refused("too_many_paragraphs", limit=f"{MOST_PARAGRAPHS:,}")
    known = with_brands([KnownOrganisation(**one) for one in task.known], mended.flags)
    articles = [
        _article(one, tell(one, letter(n), published_on=task.published_on, known=known))
        for n, one in enumerate(found[:MOST_ARTICLES])
    ]
    notes = list(source.notes)
    if len(found) > MOST_ARTICLES:
        rest = len(found) - MOST_ARTICLES
        notes.append({"code": "articles_left_out", "facts": {"shown": MOST_ARTICLES, "rest": rest}})
    return {
        "text": source.text,
        "title": next((one["title"] for one in articles if one["title"]), "") or source.title,
        "notes": notes,
        "repaired": mended.text,
        "edits": [[e.start, e.end, e.before, e.after, list(e.kinds)] for e in mended.edits],
        "flags": [
            {"start": f.start, "end": f.end, "kind": f.kind, "quote": f.quote,
             "candidates": list(f.candidates), "reason": f.reason}
            for f in mended.flags
        ],
        "articles": articles,
    }  # fmt: skip


def source_of(task: Task, data: bytes) -> Source:
    """The text of the file, read as what the gate said it is."""
    if task.kind == "docx":
        return read_docx(data, task.limits)
    if task.kind == "pdf":
        return read_pdf(data)
    if task.kind == "html":
        return read_html(data)
    text = decode(data)[0]
    if len(text) > 2 * MOST_CHARACTERS:
        raise Refused("too_much_text", limit=f"{MOST_CHARACTERS:,}")
    return Source(lines(text))


def by_hand(original: str, found: Repaired, mends: Sequence[Mapping[str, Any]]) -> Repaired:
    """The engine's repair with what people put right: theirs stands where both touch a place."""
    if not mends:
        return found
    theirs = [
        Edit(m["start"], m["end"], original[m["start"] : m["end"]], m["after"], (BY_HAND,))  # type: ignore[arg-type]
        for m in mends
    ]
    taken = [(one.start, one.end) for one in theirs]

    def is_free(start: int, end: int) -> bool:
        return not any(start < high and low < end for low, high in taken)

    kept = [edit for edit in found.edits if is_free(edit.start, max(edit.end, edit.start + 1))]
    edits = sorted([*kept, *theirs], key=lambda edit: edit.start)
    flags = [flag for flag in found.flags if is_free(flag.start, flag.end)]
    return Repaired(applied(original, edits), tuple(edits), tuple(flags))


def _institutions(task: Task) -> list[Institution]:
    return [
        Institution(one["name"], one["city"], tuple(one["domains"]), tuple(one["aliases"]))
        for one in task.known
    ]


def _article(found: Article, told: ArticleFacts) -> dict[str, Any]:
    return {
        "title": found.title[:200],
        "text": told.text,
        "paragraphs": _placed(found),
        "statements": statements(told.facts, told.text),
    }


def _placed(found: Article) -> list[dict[str, Any]]:
    """Where each paragraph begins in the article's text, which is its title and its body."""
    paragraphs, at = [], len(found.title) + 1 if found.title else 0
    for one in found.paragraphs:
        is_title = one.role == "title"
        is_body = one.role in ("body", "heading") and one.repeats is None
        start = 0 if is_title else at if is_body else None
        paragraphs.append({
            "role": one.role, "spans": [list(span) for span in one.spans], "start": start,
            "cut_off": one.is_cut_off, "repeats": one.repeats,
        })  # fmt: skip
        at += len(one.text) + 1 if is_body else 0
    return paragraphs


def statements(facts: Facts, text: str) -> list[dict[str, Any]]:
    """Figures, organisations and relations alike: a kind, a quote with its places, a content."""
    found = [
        {
            "kind": "figure", "start": f.start, "end": f.end, "quote": f.quote,
            "places": [[f.start, f.end]],
            "content": {
                "subject": f.subject, "indicator": f.indicator, "value": _plain(f.value),
                "upper": None if f.upper is None else _plain(f.upper), "unit": f.unit,
                "qualifier": f.qualifier, "status": f.status, "period": f.period,
            },
        }
        for f in facts.figures
    ]  # fmt: skip
    found += [
        {
            "kind": "organisation", "start": o.mentions[0][0], "end": o.mentions[0][1],
            "quote": text[slice(*o.mentions[0])], "places": [list(m) for m in o.mentions],
            "key": o.key,
            "content": {"name": o.canonical, "surfaces": list(o.surfaces), "kind": o.kind},
        }
        for o in facts.organisations
        if o.mentions
    ]  # fmt: skip
    found += [
        {
            "kind": "relation", "start": r.start, "end": r.end, "quote": r.quote,
            "places": [[r.start, r.end]],
            "content": {
                "predicate": r.predicate, "subjects": list(r.subjects), "object": r.object,
                "date": r.date, "status": r.status,
            },
        }
        for r in facts.relations
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one["start"], one["end"], one["kind"]))


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
