"""Texts with what was changed, doubted and quoted in them marked, as safe markup.

Marks may overlap: the text is cut wherever one begins or ends, and each piece carries all that
covers it. Everything of the page is escaped; the markup around it is ours.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from chanjiao.evidence.models import PressArticle, PressPage, Statement

EDIT_KINDS = {
    "shape": gettext_lazy("字形"),
    "shift": gettext_lazy("错位字节"),
    "swallowed": gettext_lazy("被吞的注音"),
    "gloss": gettext_lazy("注音"),
    "comma": gettext_lazy("多余逗号"),
    "script": gettext_lazy("繁体"),
    "punctuation": gettext_lazy("标点"), "by_hand": gettext_lazy("手工更正"),
}  # fmt: skip
FLAG_KINDS = {
    "lost_character": gettext_lazy("缺字"), "question_mark_for_space": gettext_lazy("问号代空格"),
    "broken_bytes": gettext_lazy("坏字节"), "brand": gettext_lazy("名称疑被替换"),
}  # fmt: skip
LONGEST_TIP = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of a text and what it is: an edit or a flag by number, a quote by statement."""

    start: int
    end: int
    kind: str
    key: int
    tip: str = ""
    state: str = ""


@dataclass(slots=True)
class Shown:
    """One paragraph on the page: its markup and what is odd about it."""

    role: str
    html: SafeString
    is_cut_off: bool = False
    repeats: int | None = None


@dataclass(slots=True)
class ShownArticle:
    article: PressArticle
    paragraphs: list[Shown] = field(default_factory=list)


def marked(text: str, marks: Iterable[Mark]) -> SafeString:
    """The text with its marks put in; each mark that covers nothing stands as a caret.

    >>> marked("三校签约", [Mark(0, 2, "quote", 7, state="proposed")])
    '<mark class="quote is-proposed" data-quote="7" tabindex="-1">三校</mark>签约'
    """
    inside = sorted(
        (m for m in marks if 0 <= m.start <= m.end <= len(text)), key=lambda m: (m.start, m.end)
    )
    cuts = sorted({0, len(text), *(m.start for m in inside), *(m.end for m in inside)})
    pieces: list[tuple[SafeString]] = []
    covering: list[Mark] = []
    at = 0
    for low, high in zip(cuts, [*cuts[1:], len(text)], strict=True):
        covering = [m for m in covering if m.end > low]
        while at < len(inside) and inside[at].start == low:
            if inside[at].end == low:
                pieces.append((_element("", inside[at : at + 1]),))
            else:
                covering.append(inside[at])
            at += 1
        if low < high:
            piece = text[low:high]
            pieces.append((_element(piece, covering) if covering else format_html("{}", piece),))
    return format_html_join("", "{}", pieces)


def _element(text: str, covering: Sequence[Mark]) -> SafeString:
    classes = dict.fromkeys(m.kind for m in covering)
    classes |= dict.fromkeys(f"is-{m.state}" for m in covering if m.state)
    if not text:
        classes["is-gone"] = None
    keys: dict[str, list[str]] = {}
    for m in covering:
        keys.setdefault(m.kind, []).append(str(m.key))
    data = format_html_join("", ' data-{}="{}"', ((k, " ".join(v)) for k, v in keys.items()))
    tip = next((m.tip for m in covering if m.tip), "")
    told = format_html(' data-tip="{}"', tip) if tip else ""
    return format_html(
        '<mark class="{}"{}{} tabindex="-1">{}</mark>', " ".join(classes), data, told, text
    )


def original(page: PressPage) -> list[SafeString]:
    """The page's lines as they came, with every edit and every flag."""
    edits = _edits(page)
    marks = [Mark(e.start, e.end, "edit", n, _tip(page, n)) for n, e in enumerate(edits)]
    marks += [_flag(f, f["start"], f["end"]) for f in page.flags]
    placed = _Marks(marks)
    found, at = [], 0
    for line in page.text.split("\n"):
        if line.strip():
            found.append(marked(line, placed.within(at, at + len(line))))
        at += len(line) + 1
    return found


