"""From a page that machines have spoilt to what was written, with every edit on record."""

import re
from collections.abc import Callable, Iterable
from itertools import islice

from chanjiao.engines.text import glosses, punctuation, scripts, shapes, shifts
from chanjiao.engines.text.brands import Institution, brand_flags
from chanjiao.engines.text.draft import Change, Draft
from chanjiao.engines.text.glosses import HAN
from chanjiao.engines.text.model import EditKind, Flag, Repaired

type Step = Callable[[str], Iterable[Change]]

SHAPE_SIGN = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff\u200b\u2060\ufeff\u0300-\u036f\U0002f800-\U0002fa1f]"
)
DAMAGE_SIGN = re.compile(
    rf"{glosses.SIGN.pattern}|\?[!！][\u3400-\u9fff]|[{HAN}“”]\?[a-z]{{0,6}}[{glosses.TONED}]"
)
FEWEST_SHAPES = 3
FEWEST_GLOSSES = 3

DAMAGED: tuple[tuple[EditKind, Step], ...] = (
    ("swallowed", shifts.swallowed),
    ("shift", lambda text: shifts.shifts(text, is_sure=is_machines(text))),
    ("gloss", glosses.glosses),
    ("comma", punctuation.inserted_commas),
    ("script", scripts.simplify),
    ("punctuation", punctuation.narrow_marks),
    ("punctuation", punctuation.narrow_brackets),
    ("punctuation", punctuation.straight_quotes),
)
LOST = re.compile("\ufffd+")
QUESTION_SPACES = re.compile(rf"(?:^|(?<=[{HAN}、。]))\?+(?=[{HAN}])", re.MULTILINE)
FEWEST_QUESTION_SPACES = 3


def repair(text: str, register: Iterable[Institution] = ()) -> Repaired:
    """Mend what machines did to a Chinese page; a clean page comes back as it is.

    Steps that a healthy page could be hurt by run only on pages that show damage: glosses, bytes
    read late, or machine-made traditional characters. What can't be mended is flagged, with
    candidates from ``register`` for a name that an advertiser's brand has replaced.

    >>> repair("學(xué)生,,走進(jìn)車(chē)間。").text
    '学生，走进车间。'
    >>> repair("本公司招聘CNC操机, 月薪6000-9000").edits
    ()
    """
    draft = Draft(text)
    damaged = is_damaged(text)
    if SHAPE_SIGN.search(text) and (damaged or len(SHAPE_SIGN.findall(text)) >= FEWEST_SHAPES):
        draft.change(shapes.shapes(draft.text), "shape")
    if damaged:
        for kind, step in DAMAGED:
            draft.change(step(draft.text), kind)
    flags = [*_unmendable(draft), *brand_flags(text, register)]
    if draft.text is text and not flags:
        return Repaired(text)
    return Repaired(draft.text, tuple(draft.edits()), tuple(sorted(flags, key=lambda f: f.start)))


def is_damaged(text: str) -> bool:
    """Whether a page shows the machine: enough glosses, bytes read late, or foreign script."""
    if DAMAGE_SIGN.search(text):
        if any(True for _ in shifts.shifts(text)) or any(True for _ in shifts.swallowed(text)):
            return True
        found = sum(1 for _ in glosses.glosses(text))
        if found >= FEWEST_GLOSSES or (found and scripts.changed_characters(text)):
            return True
    return scripts.is_foreign(text)


def is_machines(text: str) -> bool:
    """Whether a page shows another sign of the machine than bytes read late."""
    found = sum(1 for _ in islice(glosses.glosses(text), FEWEST_GLOSSES))
    return found >= FEWEST_GLOSSES or scripts.is_foreign(text)


def _unmendable(draft: Draft) -> Iterable[Flag]:
    for found in LOST.finditer(draft.text):
        yield _flag(draft, found, "lost_character")
    spaces = list(QUESTION_SPACES.finditer(draft.text))
    if len(spaces) >= FEWEST_QUESTION_SPACES:
        yield from (_flag(draft, found, "question_mark_for_space") for found in spaces)


def _flag(draft: Draft, found: re.Match[str], kind: str) -> Flag:
    start, end = draft.origin(found.start(), found.end())
    return Flag(start, end, kind, draft.original[start:end])  # type: ignore[arg-type]
