"""Entries that each carry the seal of the one before."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chanjiao.engines.ledger.canonical import canonical

GENESIS = "0" * 64
_IS_HASH = re.compile(r"[0-9a-f]{64}").fullmatch
_LABEL = b"chanjiao.ledger.v1\n"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A number and its seal kept where the keeper of the chain cannot reach.

    A chain alone cannot show that its last rows were cut off; an anchor can.
    """

    sequence: int
    hash: str

    def __post_init__(self) -> None:
        _require_number(self.sequence, least=0)
        _require_hash(self.hash)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as stored: nothing is checked here, because a forged row must be loadable."""

    sequence: int
    previous: str
    hash: str
    payload: Mapping[str, Any]

    @property
    def anchor(self) -> Anchor:
        return Anchor(self.sequence, self.hash)


def entry_hash(
    previous: str, sequence: int, payload: Mapping[str, Any], *, key: bytes | None = None
) -> str:
    """Seal a payload at its place: 64 hex digits of SHA-256, or HMAC-SHA256 when keyed.

    The seal covers the canonical JSON of ``{payload, previous, sequence}`` after a fixed label.
    Without a key anyone who can write the table can also re-seal it; with a key kept elsewhere
    they cannot. Raises ValueError for a malformed ``previous`` or ``sequence`` or an empty key,
    PayloadError for a payload without a single spelling.

    >>> entry_hash(GENESIS, 1, {"act": "member.joined"})[:16]
    '64b7032b915230fd'
    """
    _require_number(sequence, least=1)
    _require_hash(previous)
    body = b'{"payload":%b,"previous":"%b","sequence":%d}' % (
        canonical(payload),
        previous.encode("ascii"),
        sequence,
    )
    if key is None:
        return hashlib.sha256(_LABEL + body).hexdigest()
    if not key:
        raise ValueError("密钥为空；请给出密钥或不用密钥。 / The key is empty; give one or none.")
    return hmac.digest(key, _LABEL + body, "sha256").hex()


def seal(last: Entry | None, payload: Mapping[str, Any], *, key: bytes | None = None) -> Entry:
    """The entry that follows ``last``, or the first one when there is none."""
    sequence = 1 if last is None else last.sequence + 1
    previous = GENESIS if last is None else last.hash
    return Entry(sequence, previous, entry_hash(previous, sequence, payload, key=key), payload)


def is_number(value: object, *, least: int = 1) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def is_hash(value: object) -> bool:
    return isinstance(value, str) and _IS_HASH(value) is not None


def _require_number(sequence: object, *, least: int) -> None:
    if not is_number(sequence, least=least):
        raise ValueError(
            f"序号 {sequence!r} 须为不小于 {least} 的整数。"
            f" / Sequence {sequence!r} must be an integer of at least {least}."
        )


def _require_hash(value: object) -> None:
    if not is_hash(value):
        raise ValueError(
            f"摘要 {value!r} 须为 64 位小写十六进制。"
            f" / Hash {value!r} must be 64 lower-case hexadecimal digits."
        )
