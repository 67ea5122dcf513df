"""From the lines of a page to its articles: headings, bylines, paragraphs, and what is furniture.

Spans count characters of the text given, so that every paragraph can be shown in its place; a
paragraph that a column broke is one paragraph with several spans.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from chanjiao.engines.text.likeness import nearly_same, sketch

type Role = Literal["title", "byline", "heading", "body", "furniture"]

SENTENCE_END = re.compile(r"(?:[。！？…：；!?;:]|[。！？…]”|[。！？…][)）])$")
WRITER = (
    r"(?:本报|本网|见习|实习|全媒体|融媒体)*"
    r"(?:记者|通讯员|特约记者|撰文|作者|文|图|摄影|摄|编辑|校对)"
)
BYLINE = re.compile(
    rf"^(?:[□■◎●]?\s*(?:(?:本报|本网)讯\s*)?[（(]?{WRITER}\s*[/／:：\s]\s*\S[^。！？]{{0,40}}"
    rf"|(?:本报|本网)(?:全媒体|融媒体)?(?:记者|通讯员)[\u4e00-\u9fff、 \u3000]{{2,24}}"
    r"|(?:本报|本网)讯.{0,6})$"
)
# What stands in brackets or before the first sentence where no line of its own names the writer.
DATELINE = re.compile(
    rf"(?:本报|本网|本刊|晚报|日报|学校新闻网)(?:[\u4e00-\u9fff\d]{{0,12}}[电讯]|\s*[（(]{WRITER})"
)
MASTHEAD = re.compile(
    r"^(?=.{0,40}\d{4}\s?[年./-]\s?\d{1,2})(?:[\u4e00-\u9fff]{2,8}"
    r"(?:日报|晚报|时报|商报|早报|周报|都市报|导报|周刊|教育报|新闻|快报|报)(?![\u4e00-\u9fff])|第?\s?[A-Z]?\d{1,2}\s?版)"
)
FURNITURE = re.compile(
    r"(?:^(?:首页|当前位置|您现在的位置)\s*[>＞»:：/]|>\s*正文|责任编辑|最后编辑|版权所有|ICP备|公网安备|"
    r"联系电话\s*[:：]|电子信箱|传\s*真\s*[:：]|网站链接|浏览(?:次数)?\s*[:：]|分享到|打印本页|关闭窗口|上一篇|下一篇|"
    r"扫一扫|点击[下这]|技术支持|设为首页|加入收藏|发布时间\s*[:：]|来源\s*[:：]|监督电话|地址\s*[:：]|Copyright|©)"
)
REST_IS_FURNITURE = re.compile(
    r"^(?:相关阅读|热门文章|推荐阅读|相关新闻|猜你喜欢|延伸阅读|更多新闻|服务粉丝|评论区)"
)
SECTION_TAG = re.compile(r"^[·•]\s*\S{1,8}\s*[·•]$")
ROW = re.compile(r"\t|[|｜].*[|｜]")  # of a table: never part of a paragraph
LONGEST_HEADING = 32
LONGEST_MASTHEAD = 40
SHORTEST_BODY = 40
MOST_ALIKE = 20
MOST_COMPARED = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its text, where it stands, what it is, and what is wrong with it."""

    text: str
    spans: tuple[tuple[int, int], ...]
    role: Role
    is_cut_off: bool = False
    repeats: int | None = None

    @property
    def start(self) -> int:
        return self.spans[0][0]


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page with its own title (empty when none is set apart)."""

    title: str
    paragraphs: Sequence[Paragraph] = field(default_factory=tuple)

    @property
    def body(self) -> str:
        """Headings and paragraphs without furniture and bylines, and nothing twice."""
        kept = [
            p.text for p in self.paragraphs if p.role in ("body", "heading") and p.repeats is None
        ]
        return "\n".join(kept)


def layout(text: str) -> list[Article]:
    """The articles of a page, in order; furniture stays with the article it stands by.

    >>> lines = ["首页 > 正文", "三校签约", "本报记者 某某", "今天，三所学校与园区", "企业签约。"]
    >>> [(p.role, p.text) for p in layout(chr(10).join(lines))[0].paragraphs if p.role == "body"]
    [('body', '今天，三所学校与园区企业签约。')]
    """
    lines = list(_with_roles(text))
    joined = list(_joined(lines))
    marked = _repeats(joined)
    return list(_articles(marked))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every line without the blanks around it; empty lines are left out."""
    for found in re.finditer(r"[^\r\n]+", text):
        line = found[0]
        start = found.start() + len(line) - len(line.lstrip())
        end = found.start() + len(line.rstrip())
        if end > start:
            yield start, end


