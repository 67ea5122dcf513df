"""Code lists as trees, crosswalks, and raw Chinese words aligned to codes with reasons."""

from chanjiao.engines.taxonomy.codebook import CodeItem, CodeList
from chanjiao.engines.taxonomy.codesearch import Hit, spell
from chanjiao.engines.taxonomy.crosswalk import Crosswalk, Link
from chanjiao.engines.taxonomy.faults import TaxonomyFault

__all__ = ["CodeItem", "CodeList", "Crosswalk", "Hit", "Link", "TaxonomyFault", "spell"]
