"""The sheet that the tests of this folder read and write, and rows for it."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from chanjiao.engines.tabular import Column, Problem, Sheet, uscc_check_character


def pay_in_order(values: Mapping[str, object]) -> Iterator[Problem]:
    low, high = values.get("pay_min"), values.get("pay_max")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield Problem(
            "pay_min",
            "pay_order",
            f"{low} 大于月薪上限 {high}。",
            f"{low} exceeds the maximum pay {high}.",
            "请核对两个数。",
            "Check both figures.",
        )


POSITIONS = Sheet(
    "positions",
    "岗位",
    "Positions",
    (
        Column(
            "credit_code",
            "统一社会信用代码",
            "Credit code",
            "uscc",
            required=True,
            aliases=("信用代码", "社会信用代码"),
        ),
        Column(
            "title", "岗位名称", "Position", "text", required=True, aliases=("职位",), max_length=60
        ),
        Column("occupation", "职业代码", "Occupation code", "code", pattern=r"\d(-\d\d){3}"),
        Column("openings", "招聘人数", "Openings", "integer", minimum=1, maximum=9999, unit="人"),
        Column("pay_min", "月薪下限", "Minimum pay", "yuan", minimum=0, unit="元"),
        Column("pay_max", "月薪上限", "Maximum pay", "yuan", minimum=0, unit="元"),
        Column("deadline", "截止日期", "Deadline", "date", example="2026-12-31"),
        Column(
            "education",
            "学历要求",
            "Education",
            "choice",
            choices={"30": ("大专", "College", "专科"), "20": ("本科", "Bachelor")},
        ),
        Column(
            "skills",
            "技能",
            "Skills",
            "multi_choice",
            choices={"weld": ("焊接", "Welding"), "cnc": ("数控", "CNC"), "plc": ("PLC", "PLC")},
        ),
        Column("phone", "联系电话", "Phone", "phone", personal=True),
        Column("output", "产值", "Output", "money_wan"),
        Column("share", "占比", "Share", "decimal", unit="%"),
        Column("night", "夜班", "Night shift", "boolean"),
        Column("month", "统计月份", "Month", "month"),
        Column("year", "年度", "Year", "year"),
        Column("email", "邮箱", "E-mail", "email"),
        Column("remarks", "备注", "Remarks", "text"),
    ),
    key=("credit_code", "title"),
    checks=(pay_in_order,),
)

CODE = "91330200MA2000001"
CODE += uscc_check_character(CODE)


def credit_code(number: int) -> str:
    body = f"91330200MA2{number:06d}"
    return body + uscc_check_character(body)


def positions(count: int) -> Iterator[dict[str, object]]:
    """Valid rows, all different, of every kind of column."""
    for i in range(count):
        yield {
            "credit_code": credit_code(i % 1000),
            "title": f"岗位{i}",
            "occupation": "6-18-01-01",
            "openings": i % 50 + 1,
            "pay_min": 5000 + i % 100,
            "pay_max": 8000,
            "deadline": date(2026, 9, 1) + timedelta(days=i % 300),
            "education": "20" if i % 2 else "30",
            "skills": ("weld", "cnc")[: i % 3] or None,
            "phone": f"138{i:08d}",
            "output": Decimal("12.5") + i,
            "share": Decimal("3.5"),
            "night": bool(i % 2),
            "month": "2026-09",
            "year": 2026,
            "email": f"hr{i}@example.com",
            "remarks": f"第{i}条",
        }