def _with_roles(text: str) -> Iterator[Paragraph]:
    is_over = False
    for start, end in _lines(text):
        line = text[start:end]
        is_over = is_over or bool(REST_IS_FURNITURE.match(line))
        role: Role = "furniture" if is_over else _role(line)
        yield Paragraph(line, ((start, end),), role)


def _role(line: str) -> Role:
    if (FURNITURE.search(line) and len(line) < 160) or SECTION_TAG.match(line):
        return "furniture"
    if len(line) <= LONGEST_MASTHEAD and MASTHEAD.match(line):
        return "furniture"
    if BYLINE.match(line):
        return "byline"
    if len(line) <= LONGEST_HEADING and not re.search(r"[，。；]|[！？,;]$", line):
        return "heading"
    return "body"


def _joined(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Lines that a column broke become one: a paragraph ends only where a sentence does.

    A short line inside a broken sentence is part of it, not a heading.
    """
    held: Paragraph | None = None
    for index, line in enumerate(lines):
        is_last = index == len(lines) - 1
        if held is not None and _goes_on(held, line, is_last=is_last):
            held = replace(held, text=held.text + line.text, spans=held.spans + line.spans)
            continue
        if held is not None:
            yield _closed(held)
        held = line if line.role == "body" else None
        if held is None:
            yield line
    if held is not None:
        yield _closed(held)


def _goes_on(held: Paragraph, line: Paragraph, *, is_last: bool) -> bool:
    if ROW.search(held.text) or ROW.search(line.text):
        return False
    if SENTENCE_END.search(held.text) or line.role in ("furniture", "byline"):
        return False
    if line.role == "body":
        return not line.text.startswith(("“", "　　")) or not SENTENCE_END.search(held.text)
    return bool(re.search(r"[。！？]$", line.text)) or (len(held.text) < SHORTEST_BODY and is_last)


def _closed(paragraph: Paragraph) -> Paragraph:
    is_whole = SENTENCE_END.search(paragraph.text) or ROW.search(paragraph.text)
    return replace(paragraph, is_cut_off=not is_whole)


def _repeats(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Body paragraphs that say again what an earlier one said, with that one's number."""
    found: list[Paragraph] = []
    seen: dict[str, list[int]] = {}
    for number, paragraph in enumerate(paragraphs):
        earlier = None
        if paragraph.role == "body":
            marks = sketch(paragraph.text)
            earlier = _same_as(paragraph.text, marks, seen, found)
            for mark in marks if earlier is None else ():
                seen.setdefault(mark, []).append(number)
        found.append(replace(paragraph, repeats=earlier))
    return found


def _same_as(
    text: str, marks: Iterable[str], seen: dict[str, list[int]], found: Sequence[Paragraph]
) -> int | None:
    """Number of the first paragraph that says the same; those with most marks in common can."""
    shared = Counter(number for mark in marks for number in seen.get(mark, ())[:MOST_ALIKE])
    likeliest = sorted(number for number, _ in shared.most_common(MOST_COMPARED))
    return next((n for n in likeliest if nearly_same(text, found[n].text)), None)


def _articles(paragraphs: Sequence[Paragraph]) -> Iterator[Article]:
    """A heading that a byline or a dateline follows opens an article."""
    groups: list[list[Paragraph]] = [[]]
    for index, paragraph in enumerate(paragraphs):
        if _opens(paragraphs, index) and any(p.role == "body" for p in groups[-1]):
            groups.append([])
        groups[-1].append(paragraph)
    for group in groups:
        first = next((i for i, p in enumerate(group) if p.role in ("heading", "body")), None)
        if first is not None and group[first].role == "heading":
            group[first] = replace(group[first], role="title")
            yield Article(group[first].text, tuple(group))
        elif group:
            yield Article("", tuple(group))


def _opens(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """A heading, perhaps with more headings under it, that a byline or a dateline follows."""
    if paragraphs[index].role != "heading":
        return False
    if index and paragraphs[index - 1].role == "heading":
        return False
    after = next((p for p in paragraphs[index + 1 :] if p.role != "heading"), None)
    return after is not None and (after.role == "byline" or DATELINE.match(after.text) is not None)