def repaired(page: PressPage, articles: Iterable[PressArticle]) -> list[ShownArticle]:
    """The mended page by articles and paragraphs, with every edit and every flag."""
    marks = _Marks(_mended_marks(page))
    return [_article(page, one, marks, _Marks(())) for one in articles]


def quoted(
    page: PressPage, articles: Iterable[PressArticle], statements: Mapping[int, Sequence[Statement]]
) -> list[ShownArticle]:
    """The articles alone, with the quotes of their statements marked."""
    found = []
    for article in articles:
        quotes = _Marks(
            Mark(start, end, "quote", one.pk, state=one.state)
            for one in statements.get(article.pk, ())
            for start, end in one.places
        )
        found.append(_article(page, article, _Marks(()), quotes))
    return found


def _article(
    page: PressPage, article: PressArticle, marks: "_Marks", quotes: "_Marks"
) -> ShownArticle:
    """``marks`` count characters of the page's mended text, ``quotes`` of the article's."""
    shown = ShownArticle(article)
    for paragraph in article.paragraphs:
        text, local = "", []
        for low, high in paragraph["spans"]:
            local += _moved(marks.within(low, high), len(text))
            text += page.repaired[low:high]
        if paragraph["start"] is not None:
            local += quotes.within(paragraph["start"], paragraph["start"] + len(text))
        shown.paragraphs.append(
            Shown(
                paragraph["role"], marked(text, local), paragraph["cut_off"], paragraph["repeats"]
            )
        )
    return shown


class _Marks:
    """Marks in order, of which a range is found without looking at them all."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.marks = sorted(marks, key=lambda m: (m.start, m.end))
        self.longest = max((m.end - m.start for m in self.marks), default=0)

    def within(self, low: int, high: int) -> list[Mark]:
        """Marks that touch a range, cut to it and counted from its beginning."""
        first = bisect_left(self.marks, low - self.longest, key=lambda m: m.start)
        last = bisect_left(self.marks, high, key=lambda m: m.start)
        return [
            Mark(max(m.start, low) - low, min(m.end, high) - low, m.kind, m.key, m.tip, m.state)
            for m in self.marks[first:last]
            if m.end > low or (m.start == m.end and low <= m.start)
        ]


def _moved(marks: Iterable[Mark], by: int) -> Iterator[Mark]:
    for m in marks:
        yield Mark(m.start + by, m.end + by, m.kind, m.key, m.tip, m.state)


def _mended_marks(page: PressPage) -> Iterator[Mark]:
    """Edits and flags at their places in the mended text."""
    edits = _edits(page)
    shifts: list[tuple[int, int]] = []  # from which place of the original on, by how much
    moved = 0
    for number, edit in enumerate(edits):
        start = edit.start + moved
        yield Mark(start, start + len(edit.after), "edit", number, _tip(page, number))
        moved += len(edit.after) - (edit.end - edit.start)
        shifts.append((edit.end, moved))

    def place(at: int) -> int:
        number = bisect_left(shifts, at + 1, key=lambda one: one[0])
        return at + (shifts[number - 1][1] if number else 0)

    for flag in page.flags:
        start = place(flag["start"])
        yield _flag(flag, start, max(start, place(flag["end"])))


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    before: str
    after: str


def _edits(page: PressPage) -> list[_Edit]:
    return [_Edit(*one[:4]) for one in page.edits]


def _tip(page: PressPage, number: int) -> str:
    _start, _end, before, after, kinds = page.edits[number]
    why = "、".join(str(EDIT_KINDS.get(kind, kind)) for kind in kinds)
    return _("%(before)s → %(after)s：%(why)s") % {
        "before": _short(before) or _("（无）"), "after": _short(after) or _("（删去）"),
        "why": why,
    }  # fmt: skip


def _flag(flag: Mapping[str, Any], start: int, end: int) -> Mark:
    label = FLAG_KINDS.get(flag["kind"], flag["kind"])
    return Mark(start, end, "flag", flag["start"], str(label))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TIP else text[: LONGEST_TIP - 1] + "…"
