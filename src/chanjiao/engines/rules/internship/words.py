"""Codes of the pack's vocabularies, as people may write them."""

from collections.abc import Mapping
from typing import Any

from chanjiao.engines.rules.faults import shown
from chanjiao.engines.rules.fields import Fields
from chanjiao.engines.rules.packs import Pack


class Words:
    """Looks codes up by code or Chinese word; what is in no vocabulary is refused by name."""

    def __init__(self, pack: Pack) -> None:
        self._codes: Mapping[str, Mapping[Any, str]] = {
            name: {key: code for code, words in codes.items() for key in (code, words.zh)}
            for name, codes in pack.vocabularies.items()
        }

    def one(self, fields: Fields, name: str, vocabulary: str) -> str | None:
        """A code of the vocabulary; any text where the pack has no such vocabulary."""
        known = self._codes.get(vocabulary)
        if known is None:
            return fields.text(name)
        value = fields.raw(name)
        if value is None:
            return None
        code = known.get(value) if isinstance(value, str) else None
        if code is None:
            self._refuse(fields, name, value, vocabulary)
        return code

    def many(self, fields: Fields, name: str, vocabulary: str) -> frozenset[str] | None:
        """A list of codes; an empty one says that there is nothing of the kind."""
        values = fields.items(name)
        if values is None:
            return None
        known = self._codes.get(vocabulary)
        found = set()
        for n, value in enumerate(values):
            code = value if known is None else known.get(value) if isinstance(value, str) else None
            if isinstance(code, str) and code:
                found.add(code)
            else:
                self._refuse(fields, f"{name}[{n}]", value, vocabulary)
        return frozenset(found)

    def _refuse(self, fields: Fields, name: str, value: Any, vocabulary: str) -> None:
        known = self._codes.get(vocabulary, {})
        codes = ", ".join(dict.fromkeys(known.values())) or "text"
        fields.blame(
            name,
            f"“{shown(value)}”不在可用的代码中：{codes}。",
            f"{shown(value)!r} is none of the codes: {codes}.",
        )
