"""From scores of codes and groups to a few codes likely to hold the right one among them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.taxonomy.codebook import CodeList
from chanjiao.engines.taxonomy.ngrams import Floats

type Indices = NDArray[np.intp]

CANDIDATES = 24  # how many codes are looked at before five are chosen
LEVELS = 4


@dataclass(frozen=True, slots=True)
class Ranked:
    """For each text the chosen codes' numbers, what each adds, and how sure the first is.

    ``gains`` fall from left to right and are shares of all that is known of the text; a code
    that adds nothing has 0.
    """

    chosen: Indices
    gains: Floats
    sureness: Floats


class Ladder:
    """Where the mass of each offered code comes from: its own class and the groups above it.

    Titles are often labelled with a group only: what speaks for 销售人员 speaks for each of its
    codes, but only once for all of them together.
    """

    def __init__(self, codes: CodeList, offered: Sequence[str], classes: Sequence[str]) -> None:
        place = {code: number for number, code in enumerate(classes)}
        none = len(classes)  # an empty column for what the model has no class for
        self.steps = np.full((len(offered), LEVELS), none, dtype=np.intp)
        for number, code in enumerate(offered):
            chain = [code, *(above.code for above in codes.ancestors(code))]
            held = [place[each] for each in chain if each in place][:LEVELS]
            self.steps[number, : len(held)] = held

    def ranked(self, scores: Floats, bonus: Floats, top: int) -> Ranked:
        """Choose ``top`` codes one after another, each the one that adds most to those before.

        ``scores`` are texts × classes, ``bonus`` texts × offered codes (what is known of exactly
        these words); less than nothing counts as nothing.
        """
        count = len(scores)
        mass = np.zeros((count, scores.shape[1] + 1), dtype=np.float32)
        np.maximum(scores, 0, out=mass[:, :-1])
        total = np.maximum(mass.sum(axis=1) + bonus.sum(axis=1), 1e-9)
        whole = bonus.copy()
        for level in range(LEVELS):
            whole += mass[:, self.steps[:, level]]
        width = min(max(CANDIDATES, top), whole.shape[1])
        near = np.argpartition(-whole, width - 1, axis=1)[:, :width] if width else whole[:, :0]
        near = np.sort(near.astype(np.intp), axis=1)  # the lower number wins where two are equal
        texts = np.arange(count)[:, None]
        steps = self.steps[near]
        parts = np.concatenate(
            [mass[texts[:, :, None], steps], bonus[texts, near][:, :, None]], axis=2
        )
        # Two at least, because how sure the first is depends on the second.
        chosen, gains = _greedy(steps, parts, min(max(top, 2), width))
        picked = np.take_along_axis(near, chosen, axis=1)
        shares: Floats = (gains / total[:, None]).astype(np.float32)
        return Ranked(picked[:, :top], shares[:, :top], _sureness(gains))


def _greedy(steps: Indices, parts: Floats, top: int) -> tuple[Indices, Floats]:
    """Cover as much mass as ``top`` candidates can; a group's mass counts for its first code."""
    texts = np.arange(len(parts))
    chosen = np.zeros((len(parts), top), dtype=np.intp)
    gains = np.zeros((len(parts), top), dtype=np.float32)
    for turn in range(top):
        sums = parts.sum(axis=2)
        best = sums.argmax(axis=1)
        chosen[:, turn], gains[:, turn] = best, np.maximum(sums[texts, best], 0)
        taken = steps[texts, best]
        for level in range(LEVELS):
            parts[:, :, :LEVELS][steps == taken[:, level, None, None]] = 0
        parts[texts, best] = -1
    return chosen, gains


def _sureness(gains: Floats) -> Floats:
    """How far the best stands above the next, in units of a certain code's score, at most 1."""
    first = gains[:, 0] if gains.shape[1] else np.zeros(len(gains), dtype=np.float32)
    second = gains[:, 1] if gains.shape[1] > 1 else np.zeros_like(first)
    return np.asarray(np.clip(first - second, 0, 1), dtype=np.float32)
