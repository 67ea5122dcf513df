"""Supply against demand at one code and year, from the lines of both sides."""

from chanjiao.engines.gaps.apportioning import largest_remainder
from chanjiao.engines.gaps.balancing import Study, balance
from chanjiao.engines.gaps.cohorts import expected
from chanjiao.engines.gaps.figures import Figure, rolled_up
from chanjiao.engines.gaps.fitting import fit
from chanjiao.engines.gaps.lines import (
    NO_PLACE,
    Basis,
    LineFault,
    Link,
    Trained,
    Wanted,
)
from chanjiao.engines.gaps.shortage import Band, Bands, band_of, index_of, reference_gap

__all__ = [
    "NO_PLACE",
    "Band",
    "Bands",
    "Basis",
    "Figure",
    "LineFault",
    "Link",
    "Study",
    "Trained",
    "Wanted",
    "balance",
    "band_of",
    "expected",
    "fit",
    "index_of",
    "largest_remainder",
    "reference_gap",
    "rolled_up",
]
