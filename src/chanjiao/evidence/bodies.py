"""Bodies the text engine can resolve names to where no register is at hand: a list in a file."""

import csv
from collections.abc import Iterator
from pathlib import Path

from chanjiao.engines.text.facts import KnownOrganisation

# Universities and colleges by name and city, as the Ministry of Education listed them in 2017.
INSTITUTIONS = Path(__file__).parent / "data" / "institutions.csv"
KINDS = ("government", "school", "enterprise", "association", "park", "other")


def institutions() -> list[KnownOrganisation]:
    """The universities and colleges that ship with the product."""
    with INSTITUTIONS.open(encoding="utf-8", newline="") as stream:
        return [
            KnownOrganisation(row["name"], "school", city=row["city"])
            for row in csv.DictReader(stream)
        ]


def listed(text: str) -> Iterator[KnownOrganisation]:
    """Bodies of a table with the column name, and kind, aliases, domains, city and key if told.

    Several aliases or domains of one body are parted by ``|``. Raises ``ValueError`` with the line
    for a kind that is none and for a table without names.
    """
    reader = csv.DictReader(text.splitlines())
    if "name" not in (reader.fieldnames or ()):
        raise ValueError("第 1 行没有 name 列 Line 1 has no column called name")
    for row in reader:
        kind = (row.get("kind") or "other").strip()
        if kind not in KINDS:
            raise ValueError(
                f"第 {reader.line_num} 行的 kind “{kind}” 不是 {'、'.join(KINDS)} 之一 "
                f"Line {reader.line_num}: kind “{kind}” is none of {', '.join(KINDS)}"
            )
        name = (row["name"] or "").strip()
        if name:
            yield KnownOrganisation(
                name,
                kind,  # type: ignore[arg-type]
                _parts(row.get("aliases")),
                _parts(row.get("domains")),
                (row.get("city") or "").strip().removesuffix("市"),
                (row.get("key") or "").strip(),
            )


def _parts(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split("|") if part.strip())
