"""Code lists as trees, crosswalks, and raw Chinese words aligned to codes with reasons."""

from chanjiao.engines.taxonomy.aligner import Aligner, Memory
from chanjiao.engines.taxonomy.codebook import CodeItem, CodeList
from chanjiao.engines.taxonomy.codesearch import Hit, spell
from chanjiao.engines.taxonomy.crosswalk import Crosswalk, Link
from chanjiao.engines.taxonomy.faults import TaxonomyFault
from chanjiao.engines.taxonomy.linear import LinearModel
from chanjiao.engines.taxonomy.phrases import same_key
from chanjiao.engines.taxonomy.suggestions import Reason, Suggestion

__all__ = [
    "Aligner",
    "CodeItem",
    "CodeList",
    "Crosswalk",
    "Hit",
    "LinearModel",
    "Link",
    "Memory",
    "Reason",
    "Suggestion",
    "TaxonomyFault",
    "same_key",
    "spell",
]
