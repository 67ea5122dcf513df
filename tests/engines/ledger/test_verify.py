"""Every way to rewrite the past is found and named; an untouched past never is."""

import time
import tracemalloc
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given, strategies as st

from chanjiao.engines.ledger import GENESIS, Anchor, FaultKind, entry_hash, seal, verify

K = FaultKind


def chain(length, key=None):
    rows, last = [], None
    for number in range(1, length + 1):
        last = seal(last, {"act": "demand.filed", "n": number, "name": "望澜"}, key=key)
        rows.append(last)
    return rows


def found(verdict):
    return [(fault.kind, fault.sequence, fault.until) for fault in verdict.faults]


def resealed(rows, start, key=None):
    """What a forger who can write the table does: seal everything from ``start`` on again."""
    out = rows[:start]
    for row in rows[start:]:
        out.append(seal(out[-1] if out else None, row.payload, key=key))
    return out


def test_an_untouched_chain_passes_and_gives_its_head():
    rows = chain(20)
    verdict = verify(iter(rows), anchors=[rows[4].anchor, rows[-1].anchor])
    assert (verdict.ok, verdict.count, verdict.head) == (True, 20, rows[-1].anchor)
    assert (verdict.first_fault, verdict.faults, verdict.anchors_met) == (None, (), 2)


def test_an_empty_chain_passes_with_the_genesis_as_its_head():
    assert verify([]).head == Anchor(0, GENESIS)
    assert verify([]).ok


def test_an_edited_payload_is_named_alone():
    rows = chain(9)
    rows[3] = replace(rows[3], payload={**rows[3].payload, "n": 99})
    assert found(verify(rows)) == [(K.EDITED, 4, 4)]


def test_an_edited_seal_is_named_once_although_two_checks_see_it():
    rows = chain(9)
    rows[3] = replace(rows[3], hash="a" * 64)
    assert found(verify(rows)) == [(K.EDITED, 4, 4)]


def test_an_edited_link_is_named():
    rows = chain(9)
    rows[3] = replace(rows[3], previous="a" * 64)
    assert found(verify(rows)) == [(K.EDITED, 4, 4)]


def test_a_row_edited_and_sealed_again_is_named_by_the_row_behind_it():
    rows = chain(9)
    rows[3] = seal(rows[2], {"n": 99})
    verdict = verify(rows)
    assert found(verdict) == [(K.EDITED, 4, 4)]
    assert "sealed again" in verdict.first_fault.en


def test_missing_rows_are_named_as_a_range():
    rows = chain(9)
    assert found(verify(rows[:3] + rows[6:])) == [(K.MISSING, 4, 6)]
    assert found(verify(rows[2:])) == [(K.MISSING, 1, 2)]


def test_missing_rows_are_named_although_the_rest_was_renumbered():
    rows = chain(9)
    rest = [replace(row, sequence=row.sequence - 2) for row in rows[5:]]
    assert found(verify(rows[:3] + rest)) == [(K.MISSING, 4, 5)]


def test_a_renumbered_row_without_a_gap_is_named():
    rows = chain(9)
    rows[3] = replace(rows[3], sequence=7)
    assert (K.EDITED, 4, 4) in found(verify(rows))


def test_swapped_rows_are_named_whether_or_not_they_took_the_other_number():
    rows = chain(9)
    plain = [*rows[:3], rows[4], rows[3], *rows[5:]]
    assert found(verify(plain)) == [(K.SWAPPED, 4, 4)]
    exchanged = [*rows[:3], replace(rows[4], sequence=4), replace(rows[3], sequence=5), *rows[5:]]
    assert found(verify(exchanged)) == [(K.SWAPPED, 4, 4)]


def test_a_row_moved_far_is_named():
    rows = chain(9)
    moved = rows[:2] + rows[3:8] + [rows[2]] + rows[8:]
    assert found(verify(moved)) == [(K.SWAPPED, 3, 3)]


def test_a_reinserted_row_is_named_whether_or_not_it_took_a_new_number():
    rows = chain(9)
    assert found(verify([*rows, rows[3]])) == [(K.REINSERTED, 4, 4)]
    assert found(verify([*rows, replace(rows[3], sequence=10)])) == [(K.REINSERTED, 4, 4)]
    forged = seal(rows[2], {"n": 99})
    assert (K.REINSERTED, 4, 4) in found(verify([*rows[:3], forged, *rows[3:]]))


def test_a_cut_tail_is_found_with_an_anchor_and_not_without():
    rows = chain(30)
    assert found(verify(rows[:20], anchors=[rows[-1].anchor])) == [(K.CUT_TAIL, 21, 30)]
    assert verify(rows[:20]).ok  # the control: finding 4, a chain alone cannot know
    assert found(verify([], anchors=[rows[4].anchor])) == [(K.CUT_TAIL, 1, 5)]


