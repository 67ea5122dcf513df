"""Word lists as they stand in the source: blank between words, as many lines as it takes."""


def listed(text: str) -> tuple[str, ...]:
    """Words in the order given."""
    return tuple(text.split())


def wordset(text: str) -> frozenset[str]:
    """Words to ask for.

    >>> "学院" in wordset("大学 学院")
    True
    """
    return frozenset(text.split())
