"""The sentences for each thing that can be done to a chain, in both languages."""

from chanjiao.engines.ledger.verdict import Fault, FaultKind


def edited(n: int) -> Fault:
    return Fault(
        FaultKind.EDITED,
        n,
        n,
        f"第 {n} 条被改动：内容与封印不符。",
        f"Row {n} was edited: it no longer fits its seal.",
    )


def resealed(n: int) -> Fault:
    return Fault(
        FaultKind.EDITED,
        n,
        n,
        f"第 {n} 条被改写并重新封印：第 {n + 1} 条仍指向原来的封印。",
        f"Row {n} was rewritten and sealed again: row {n + 1} still points at the old seal.",
    )


def starts_elsewhere(n: int) -> Fault:
    return Fault(
        FaultKind.EDITED,
        n,
        n,
        f"第 {n} 条未接在起点之后：链首已被替换。",
        f"Row {n} does not follow the starting point: the head of the chain was replaced.",
    )


def renumbered(n: int, bears: int) -> Fault:
    return Fault(
        FaultKind.EDITED,
        n,
        n,
        f"第 {n} 条的序号被改为 {bears}。",
        f"Row {n} was renumbered and now bears {bears}.",
    )


def missing(first: int, last: int) -> Fault:
    zh = f"第 {first} 条缺失。" if first == last else f"第 {first}–{last} 条缺失。"
    en = f"Row {first} is missing." if first == last else f"Rows {first}–{last} are missing."
    return Fault(FaultKind.MISSING, first, last, zh, en)


def swapped(n: int) -> Fault:
    return Fault(
        FaultKind.SWAPPED,
        n,
        n,
        f"第 {n} 条不在原位：与后面的记录调换了次序。",
        f"Row {n} is out of place: it changed places with a later row.",
    )


def reinserted(n: int) -> Fault:
    return Fault(
        FaultKind.REINSERTED,
        n,
        n,
        f"第 {n} 条出现了不止一次：有记录被重新插入。",
        f"Row {n} occurs more than once: a row was inserted again.",
    )


def cut_tail(first: int, last: int) -> Fault:
    return Fault(
        FaultKind.CUT_TAIL,
        first,
        last,
        f"链尾被截断：锚记录到第 {last} 条，第 {first} 条起已不存在。",
        f"The tail was cut: an anchor knows row {last}, but nothing is left from row {first} on.",
    )


def wrong_anchor(n: int) -> Fault:
    return Fault(
        FaultKind.WRONG_ANCHOR,
        n,
        n,
        f"第 {n} 条与外部锚不符：此前的历史被整体改写，或锚有误。",
        f"Row {n} differs from its outside anchor: the past up to it was rewritten and re-sealed,"
        " or the anchor is wrong.",
    )
