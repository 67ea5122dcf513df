"""Where a text speaks of a body, and by which of its names."""

from dataclasses import dataclass

from chanjiao.engines.text.facts.model import Kind


@dataclass(frozen=True, slots=True)
class Mention:
    """``text`` from ``start`` to ``end`` stands for the body called ``canonical``.

    ``is_reference`` where the page only says 该校, 公司 or the like.
    """

    start: int
    end: int
    text: str
    canonical: str
    kind: Kind
    is_reference: bool = False
