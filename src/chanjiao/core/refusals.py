"""How an act says no: with a sentence for the person and a field to look at."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """The act was understood and is not done; ``message`` tells why and what would help."""

    def __init__(
        self, message: Any, *, code: str = "refused", field: str = "", **numbers: Any
    ) -> None:
        self.message = message
        self.code = code
        self.field = field
        self.numbers: Mapping[str, Any] = numbers
        super().__init__(str(message))


def require(is_allowed: bool) -> None:
    """Turn a policy's no into the answer every surface understands."""
    if not is_allowed:
        raise PermissionDenied