def test_a_past_sealed_again_throughout_is_found_with_an_anchor_and_not_without():
    rows = chain(30)
    rows[9] = replace(rows[9], payload={"n": 99})
    forged = resealed(rows, 9)
    anchor = chain(30)[19].anchor
    assert found(verify(forged, anchors=[anchor])) == [(K.WRONG_ANCHOR, 20, 20)]
    assert verify(forged).ok  # the control


def test_a_past_sealed_again_is_found_with_a_key_and_no_anchor():
    rows = chain(30, key=b"kept elsewhere")
    assert verify(rows, key=b"kept elsewhere").ok
    forged = resealed(rows, 9)  # the forger has no key
    verdict = verify(forged, key=b"kept elsewhere")
    assert verdict.first_fault.kind == K.EDITED
    assert verdict.first_fault.sequence == 10


def test_the_wrong_key_passes_for_no_row():
    assert verify(chain(5, key=b"one"), key=b"two").fault_count == 5


def test_a_wrong_anchor_is_named():
    rows = chain(5)
    assert found(verify(rows, anchors=[Anchor(3, "b" * 64)])) == [(K.WRONG_ANCHOR, 3, 3)]


def test_two_anchors_that_disagree_are_refused():
    with pytest.raises(ValueError, match="Two anchors disagree"):
        verify([], anchors=[Anchor(3, "a" * 64), Anchor(3, "b" * 64)])


def test_a_part_can_be_checked_behind_a_trusted_anchor():
    rows = chain(12)
    assert verify(rows[5:], after=rows[4].anchor).ok
    other = Anchor(5, "c" * 64)
    assert found(verify(rows[5:], after=other)) == [(K.EDITED, 6, 6)]


def test_a_replaced_beginning_is_named():
    first = replace(chain(1)[0], previous="d" * 64)
    first = replace(first, hash=entry_hash("d" * 64, 1, first.payload))
    assert found(verify([first])) == [(K.EDITED, 1, 1)]


@pytest.mark.parametrize(
    "damage",
    [
        {"payload": {"n": 0.5}},
        {"payload": None},
        {"hash": None},
        {"hash": "短"},
        {"previous": None},
        {"sequence": None},
        {"sequence": 10**12},
    ],
)
def test_a_damaged_row_is_a_fault_never_a_crash(damage):
    rows = chain(6)
    rows[2] = replace(rows[2], **damage)
    verdict = verify(rows)
    assert verdict.first_fault.kind == K.EDITED
    assert verdict.first_fault.sequence == 3
    assert verdict.head == rows[-1].anchor


def test_faults_beyond_those_kept_are_still_counted():
    rows = [replace(row, payload={}) for row in chain(50)]
    verdict = verify(rows, keep=3)
    assert (len(verdict.faults), verdict.fault_count) == (3, 50)


def test_every_fault_speaks_both_languages():
    rows = chain(9)
    verdict = verify([rows[1], rows[0], rows[4], rows[4]], anchors=[rows[8].anchor])
    assert {fault.kind for fault in verdict.faults} >= {K.SWAPPED, K.MISSING, K.CUT_TAIL}
    assert all(str(f.sequence) in f.zh and str(f.sequence) in f.en for f in verdict.faults)


@given(st.data())
def test_no_single_change_to_an_anchored_chain_goes_unseen(data):
    rows = chain(8)
    anchor = rows[-1].anchor
    at = data.draw(st.integers(0, 7))
    kind = data.draw(st.sampled_from(["drop", "edit", "reseal", "copy", "move"]))
    altered = list(rows)
    if kind == "drop":
        del altered[at]
    elif kind == "edit":
        altered[at] = replace(rows[at], payload={"n": -1})
    elif kind == "reseal":
        altered[at] = replace(rows[at], payload={"n": -1})
        altered = resealed(altered, at)
    elif kind == "copy":
        altered.insert(data.draw(st.integers(0, 8)), rows[at])
    else:
        row = altered.pop(at)
        to = data.draw(st.integers(0, 7).filter(lambda place: place != at))
        altered.insert(to, row)
    assert not verify(altered, anchors=[anchor]).ok


def endless():
    last = None
    while True:
        last = seal(last, {"act": "demand.filed", "actor": 7, "thing": "demand:12", "n": 3})
        yield last


def test_memory_does_not_grow_with_the_rows():
    def peak(length):
        tracemalloc.start()
        assert verify(islice(endless(), length)).ok
        high = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return high

    peak(200)
    assert peak(4000) < peak(400) + 20_000


def test_thirty_thousand_rows_take_about_a_second_on_one_core():
    rows = list(islice(endless(), 6000))
    best = min(_seconds(rows) for _ in range(3))
    assert 6000 / best > 10_000  # a third of the promise, so that a busy machine does not cry wolf


def _seconds(rows):
    begun = time.perf_counter()
    assert verify(rows).ok
    return time.perf_counter() - begun
