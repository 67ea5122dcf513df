"""What the list takes from the gap study: the run behind it, and its public lines."""

from typing import Any

from chanjiao.publishing.lines import GapSource
from chanjiao.publishing.models import Quarter


def gap_behind(quarter: Quarter) -> GapSource | None:
    """The study of the quarter's date; None until there is one."""
    return None


def study_missing(quarter: Quarter) -> str | None:
    return None


def study_told(quarter: Quarter) -> list[tuple[str, Any]]:
    return []
