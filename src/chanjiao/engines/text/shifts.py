"""Chinese read one byte late: `?！逼髽I` is 。”企業, and its neighbours with something lost.

In GBK 。”企業 is A1A3 A1B1 C6F3 9849. A reader that lost its place after A1 shows `?`, then the
bytes by twos from there, up to the first one that is half a character and half a letter. Putting
the lost byte in front and reading again gives back what was written.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from math import log1p

import rjieba
from opencc import OpenCC

from chanjiao.engines.text.draft import Change
from chanjiao.engines.text.glosses import GLOSS, HAN, SYLLABLE, bare, first_reading, readings

WIDE = str.maketrans("!,;:()?", "！，；：（）？")
RUN = re.compile(r"\?([!,;:()]{0,2}[^\x00-\x7f]{1,16}?)([@-~])")
LOST_LEADS = (0xA1, 0xA3)
USER_LEADS = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))
STARTS = frozenset("。，、；：！？”’…）》")
MARKS = STARTS | frozenset("“‘（《—·％")
SWALLOWED = re.compile(
    rf"([{HAN}{''.join(MARKS)},;:!)])\?({SYLLABLE})\)"
    r"([!,;:()]{0,2}[^\x00-\x7f]{0,12})([@-~])"
)
LEAD = re.compile(rf"[{HAN}]{{1,2}}$")
UNREADABLE = re.compile("([\0\ud800-\udfff]+)")  # a converter stops at the first of these
NO_TEXT = re.compile("[\ufffd\ud800-\udfff\U00010000-\U0010ffff]")
AFTER = 4
FARTHEST = 24
ENOUGH = 0.6
CLEAR = 0.8
BELIEVED = 0.2
MARGIN = 0.2
STRADDLING = 0.8


def shifts(text: str, *, is_sure: bool = False) -> Iterator[Change]:
    """Runs read one byte late, put right; a run that makes no sense either way is left.

    ``is_sure``: other signs show already that a machine had this page in hand, so that a clean
    reading of common characters is believed even where jieba knows few of its words.
    """
    for found in RUN.finditer(text):
        after = _after(text, found.end())
        believes = is_sure and not after[:1].isascii()
        mended = _mended(found[1].translate(WIDE), found[2], after, believes)
        if mended:
            yield found.start(), found.end(), mended


def swallowed(text: str) -> Iterator[Change]:
    """Runs whose first byte a gloss ate: 域?qū)嶓w is 域實體, 技?jiā)g is 技術."""
    for found in SWALLOWED.finditer(text):
        before, syllable, run, letter = found.groups()
        after = _after(text, found.end())
        lead = LEAD.findall(GLOSS.sub("", text[max(0, found.start() - FARTHEST) : found.start()]))
        before = before.translate(WIDE)
        mended = _unswallowed("".join(lead), before, syllable, run, letter, after)
        if mended:
            yield found.start() + 1, found.end(), mended


def _after(text: str, at: int) -> str:
    """The next characters without the glosses among them."""
    return GLOSS.sub("", text[at : at + FARTHEST])[:AFTER]


@lru_cache(maxsize=4096)
def _mended(run: str, letter: str, after: str, believes: bool) -> str | None:
    body = _bytes(run)
    if body is None:
        return None
    tail = letter.encode("ascii")
    whole = [
        text
        for lead in LOST_LEADS
        if (text := _read(bytes([lead]) + body + tail)) and text[0] in STARTS
    ]
    best = max(whole, key=lambda text: sense(text, after), default=None)
    found = sense(best, after) if best else 0.0
    is_clean = best is not None and _is_clean(best, after)
    if found >= CLEAR or (is_clean and found >= (BELIEVED if believes else ENOUGH)):
        return best
    least = max(found + (MARGIN if is_clean else 0.0), ENOUGH)
    return _with_lost_pair(body, tail, after, least) or (best if found >= ENOUGH else None)


def _is_clean(text: str, after: str) -> bool:
    """Whether a reading holds common characters only, 瞭 before 解 being the 了 it stands for."""
    return not _rare(simplified(text + after)[: len(text)]) and is_machine_made(text, after)


def _with_lost_pair(body: bytes, tail: bytes, after: str, least: float) -> str | None:
    """Two bytes that meant nothing to the late reader vanished on the way: try them all."""
    best, best_sense = None, least
    for lead in LOST_LEADS:
        for place in range(2, len(body) + 1, 2):
            for first in USER_LEADS:
                for second in range(0xA1, 0xFF):
                    pair = bytes([first, second])
                    text = _read(bytes([lead]) + body[:place] + pair + body[place:] + tail)
                    if not text or text[0] not in STARTS:
                        continue
                    found = sense(text, after) if is_machine_made(text, after) else 0.0
                    if found > best_sense:
                        best, best_sense = text, found
    return best


@lru_cache(maxsize=4096)
def _unswallowed(
    lead: str, before: str, syllable: str, run: str, letter: str, after: str
) -> str | None:
    """What stood behind ``before``; ``lead`` are the characters of the page before that.

    The misread character that got the gloss ends in the eaten byte: of those with its reading and
    tone the one is taken whose byte makes most sense.
    """
    edge, body = _bytes(before), _bytes(run.translate(WIDE))
    if edge is None or body is None or len(edge) != 2:
        return None
    found: list[tuple[bool, float, str]] = []
    for eaten in range(0x81, 0xFF):
        seen = _read(edge[1:] + bytes([eaten]))
        if not seen or bare(syllable) not in readings(seen):
            continue
        text = _read(bytes([eaten]) + body + letter.encode("ascii"))
        if text and is_machine_made(text, after):
            made = max(sense(start + text, after) for start in {before, lead + before})
            found.append((syllable == first_reading(seen), made, text))
    best = max(found, default=(False, 0.0, ""))
    if best[1] < ENOUGH:
        best = max(found, key=lambda one: one[1], default=best)
    clean = [text for _, _, text in found if _is_clean(text, after)]
    if best[1] < BELIEVED and len(clean) == 1:
        return clean[0]
    return best[2] if best[1] >= (BELIEVED if best[2] in clean else ENOUGH) else None


def sense(text: str, after: str = "") -> float:
    """How much of a text stands in words of at least two characters, 0 to 1.

    Marks count as sense; ``after`` is read along, since a word may end beyond the run.
    """
    plain = simplified(text)
    if NO_TEXT.search(plain + after):
        return 0.0
    good, at, size = -float(_rare(plain)), 0, len(plain)
    for word in rjieba.cut(plain + simplified(after), False):  # no guessed words
        inside = min(len(word), size - at)
        if inside <= 0:
            break
        if len(word) > 1 or not _is_han(word):
            good += inside * (_weight(word) if inside == len(word) else STRADDLING)
        elif word in _everyday():
            good += 0.7 * inside
        at += inside
    return good / size


@lru_cache(maxsize=8192)
def _weight(word: str) -> float:
    """Nearly 1, more for words that are written often: it only decides between equals."""
    return 1.0 - 0.1 / (1.0 + log1p(rjieba.suggest_freq(word)))


@cache
def _everyday() -> frozenset[str]:
    """One-character words that stand alone often, and common family names."""
    return frozenset(
        "的了在是和有为与及等从到对向由以于将把被让给还也都又就不未已正再更最很上下中里内外前后"
        "年月日人个位名家所项条次种类第每各本该此其他她它我你们并或而但因如若则即各同新老大小多少"
        "张王李赵刘陈杨黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程"
    )


def _rare(text: str) -> int:
    """Characters that hardly anybody writes: not even in the national set of 6,763."""
    return sum(1 for one in text if one not in MARKS and not one.isascii() and not _is_common(one))


def is_machine_made(text: str, after: str = "") -> bool:
    """Whether this could have come out of converting a simplified text by table.

    ``after`` is what follows: 智能製 has its 製 from the 造 behind it.
    """
    plain = simplified(text + after)
    made = [converted(converter, plain)[: len(text)] for converter in _back()]
    if len(plain) != len(text + after) or any(len(one) != len(text) for one in made):
        return text in made
    return all(one in others for one, *others in zip(text, *made, strict=True))


@cache
def _back() -> tuple[OpenCC, ...]:
    """Tables that converters of pages use: 爲 by the one, 為 by the other."""
    return OpenCC("s2t"), OpenCC("s2tw")


@cache
def _is_common(character: str) -> bool:
    try:
        return _is_han(character) and len(character.encode("gb2312")) > 1
    except UnicodeEncodeError:
        return False


@cache
def _converter() -> OpenCC:
    return OpenCC("tw2s")


def simplified(text: str) -> str:
    """A text in simplified characters, by the table that keeps 着 and 里 apart."""
    return converted(_converter(), text)


def converted(converter: OpenCC, text: str) -> str:
    """What a converter makes of a text; NULs and half characters stay as they are."""
    if not UNREADABLE.search(text):
        return str(converter.convert(text))
    return "".join(
        part if UNREADABLE.match(part) else str(converter.convert(part))
        for part in UNREADABLE.split(text)
    )


def _is_han(word: str) -> bool:
    return "㐀" <= word[0] <= "鿿"


def _bytes(text: str) -> bytes | None:
    try:
        return text.encode("gbk")
    except UnicodeEncodeError:
        return None


def _read(data: bytes) -> str | None:
    try:
        return data.decode("gbk")
    except UnicodeDecodeError:
        return None
