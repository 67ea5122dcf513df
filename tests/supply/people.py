"""Invented students with identity numbers that check; the area code 999999 belongs to no place."""

import csv
import io
from datetime import date

from chanjiao.engines.tabular import identity_check_character

HEAD = ["学号", "姓名", "身份证号", "出生日期", "专业代码", "入学年份", "手机号", "监护人同意"]


def identity(born: date, serial: int = 1) -> str:
    body = f"999999{born:%Y%m%d}{serial % 1000:03d}"
    return body + identity_check_character(body)


def student_row(n: int, born: date = date(2005, 5, 1), **other: str) -> dict[str, str]:
    row = {
        "学号": f"2024{n:05d}", "姓名": f"学生{n}", "身份证号": identity(born, n),
        "出生日期": born.isoformat(), "专业代码": "460301", "入学年份": "2024",
        "手机号": f"138{n:08d}", "监护人同意": "",
    }  # fmt: skip
    return {**row, **other}


def table(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    heads = list(dict.fromkeys([*HEAD, *(name for row in rows for name in row)]))
    writer = csv.DictWriter(out, heads)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
