"""A frozen tree of codes, made ready for sums: every line sits on a leaf, every root below ""."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

TOTAL = ""
UNSTATED = "-"
OWN = "."  # what lies on a node that also has children gets a leaf of its own


@dataclass(frozen=True)
class Tree:
    """``parents`` leads from every key in use to its parent, and from roots to the total."""

    parents: Mapping[str, str]
    names: Mapping[str, tuple[str, str]]
    details: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, nodes: Mapping[str, Mapping[str, Any]], used: Iterable[str]) -> "Tree":
        """The part of ``nodes`` above the codes in use; a code the tree lacks hangs at the top."""
        parents: dict[str, str] = {}
        names = {TOTAL: ("合计", "Total"), UNSTATED: ("未注明", "Not stated")}
        inner = {str(node["parent"]) for node in nodes.values() if node["parent"]}
        for code in sorted(set(used)):
            key = code or UNSTATED
            if code in inner:
                name, name_en = str(nodes[code]["name"]), str(nodes[code]["name_en"])
                key = code + OWN
                parents[key] = code
                names[key] = (f"{name}（本级）", f"{name_en or name} (itself)")
            _climb(key if code not in inner else code, nodes, parents, names)
        return cls(parents, names, nodes)

    @cached_property
    def inner(self) -> frozenset[str]:
        """Keys that have others beneath them."""
        return frozenset(self.parents.values())

    def leaf(self, code: str) -> str:
        """The key under which a line with this code is counted."""
        if not code:
            return UNSTATED
        return code + OWN if code + OWN in self.parents else code

    def depth(self, key: str) -> int:
        """0 for the total, 1 for roots, and so on."""
        found = 0
        while key != TOTAL:
            key = self.parents[key]
            found += 1
        return found

    def above(self, key: str, depth: int) -> str:
        """The ancestor of ``key`` at ``depth``, or ``key`` itself where it lies no deeper."""
        path = [key]
        while path[-1] != TOTAL:
            path.append(self.parents[path[-1]])
        path.reverse()
        return path[min(depth, len(path) - 1)]

    def finest(self, keys: Iterable[str], limit: int) -> int:
        """The deepest level at which the keys fall into no more than ``limit`` groups."""
        found = list(keys)
        deepest = max((self.depth(key) for key in found), default=1)
        fitting = [
            depth
            for depth in range(1, deepest + 1)
            if len({self.above(key, depth) for key in found}) <= limit
        ]
        return max(fitting, default=1)

    def beneath(self, key: str) -> set[str]:
        """The codes of lines that a figure at ``key`` counts."""
        if key == TOTAL:
            inside = set(self.parents)
        else:
            inside = {key}
            for one in self.parents:
                path = one
                while path != TOTAL and path != key:
                    path = self.parents[path]
                if path == key:
                    inside.add(one)
        return {"" if one == UNSTATED else one.removesuffix(OWN) for one in inside}


def _climb(
    key: str, nodes: Mapping[str, Mapping[str, Any]], parents: dict[str, str],
    names: dict[str, tuple[str, str]],
) -> None:  # fmt: skip
    while key not in parents:
        node = nodes.get(key)
        if node is None:
            parents[key] = TOTAL
            names.setdefault(key, (key, key))
            return
        names[key] = (str(node["name"]), str(node["name_en"] or node["name"]))
        parents[key] = str(node["parent"]) if node["parent"] in nodes else TOTAL
        key = parents[key]
        if key == TOTAL:
            return
