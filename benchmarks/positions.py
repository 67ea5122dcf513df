"""A positions sheet as companies send it, from a list of real titles and without codes.

``python benchmarks/positions.py TITLES.csv OUT.xlsx [--rows N] [--companies COMPANIES.csv]``

``TITLES.csv`` has a column ``job_name`` or keeps its titles in the first one; with ``--rows`` they
are repeated at further companies. ``--companies`` writes the companies that the sheet names, to be
imported before it. Both files go through the page as through ``chanjiao load``.
"""

import argparse
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import xlsxwriter

HEAD = ["统一社会信用代码", "岗位名称", "职业代码", "招聘人数", "月薪下限", "月薪上限", "截止日期",
        "岗位描述"]  # fmt: skip
COMPANY_HEAD = ["企业名称", "统一社会信用代码", "行业代码", "行政区划代码", "在岗职工数"]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ROWS_A_COMPANY = 5


def credit_code(number: int) -> str:
    body = f"91330000{number:09d}"
    total = sum(ALPHABET.index(c) * (3**n % 31) for n, c in enumerate(body))
    return body + ALPHABET[-total % 31]


def titles_of(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))
    column = lines[0].index("job_name") if "job_name" in lines[0] else 0
    return [line[column] for line in lines[1:] if line and line[column].strip()]


def positions(titles: Sequence[str], rows: int) -> Iterator[list[object]]:
    """Five positions a company, so that a repeated title stands at another company."""
    for n in range(rows):
        pay = 5000 + n % 7 * 500
        yield [credit_code(n // ROWS_A_COMPANY), titles[n % len(titles)], "", 1 + n % 9,
               pay, pay + 2500, "2099-12-31", "三班两运转，包吃住"]  # fmt: skip


def write_positions(path: Path, titles: Sequence[str], rows: int) -> None:
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("岗位需求")
    for n, row in enumerate([HEAD, *positions(titles, rows)]):
        sheet.write_row(n, 0, row)
    book.close()


def write_companies(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(COMPANY_HEAD)
        for n in range(-(-rows // ROWS_A_COMPANY)):
            out.writerow([f"测算企业{n:06d}有限公司", credit_code(n), "", "", ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("titles", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rows", type=int, help="repeat the titles up to this many rows")
    parser.add_argument("--companies", type=Path, help="also write the companies the sheet names")
    asked = parser.parse_args()
    titles = titles_of(asked.titles)
    rows = asked.rows or len(titles)
    write_positions(asked.out, titles, rows)
    if asked.companies:
        write_companies(asked.companies, rows)


if __name__ == "__main__":
    main()
