"""Very long texts read piece by piece, so that memory does not grow with them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chanjiao.engines.text.facts.model import Facts, Organisation

LONGEST = 60_000
ENDS = ("\n", "。", "；", "，")


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Pieces with their places, each ending where a paragraph or at least a clause does.

    >>> [(at, len(piece)) for at, piece in pieces("短文。")]
    [(0, 3)]
    """
    at = 0
    while len(text) - at > LONGEST:
        half, end = at + LONGEST // 2, at + LONGEST
        cuts = (text.rfind(mark, half, end) + 1 for mark in ENDS)
        cut = next((cut for cut in cuts if cut), end)
        yield at, text[at:cut]
        at = cut
    yield at, text[at:]


def joined(told: Sequence[tuple[int, Facts]]) -> Facts:
    """The facts of all pieces with places in the whole; bodies of one name are one body."""
    if len(told) == 1:
        return told[0][1]
    bodies: dict[str, Organisation] = {}
    for at, facts in told:
        for body in facts.organisations:
            moved = replace(body, mentions=tuple((a + at, b + at) for a, b in body.mentions))
            first = bodies.get(body.canonical)
            bodies[body.canonical] = _both(first, moved) if first else moved
    return Facts(
        tuple(
            replace(
                f,
                start=f.start + at,
                end=f.end + at,
                number=(f.number[0] + at, f.number[1] + at),
            )
            for at, facts in told
            for f in facts.figures
        ),
        tuple(bodies.values()),
        tuple(
            replace(r, start=r.start + at, end=r.end + at)
            for at, facts in told
            for r in facts.relations
        ),
    )


def _both(first: Organisation, second: Organisation) -> Organisation:
    return replace(
        first,
        surfaces=tuple(dict.fromkeys((*first.surfaces, *second.surfaces))),
        mentions=(*first.mentions, *second.mentions),
        key=first.key or second.key,
    )
