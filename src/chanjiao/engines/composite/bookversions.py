"""Two versions of a book: what differs, what it does to the figures, and what is in doubt."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from chanjiao.engines.composite.aggregating import Aggregate
from chanjiao.engines.composite.book import Book
from chanjiao.engines.composite.booklines import Indicator
from chanjiao.engines.composite.building import Build, build
from chanjiao.engines.composite.changing import Change, changes
from chanjiao.engines.composite.combining import Combine
from chanjiao.engines.composite.experiment import Choice, Definition, Experiment, Input, Noise
from chanjiao.engines.composite.faults import Refused
from chanjiao.engines.composite.normalising import Normalise
from chanjiao.engines.composite.scales import Scale
from chanjiao.engines.composite.table import Floats, Table

FIELDS: Mapping[str, Callable[[Indicator], object]] = {
    "parent": lambda one: one.parent,
    "metric": lambda one: one.metric,
    "unit": lambda one: one.unit,
    "direction": lambda one: one.direction,
    "goalposts": lambda one: one.posts,
    "band": lambda one: one.band,
    "transform": lambda one: one.curve,
    "min_n": lambda one: one.min_n,
    "alternatives": lambda one: dict(one.alternatives),
    "evidence": lambda one: one.evidence,
    "definition": lambda one: one.definition,
    "caveat": lambda one: one.caveat,
}
# What can change a figure, as against words about it.
COUNTS = ("added", "removed", "parent", "metric", "direction", "goalposts", "band", "transform",
          "min_n", "weight", "method", "parameter", "scale")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise; ``what`` is added, removed, weight, goalposts and so on."""

    what: str
    code: str
    old: object
    new: object

    @property
    def counts(self) -> bool:
        """Whether it can change a figure."""
        return self.what in COUNTS


def diff(old: Book, new: Book) -> list[Difference]:
    """What the new version has otherwise, node by node in its order.

    Raises :class:`Refused` for the same version number with another content: versions are
    append-only.
    """
    if old.code == new.code and old.version == new.version and old.digest != new.digest:
        raise Refused(
            f"{new.code} 的版本 {new.version} 已有另一内容；改动须用新的版本号。",
            f"Version {new.version} of {new.code} stands with another content; a change needs "
            "a number of its own.",
        )
    return list(_differences(old, new))


def _differences(old: Book, new: Book) -> Iterator[Difference]:
    for code in [node.code for node in old.scheme if node.code not in new.scheme]:
        yield Difference("removed", code, old.words[code], None)
    for node in new.scheme:
        code = node.code
        if code not in old.scheme:
            yield Difference("added", code, None, new.words[code])
            continue
        yield from _changed("words", code, old.words[code], new.words[code])
        yield from _changed("weight", code, old.scheme[code].weight, node.weight)
        if code in new.indicators and code in old.indicators:
            for what, field in FIELDS.items():
                yield from _changed(
                    what, code, field(old.indicators[code]), field(new.indicators[code])
                )
        elif code in new.methods and code in old.methods:
            yield from _changed("parent", code, old.scheme[code].parent, node.parent)
            yield from _changed("method", code, old.methods[code], new.methods[code])
    for name in {**old.parameters, **new.parameters}:
        dated = [
            book.parameters[name].values if name in book.parameters else None for book in (old, new)
        ]
        yield from _changed("parameter", name, *dated)
    yield from _changed("scale", new.scheme.root, old.scale, new.scale)


def _changed(what: str, code: str, old: object, new: object) -> Iterator[Difference]:
    if old != new:
        yield Difference(what, code, old, new)


def built(book: Book, data: Table, on: date | None = None) -> Build:
    """The index of a book from values by indicator; a column that is not there is a gap."""
    return build(widened(data, book), book.scheme, book.recipe(on))


def widened(data: Table, book: Book) -> Table:
    """The data with a column of gaps for each indicator that nobody has counted."""
    lost = [code for code in book.scheme.leaves if code not in data.codes]
    if not lost:
        return data
    gaps = np.full((len(data), len(lost)), np.nan)
    return replace(data, codes=(*data.codes, *lost), values=np.column_stack([data.values, gaps]))


def bridge(data: Table, old: Book, new: Book, on: date | None = None) -> list[Change]:
    """The same data under both books: what the change of book alone does to each unit.

    ``data`` holds the columns of both; the part of the data is then exactly nothing.
    """
    return changes(built(old, data, on), built(new, data, on))


def experiment(
    book: Book, data: Table, others: Mapping[str, Floats], on: date | None = None
) -> Experiment:
    """What the book holds to be uncertain, as an experiment.

    ``others`` are the values of alternatives by ``code.name``. Raises :class:`Refused` for a
    book that names nothing, or an alternative without data.
    """
    recipe, doubts = book.recipe(on), book.doubts
    inputs: list[Input] = []
    if doubts.noise:
        inputs.append(Noise("weights", doubts.noise))
    if doubts.aggregate:
        inputs.append(Choice("aggregate", "aggregate", _methods(book)))
    if doubts.normalise:
        inputs.append(Choice("normalise", "normalise", _scales(book, recipe.normalise)))
    codes = dict.fromkeys(name.split(".")[0] for name in doubts.definitions)
    for code in codes:
        own = [name for name in doubts.definitions if name.split(".")[0] == code]
        inputs.append(Definition(code, code, (code, *own)))
    table = widened(data, book).choosing(book.scheme.leaves)
    return Experiment(
        table, book.scheme, recipe, tuple(inputs), doubts.reps, doubts.seed, "sobol"
        if len(inputs) > 1 else "sample", others,
    )  # fmt: skip


def _methods(book: Book) -> tuple[Aggregate, ...]:
    """The root by each of the kinds named."""
    root: Combine = book.methods[book.scheme.root]
    return tuple(
        Aggregate(each={**book.methods, book.scheme.root: replace(root, kind=kind)})  # type: ignore[arg-type]
        for kind in book.doubts.aggregate
    )


def _scales(book: Book, step: Normalise) -> tuple[Normalise, ...]:
    ends = {"minmax": book.scale.to, "zscore": (50.0, 10.0)}
    found = []
    for kind in book.doubts.normalise:
        if kind == "goalposts":
            found.append(step)
            continue
        each = {
            code: Scale(kind, to=ends[kind], curve=one.curve)  # type: ignore[arg-type]
            for code, one in book.indicators.items()
            if one.band is None
        }
        bands = {code: scale for code, scale in step.each.items() if code not in each}
        found.append(Normalise(step.scale, {**each, **bands}))
    return tuple(found)
