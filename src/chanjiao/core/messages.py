"""Find the sentences that code and templates hand to gettext."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import unescape_string_literal
from django.utils.translation import trim_whitespace

__all__ = ["Found", "Unreadable", "found_in", "in_python", "in_template"]

# For each function: where its context, its sentence and its plural stand among the arguments.
ROLES: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}

STRING = r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'"""
TAG = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.DOTALL)
COMMENT = re.compile(r"\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|\{#.*?#\}", re.DOTALL)
MARKED = re.compile(rf"(?<![\w.])_\(\s*({STRING})\s*\)")
TRANSLATE = re.compile(rf"\{{%\s*trans(?:late)?\s+({STRING})(.*?)%\}}", re.DOTALL)
CONTEXT = re.compile(rf"\bcontext\s+({STRING})")
BLOCK = re.compile(
    r"\{%\s*blocktrans(?:late)?\b(?P<options>.*?)%\}(?P<body>.*?)\{%\s*endblocktrans(?:late)?\s*%\}",
    re.DOTALL,
)
PLURAL = re.compile(r"\{%\s*plural\s*%\}")
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


class Unreadable(ValueError):
    """A sentence that cannot be found in a catalogue, since it is only put together at run time."""


@dataclass(frozen=True, order=True)
class Found:
    """One entry of a catalogue; the same sentence with another context is another entry."""

    msgid: str
    plural: str = ""
    context: str = ""


def found_in(path: Path) -> set[Found]:
    """All entries of a ``.py`` or ``.html``/``.txt`` file; raises ``Unreadable`` with its place."""
    source = path.read_text("utf-8")
    try:
        return set(in_python(source) if path.suffix == ".py" else in_template(source))
    except Unreadable as fault:
        raise Unreadable(f"{path}: {fault}") from fault


def in_python(source: str) -> Iterator[Found]:
    """Entries of the gettext calls, under whichever module name the function is reached.

    A call on a variable is passed over, for it translates what another place has marked; a
    sentence joined or formatted inside the call raises ``Unreadable``.

    >>> list(in_python("_('订单班'); translation.ngettext('%d 家', '%d 家', n); _(label)"))
    [Found(msgid='订单班', plural='', context=''), Found(msgid='%d 家', plural='%d 家', context='')]
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (role := ROLES.get(called(node))):
            context, sentence, plural = (literal(node, place) for place in role)
            if sentence:
                yield Found(sentence, plural or "", context or "")


def called(node: ast.Call) -> str:
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name.removesuffix("_lazy").removesuffix("_noop")


def literal(node: ast.Call, place: int | None) -> str | None:
    if place is None or place >= len(node.args):
        return None
    argument = node.args[place]
    if isinstance(argument, ast.JoinedStr | ast.BinOp):
        raise Unreadable(
            f"第 {node.lineno} 行：译文须为完整句子，变量请用 %(name)s。"
            f" Line {node.lineno}: translate a whole sentence; put values in with %(name)s."
        )
    return argument.value if is_text(argument) else None


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def in_template(source: str) -> Iterator[Found]:
    r"""Entries of ``translate``, ``blocktranslate`` and ``_("…")`` in tags and cotton attributes.

    >>> list(in_template('{% translate "需求" %}<c-card :title="_(\'缺口\')" />'))
    [Found(msgid='需求', plural='', context=''), Found(msgid='缺口', plural='', context='')]
    """
    source = COMMENT.sub("", source)
    for match in TRANSLATE.finditer(source):
        context = CONTEXT.search(match[2])
        yield Found(constant(match[1]), "", unescape_string_literal(context[1]) if context else "")
    for match in MARKED.finditer(source):
        yield Found(constant(match[1]))
    for match in BLOCK.finditer(source):
        yield from in_block(match["options"], match["body"])


def constant(quoted: str) -> str:
    """Templates double the per cent sign of a constant before they look it up."""
    return unescape_string_literal(quoted).replace("%", "%%")


def in_block(options: str, body: str) -> Iterator[Found]:
    words = re.sub(STRING, "", options).split()
    parts = [block_text(part, trimmed="trimmed" in words) for part in PLURAL.split(body)]
    context = CONTEXT.search(options)
    yield Found(
        parts[0],
        parts[1] if len(parts) > 1 else "",
        unescape_string_literal(context[1]) if context else "",
    )


def block_text(body: str, *, trimmed: bool) -> str:
    """The msgid as Django forms it at run time: ``{{ name }}`` becomes ``%(name)s``."""
    pieces = []
    for piece in TAG.split(body):
        variable = VARIABLE.fullmatch(piece)
        if variable:
            pieces.append(f"%({variable[1]})s")
        elif piece.startswith(("{{", "{%")):
            raise Unreadable(
                f"blocktranslate 中只能有变量：{piece}（请用 with 取名）。"
                f" Only plain variables fit in blocktranslate: name {piece} by with."
            )
        else:
            pieces.append(piece.replace("%", "%%"))
    text = "".join(pieces)
    return trim_whitespace(text) if trimmed else text
