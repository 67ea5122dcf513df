"""One streaming pass over a stored chain that names what was done to it."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from chanjiao.engines.ledger import wording
from chanjiao.engines.ledger.canonical import PayloadError
from chanjiao.engines.ledger.chain import GENESIS, Anchor, Entry, entry_hash, is_hash, is_number
from chanjiao.engines.ledger.verdict import Fault, Verdict

_REACH = 32  # how far from its number the seal of a renumbered row is looked for


def verify(
    entries: Iterable[Entry],
    *,
    anchors: Iterable[Anchor] = (),
    key: bytes | None = None,
    after: Anchor | None = None,
    keep: int = 100,
) -> Verdict:
    """Check a chain as stored, in stored order, in constant memory.

    ``anchors`` were written down outside the database at some earlier time; without one a cut
    tail, or a past rewritten and re-sealed without a key, cannot be seen. ``after`` starts the
    check behind a trusted anchor instead of at row 1. At most ``keep`` faults are described.
    Raises ValueError if two anchors claim different seals for one number.

    >>> from chanjiao.engines.ledger.chain import seal
    >>> one = seal(None, {"n": 1}); two = seal(one, {"n": 2}); three = seal(two, {"n": 3})
    >>> verify([one, three]).first_fault.en
    'Row 2 is missing.'
    """
    walk = _Walk(_by_number(anchors), key, after or Anchor(0, GENESIS), keep)
    for entry in entries:
        walk.step(entry)
    return walk.verdict()


@dataclass(slots=True)
class _Gap:
    """Numbers not seen so far, and the seal that stood before the first of them."""

    first: int
    last: int
    before: str


class _Walk:
    """The state between two rows: its size depends on the faults kept, never on the rows."""

    def __init__(
        self, anchors: dict[int, str], key: bytes | None, start: Anchor, keep: int
    ) -> None:
        self._anchors, self._key, self._keep = anchors, key, keep
        self._start, self._head = start, start
        self._last, self._last_seal, self._last_is_sound = start.sequence, start.hash, True
        self._count = self._fault_count = self._anchors_met = self._shift = 0
        self._faults: list[Fault] = []
        self._gaps: list[_Gap] = []
        if start.sequence in anchors:
            self._meet_anchor(start.sequence, start.hash)

    def step(self, entry: Entry) -> None:
        self._count += 1
        number = self._sealed_number(entry)
        sound = number is not None
        if number is None:
            number = self._likely_place(entry)
            self._blame(wording.edited(number))
        elif number - entry.sequence != self._shift:
            self._shift = number - entry.sequence
            if self._shift and number == self._last + 1:
                self._blame(wording.renumbered(number, entry.sequence))
        if number > self._last:
            self._advance(entry, number, sound=sound)
        else:
            self._fall_back(entry, number, sound=sound)
        if number in self._anchors:
            self._meet_anchor(number, entry.hash)

    def verdict(self) -> Verdict:
        self._look_for_cut_tail()
        self._settle_gaps()
        faults = tuple(sorted(self._faults, key=lambda fault: fault.sequence))
        return Verdict(
            ok=self._fault_count == 0,
            count=self._count,
            head=self._head,
            first_fault=faults[0] if faults else None,
            faults=faults,
            fault_count=self._fault_count,
            anchors_met=self._anchors_met,
        )

    def _sealed_number(self, entry: Entry) -> int | None:
        """The number under which the row was sealed, which need not be the one it bears now."""
        if not is_number(entry.sequence) or not is_hash(entry.hash):
            return None
        likely = entry.sequence + self._shift
        if self._is_seal(entry, likely):
            return likely
        if self._fault_count > self._keep:
            return None  # nobody will read the nearer description; keep the pass fast
        near = range(max(1, entry.sequence - _REACH), entry.sequence + _REACH + 1)
        return next((number for number in near if self._is_seal(entry, number)), None)

    def _is_seal(self, entry: Entry, number: int) -> bool:
        try:
            seal = entry_hash(entry.previous, number, entry.payload, key=self._key)
        except PayloadError:
            return False
        except ValueError:
            if self._key == b"":
                raise
            return False
        return hmac.compare_digest(seal, entry.hash)

    def _likely_place(self, entry: Entry) -> int:
        """A broken row keeps its number unless that number is wild, when its place decides."""
        number = entry.sequence
        if is_number(number) and number <= self._last + _REACH:
            return number
        return self._last + 1

    def _advance(self, entry: Entry, number: int, *, sound: bool) -> None:
        if number > self._last + 1:
            self._gaps.append(_Gap(self._last + 1, number - 1, self._last_seal))
            if len(self._gaps) > self._keep:
                self._settle_gaps()
        elif sound and self._last_is_sound and entry.previous != self._last_seal:
            self._blame_link(number)
        self._last, self._last_seal, self._last_is_sound = number, entry.hash, sound
        if is_hash(entry.hash):
            self._head = Anchor(number, entry.hash)

    def _blame_link(self, number: int) -> None:
        if number - 1 == self._start.sequence:
            self._blame(wording.starts_elsewhere(number))
        else:
            self._blame(wording.resealed(number - 1))

    def _fall_back(self, entry: Entry, number: int, *, sound: bool) -> None:
        """A row later in the file than its number: displaced if awaited, else a second copy."""
        gap = next((gap for gap in self._gaps if gap.first <= number <= gap.last), None)
        if gap is None:
            self._blame(wording.reinserted(number))
            return
        self._blame(wording.swapped(number))
        if sound and number == gap.first and entry.previous != gap.before:
            self._blame_link(number)
        self._split(gap, number, entry.hash)

    def _split(self, gap: _Gap, number: int, seal: str) -> None:
        self._gaps.remove(gap)
        if gap.first < number:
            self._gaps.append(_Gap(gap.first, number - 1, gap.before))
        if number < gap.last:
            self._gaps.append(_Gap(number + 1, gap.last, seal))

    def _settle_gaps(self) -> None:
        for gap in self._gaps:
            self._blame(wording.missing(gap.first, gap.last))
        self._gaps.clear()

    def _meet_anchor(self, number: int, seal: str) -> None:
        self._anchors_met += 1
        if seal != self._anchors[number]:
            self._blame(wording.wrong_anchor(number))

    def _look_for_cut_tail(self) -> None:
        anchored = max(self._anchors, default=0)
        if anchored > self._last:
            self._blame(wording.cut_tail(self._last + 1, anchored))

    def _blame(self, fault: Fault) -> None:
        self._fault_count += 1
        if len(self._faults) < self._keep:
            self._faults.append(fault)


def _by_number(anchors: Iterable[Anchor]) -> dict[int, str]:
    found: dict[int, str] = {}
    for anchor in anchors:
        if found.setdefault(anchor.sequence, anchor.hash) != anchor.hash:
            raise ValueError(
                f"序号 {anchor.sequence} 有两个不同的锚；请核对来源。"
                f" / Two anchors disagree about row {anchor.sequence}; check where they came from."
            )
    return found
