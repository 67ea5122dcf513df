"""An index on disk: two tables and a specification in, results and decision tables out."""

import csv
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from chanjiao.engines.composite import (
    Build,
    Inputs,
    Refused,
    Specification,
    Table,
    audit,
    build,
    read_inputs,
    read_specification,
)

Row = Sequence[Any]


class FileRefused(ValueError):
    """A refusal that names the file it is about."""


def read_all(data: str, meta: str, spec: str) -> tuple[Inputs, Specification]:
    """Read iData, iMeta and the specification. Raises :class:`FileRefused`."""
    texts = [text_of(path) for path in (data, meta, spec)]
    try:
        inputs = read_inputs(texts[0], texts[1])
    except Refused as fault:
        names_meta = "iMeta" in fault.en and "iData" not in fault.en
        raise FileRefused(f"{meta if names_meta else data}: {fault}") from fault
    try:
        return inputs, read_specification(texts[2], inputs)
    except Refused as fault:
        raise FileRefused(f"{spec}: {fault}") from fault


def text_of(path: str) -> str:
    """The text of a file in UTF-8. Raises :class:`FileRefused`."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise FileRefused(f"{path}: 读不到这个文件 cannot be read ({fault.strerror}).") from fault
    except UnicodeDecodeError as fault:
        raise FileRefused(
            f"{path}: 第 {fault.start} 字节不是 UTF-8，请另存为 UTF-8。"
            f" Byte {fault.start} is not UTF-8; save it as UTF-8."
        ) from fault


def built(inputs: Inputs, spec: Specification, name: str) -> Build:
    """The build of a specification. Raises :class:`FileRefused` naming it."""
    try:
        return build(inputs.table, spec.scheme, spec.recipe)
    except Refused as fault:
        raise FileRefused(f"{name}: {fault}") from fault


def write_build(made: Build, inputs: Inputs, out: Path) -> None:
    """results.csv, weights.csv, audit.csv, and for every step its decisions and its matrix."""
    (out / "steps").mkdir(parents=True, exist_ok=True)
    (out / "matrices").mkdir(exist_ok=True)
    write_rows(out / "results.csv", results_of(made))
    write_rows(out / "weights.csv", _weights(made))
    write_rows(out / "audit.csv", _audit(made))
    for number, step in enumerate(made.steps, 1):
        name = f"{number}_{step.name}.csv"
        write_rows(out / "steps" / name, _decisions(step.decisions, made.result))
        write_rows(out / "matrices" / name, _matrix(step.table))
        if step.decisions.measures:
            rows = [["iCode", *step.decisions.measures]]
            columns = [np.atleast_1d(one).tolist() for one in step.decisions.measures.values()]
            rows += [[c, *v] for c, *v in zip(step.decisions.codes, *columns, strict=True)]
            write_rows(out / "steps" / f"{number}_{step.name}_measures.csv", rows)


def write_digests(out: Path, sources: dict[str, str]) -> None:
    """run.json: what went in and what came out, by content."""
    files = {
        str(path.relative_to(out)): _digest(path)
        for path in sorted(out.rglob("*.csv"))
        if path.is_file()
    }
    told = {"inputs": {k: _digest(Path(v)) for k, v in sources.items()}, "outputs": files}
    text = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True)
    (out / "run.json").write_text(text + "\n", encoding="utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def results_of(made: Build) -> Iterable[Row]:
    """uCode, (Time,) Rank, aggregates from the top down, indicators; the best first."""
    table, scheme = made.result, made.scheme
    downward = sorted(scheme.aggregates, key=lambda code: -scheme[code].level)
    codes = [*downward, *scheme.leaves]
    places = [table.codes.index(code) for code in codes]
    ranks = made.ranks()
    order = np.lexsort((np.nan_to_num(ranks, nan=np.inf), _period_places(table)))
    yield ["uCode", *(["Time"] if table.periods else []), "Rank", *codes]
    for row in order.tolist():
        rank = "" if np.isnan(ranks[row]) else f"{ranks[row]:g}"
        yield [*_who(table, row), rank, *table.values[row, places].tolist()]


def _period_places(table: Table) -> np.ndarray:
    place = np.zeros(len(table))
    for number, (_, rows) in enumerate(table.blocks()):
        place[rows] = number
    return place


def _who(table: Table, row: int) -> list[str]:
    return [table.units[row], *([table.periods[row]] if table.periods else [])]


def _weights(made: Build) -> Iterable[Row]:
    share = made.scheme.reweighted(made.weights).effective_weights()
    yield ["iCode", "Parent", "Level", "Weight", "EffWeight"]
    for node in made.scheme:
        own = made.weights.get(node.code, 1.0)
        yield [node.code, node.parent or "", node.level, own, share[node.code]]


def _audit(made: Build) -> Iterable[Row]:
    yield ["iCode", "Parent", "Weight", "EffWeight", "CorrParent", "CorrLow", "CorrHigh",
           "CorrIndex", "Importance"]  # fmt: skip
    for one in audit(made):
        yield [one.code, one.parent, one.weight, one.effective, one.with_parent, one.low, one.high,
               one.with_root, one.importance]  # fmt: skip


def _decisions(decisions: Any, table: Table) -> Iterable[Row]:
    is_panel = bool(table.periods)
    yield ["uCode", *(["Time"] if is_panel else []), "iCode", "rule", "old", "new"]
    for one in decisions:
        when = [one.period] if is_panel else []
        yield [one.unit, *when, one.code, one.rule, one.old, one.new]


def _matrix(table: Table) -> Iterable[Row]:
    yield ["uCode", *(["Time"] if table.periods else []), *table.codes]
    for row, values in enumerate(table.values.tolist()):
        yield [*_who(table, row), *values]


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """CSV in full precision; a gap is an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        for row in rows:
            writer.writerow(["" if cell != cell else cell for cell in row])
