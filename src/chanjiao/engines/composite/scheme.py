"""The framework as a tree: indicators at the leaves, dimensions above, one index at the root."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite

from chanjiao.engines.composite.faults import Refused


@dataclass(frozen=True, slots=True)
class Node:
    """An indicator or an aggregate; ``weight`` is relative among siblings.

    ``direction`` is 1 where more is better and -1 where less is; it tells only of indicators.
    ``level`` is 1 for indicators; left at 0 it is worked out from the tree.
    """

    code: str
    parent: str | None = None
    weight: float = 1.0
    direction: int = 1
    name: str = ""
    name_en: str = ""
    level: int = 0


class Scheme:
    """An immutable tree of nodes. Raises :class:`Refused` when it is no tree.

    >>> scheme = Scheme([
    ...     Node("IEI"), Node("A", "IEI", 0.4), Node("B", "IEI", 0.6),
    ...     Node("A1", "A"), Node("A2", "A", 3), Node("B1", "B", direction=-1)])
    >>> scheme.root, scheme.leaves, scheme.aggregates
    ('IEI', ('A1', 'A2', 'B1'), ('A', 'B', 'IEI'))
    >>> {code: round(w, 3) for code, w in scheme.effective_weights().items()}
    {'IEI': 1.0, 'A': 0.4, 'B': 0.6, 'A1': 0.1, 'A2': 0.3, 'B1': 0.6}
    """

    def __init__(self, nodes: Iterable[Node]) -> None:
        listed = list(nodes)
        self._children: dict[str, list[str]] = {}
        self._nodes = _by_code(listed)
        for node in listed:
            if node.parent is not None:
                self._children.setdefault(node.parent, []).append(node.code)
        self.root = self._only_root(listed)
        self._nodes = self._levelled()
        self.leaves = tuple(n.code for n in listed if n.code not in self._children)
        upward = sorted(self._children, key=lambda code: self._nodes[code].level)
        self.aggregates = tuple(upward)
        self._check()

    def _only_root(self, listed: list[Node]) -> str:
        for node in listed:
            if node.parent is not None and node.parent not in self._nodes:
                raise Refused(
                    f"{node.code} 的上级 {node.parent} 不在框架里，请加上或改正。",
                    f"{node.code} has the parent {node.parent}, which is not in the scheme; "
                    "add it or correct it.",
                )
        roots = [node.code for node in listed if node.parent is None]
        if len(roots) != 1:
            raise Refused(
                f"框架须有且只有一个顶层，现有 {len(roots)} 个：{'、'.join(roots) or '无'}。",
                f"A scheme has exactly one node without a parent; here {len(roots)}: "
                f"{', '.join(roots) or 'none'}.",
            )
        return roots[0]

    def _levelled(self) -> dict[str, Node]:
        """Nodes with their levels; also finds what hangs in a ring and never meets the root."""
        seen: list[str] = []
        waiting = [self.root]
        while waiting:
            code = waiting.pop()
            seen.append(code)
            waiting.extend(self._children.get(code, ()))
        lost = sorted(set(self._nodes) - set(seen))
        if lost:
            raise Refused(
                f"{'、'.join(lost)} 的上级关系成环，到不了顶层 {self.root}。",
                f"{', '.join(lost)} hang in a ring and never reach the root {self.root}.",
            )
        height: dict[str, int] = {}
        for code in reversed(seen):
            below = [height[child] for child in self._children.get(code, ())]
            height[code] = max(self._nodes[code].level, 1 + max(below, default=0))
        return {c: replace(n, level=height[c]) for c, n in self._nodes.items()}

    def _check(self) -> None:
        if not self._children:
            raise Refused(
                f"框架只有 {self.root} 一个节点，没有指标。",
                f"The scheme has only {self.root} and no indicators.",
            )
        for code in self.leaves:
            if self[code].direction not in (1, -1):
                raise Refused(
                    f"指标 {code} 的方向 {self[code].direction} 须为 1 或 -1。",
                    f"Indicator {code} has direction {self[code].direction}; give 1 or -1.",
                )
        for parent, children in self._children.items():
            total = sum(self[child].weight for child in children)
            if total <= 0:
                raise Refused(
                    f"{parent} 下各项权重之和为 {total}，须大于 0。",
                    f"The weights below {parent} add up to {total}; they must exceed 0.",
                )

    def __getitem__(self, code: str) -> Node:
        return self._nodes[code]

    def __contains__(self, code: object) -> bool:
        return code in self._nodes

    def __iter__(self) -> Iterator[Node]:
        return iter(self._nodes.values())

    def __len__(self) -> int:
        return len(self._nodes)

    def children(self, code: str) -> tuple[str, ...]:
        """In the order in which they were given; none below an indicator."""
        return tuple(self._children.get(code, ()))

    def leaves_below(self, code: str) -> tuple[str, ...]:
        """The indicators under a node, itself if it is one."""
        below = self._children.get(code)
        if below is None:
            return (code,)
        return tuple(leaf for child in below for leaf in self.leaves_below(child))

    @property
    def top(self) -> int:
        """The level of the root."""
        return self[self.root].level

    def effective_weights(self) -> dict[str, float]:
        """Each node's share of the whole, the root's being 1 (weights of siblings multiplied)."""
        share = {self.root: 1.0}
        for code in reversed(self.aggregates):
            children = self.children(code)
            total = sum(self[child].weight for child in children)
            share |= {child: share[code] * self[child].weight / total for child in children}
        return {code: share[code] for code in self._nodes}

    def reweighted(self, weights: Mapping[str, float]) -> "Scheme":
        """The same tree with other weights for the nodes named."""
        return Scheme(replace(n, weight=weights.get(n.code, n.weight)) for n in self)

    def without(self, codes: Iterable[str]) -> "Scheme":
        """The tree without these nodes, what hangs below them and parents left childless.

        >>> Scheme([Node("I"), Node("A", "I"), Node("B", "I"), Node("A1", "A"),
        ...         Node("B1", "B")]).without(["A1"]).leaves
        ('B1',)
        """
        gone = set(codes)
        unknown = sorted(gone - set(self._nodes))
        if unknown:
            raise Refused(
                f"要去掉的 {'、'.join(unknown)} 不在框架里。",
                f"{', '.join(unknown)} cannot be left out: not in the scheme.",
            )
        kept_leaves = [
            leaf for leaf in self.leaves if not gone & {leaf, *self.ancestors(leaf)}
        ]  # fmt: skip
        kept = set(kept_leaves).union(*(self.ancestors(leaf) for leaf in kept_leaves))
        return Scheme(node for node in self if node.code in kept)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """From the parent up to the root."""
        found = []
        parent = self[code].parent
        while parent is not None:
            found.append(parent)
            parent = self[parent].parent
        return tuple(found)


def _by_code(listed: list[Node]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for node in listed:
        if not node.code:
            raise Refused("框架里有节点没有代码。", "A node of the scheme has no code.")
        if node.code in found:
            raise Refused(
                f"代码 {node.code} 出现了两次，请改名。",
                f"The code {node.code} stands twice; rename one.",
            )
        if not (isfinite(node.weight) and node.weight >= 0):
            raise Refused(
                f"{node.code} 的权重 {node.weight} 须为不小于 0 的数。",
                f"{node.code} has the weight {node.weight}; give a number from 0 up.",
            )
        found[node.code] = node
    return found
