"""How strong a node is: a rule over its placements in one year, with its parameters shown."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from chanjiao.core.parameters import Parameter, parameter
from chanjiao.industry.choices import NodeStatus


@dataclass(frozen=True, slots=True)
class Placed:
    """How many bodies stand on a node in one year, by role."""

    heads: int = 0
    backbones: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """The thresholds in force on a day, each with the paper it stands in."""

    heads: Parameter
    backbones: Parameter
    complete: Parameter

    def status(self, placed: Placed) -> NodeStatus:
        if placed.total == 0:
            return NodeStatus.MISSING
        if placed.heads >= self.heads.value and placed.backbones >= self.backbones.value:
            return NodeStatus.STRONG
        return NodeStatus.COMPLETE if placed.total >= self.complete.value else NodeStatus.WEAK

    def sentence(self) -> str:
        return _(
            "链主不少于 %(heads)s 家且骨干不少于 %(backbones)s 家为优势；"
            "企业不少于 %(complete)s 家为完备；有企业但不足为薄弱；没有企业为缺失。"
        ) % {
            "heads": self.heads.whole, "backbones": self.backbones.whole,
            "complete": self.complete.whole,
        }  # fmt: skip


def rule_in_force() -> Rule | None:
    """The rule of today; None where its parameters are not loaded, and then nothing is judged."""
    try:
        return Rule(
            parameter("chain_node_strong_heads"),
            parameter("chain_node_strong_backbones"),
            parameter("chain_node_complete_companies"),
        )
    except LookupError:
        return None
