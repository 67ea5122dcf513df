"""Whether two paragraphs say the same, give or take a few characters."""

SAME = 0.9
SHORTEST_ALIKE = 30


def nearly_same(one: str, other: str) -> bool:
    """True from nine tenths of common character pairs on; short texts have to be equal."""
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST_ALIKE or abs(len(one) - len(other)) > 0.15 * max(
        len(one), len(other)
    ):
        return False
    left, right = _pairs(one), _pairs(other)
    return len(left & right) >= SAME * len(left | right)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
