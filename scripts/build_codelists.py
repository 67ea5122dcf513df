"""Make the shipped code lists from collected tables; run by hand, never by the product or a test.

``python scripts/build_codelists.py DIRECTORY`` reads the tables of DIRECTORY (their headings are
those of its own README) and writes ``src/chanjiao/standards/data``. Only codes, names, aliases,
marks and dates are taken; definitions, tasks and notes stay where they are.
"""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from codelist_facts import (
    CATEGORY_EN,
    DESTINATIONS,
    EDUCATION_EN,
    EDUCATION_LEVELS,
    MAJOR_ADDITIONS,
    MAJOR_GROUP_EN,
    OCCUPATION_ADDED_2024,
    OWNERSHIP,
    SECTION_EN,
    SKILL_LEVELS,
)

HEADER = [
    "code", "name", "parent", "level", "aliases", "flags", "valid_from", "valid_to", "name_en",
]  # fmt: skip
TARGET = Path(__file__).parent.parent / "src/chanjiao/standards/data"
Row = dict[str, str]
Item = list[str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def write(name: str, rows: Iterable[Item], header: list[str] | None = None) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header or HEADER)
        writer.writerows(rows)


def tidy(name: str) -> str:
    """Full-width brackets, no stray spaces, no trailing mark of a green or digital occupation."""
    plain = name.replace(" ", "").replace("(", "（").replace(")", "）")
    return re.sub(r"(?<=[\u4e00-\u9fff）])[LS](/[LS])?$", "", plain)


def industries(source: Path) -> Iterator[Item]:
    depth = {"门类": "1", "大类": "2", "中类": "3", "小类": "4"}
    for row in read(source / "gbt4754_2017.csv"):
        english = SECTION_EN.get(row["code"], "")
        yield [
            row["code"], tidy(row["name"]), row["parent"], depth[row["level"]],
            "", "", "2017-10-01", "", english,
        ]  # fmt: skip


# A table that filled a gap with a minor group's name, and two leaves that later leaves replaced.
NOT_AN_OCCUPATION = {"6-20-03-00"}
SUPERSEDED = {"2-02-32-00": "2024-07-30", "4-05-02-00": "2024-07-30"}


def occupation_start(row: Row) -> str:
    name = tidy(row["name"])
    if name in OCCUPATION_ADDED_2024 or row["code"] in {"2-02-32-01", "4-05-02-01"}:
        return "2024-07-31"
    return "2022-09-28"


def occupations(source: Path) -> Iterator[Item]:
    marks = {"L": "green", "S": "digital"}
    for row in read(source / "csco2022_occupations.csv"):
        code, name = row["code"], tidy(row["name"])
        if code in NOT_AN_OCCUPATION:
            continue
        aliases = sorted({tidy(part) for part in row["aliases"].split(",") if part} - {name, ""})
        flags = [marks[part] for part in row["green_digital"].split("/") if part]
        parent = code.rpartition("-")[0]
        yield [
            code, name, parent, row["level"], "|".join(aliases), "|".join(flags),
            occupation_start(row), SUPERSEDED.get(code, ""), MAJOR_GROUP_EN.get(code, ""),
        ]  # fmt: skip


def majors(source: Path) -> Iterator[Item]:
    start = "2021-03-12"
    for row in read(source / "vocational_19_categories.csv"):
        english = CATEGORY_EN[row["name"]]
        yield [row["zhongzhi_code"], row["name"], "", "1", "", "中职", start, "", english]
    seen: set[str] = set()
    for row in read(source / "vocational_majors_gaozhi_2021_with_2025_additions.csv"):
        stage = "专科" if row["level"].endswith("专科") else "职业本科"
        category, group = row["category_code"], row["class_code"]
        if category not in seen:
            english = CATEGORY_EN[row["category"]]
            yield [category, row["category"], "", "1", "", stage, start, "", english]
        if group not in seen:
            yield [group, row["class_name"], category, "2", "", stage, start, "", ""]
        seen |= {category, group}
        added = row["code"] in MAJOR_ADDITIONS
        flags = [stage, *(["国控"] if "K" in row["code"] else []), *(["增补"] if added else [])]
        yield [
            row["code"], row["name"], group, "3", "", "|".join(flags),
            "2022-01-01" if added else start, "", "",
        ]  # fmt: skip


def regions(source: Path) -> Iterator[Item]:
    for row in read(source / "regions_provinces.csv"):
        yield [row["code"] + "0000", row["name"], "", "1", "", "", "", "", ""]
    cities = set()
    for row in read(source / "regions_cities.csv"):
        cities.add(row["code"] + "00")
        parent = row["provinceCode"] + "0000"
        yield [row["code"] + "00", row["name"], parent, "2", "", "", "", "", ""]
    for row in read(source / "regions_areas.csv"):
        if row["code"] in cities:  # a city without counties is listed as its own county
            continue
        yield [row["code"], row["name"], row["cityCode"] + "00", "3", "", "", "", "", ""]


def streets(source: Path) -> Iterator[Item]:
    """One line a county, each street as its last three digits and name, keeps 41,000 small."""
    by_county: dict[str, list[str]] = defaultdict(list)
    for row in read(source / "regions_streets.csv"):
        by_county[row["areaCode"]].append(row["code"][6:] + row["name"].strip())
    for county in sorted(by_county):
        yield [county, "|".join(by_county[county])]


def education(source: Path) -> Iterator[Item]:
    for row in read(source / "education_gbt4658_2006.csv"):
        code = row["code"]
        is_group = code.endswith("0")
        parent = "" if is_group else code[0] + "0"
        level = "1" if is_group else "2"
        yield [
            code,
            row["name"],
            parent,
            level,
            "",
            "",
            "2006-10-01",
            "",
            EDUCATION_EN.get(code, ""),
        ]


def flat(rows: Iterable[tuple[str, str, str, str, str]], start: str = "") -> Iterator[Item]:
    for code, name, aliases, flags, english in rows:
        yield [code, name, "", "1", aliases, flags, start, "", english]


def main(directory: str) -> None:
    source = Path(directory)
    TARGET.mkdir(parents=True, exist_ok=True)
    write("gbt4754.csv", industries(source))
    write("occ2022.csv", occupations(source))
    write("major2021.csv", majors(source))
    write("gbt2260.csv", regions(source))
    write("gbt2260_streets.csv", streets(source), ["county", "streets"])
    write("gbt4658.csv", education(source))
    write("education_level.csv", flat(EDUCATION_LEVELS))
    write("skill_level.csv", flat(SKILL_LEVELS, "2022-03-18"))
    write("destination.csv", flat(DESTINATIONS))
    write("org_ownership.csv", flat(OWNERSHIP))


if __name__ == "__main__":
    main(sys.argv[1])
