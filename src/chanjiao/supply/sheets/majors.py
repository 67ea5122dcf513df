"""Reading the code of a major, and finding the offering that a row of any sheet means."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chanjiao.core.sheets import Values
from chanjiao.engines.tabular import Column, Problem
from chanjiao.standards import codebook
from chanjiao.standards.choices import System
from chanjiao.supply.choices import Level, OfferingState
from chanjiao.supply.models import MajorOffering

ENGLISH = {
    Level.SECONDARY: "Secondary vocational",
    Level.MIDDLE_WORKER: "Technician college, intermediate",
    Level.SENIOR_WORKER: "Technician college, senior",
    Level.TECHNICIAN: "Technician",
    Level.COLLEGE: "College",
    Level.VOCATIONAL_BACHELOR: "Vocational bachelor",
    Level.BACHELOR: "Bachelor",
}
ALSO = {
    Level.SECONDARY: ("中专", "中等职业", "职高"),
    Level.MIDDLE_WORKER: ("中级工",),
    Level.SENIOR_WORKER: ("高级工",),
    Level.TECHNICIAN: ("预备技师",),
    Level.COLLEGE: ("高职", "专科", "大专"),
    Level.VOCATIONAL_BACHELOR: ("职教本科", "高职本科"),
    Level.BACHELOR: ("普通本科",),
}
LEVELS = {
    level.value: (str(level.label), ENGLISH[level], *ALSO[level]) for level in Level
}  # fmt: skip

CODE = Column(
    "code", "专业代码", "Major code", "code", required=True, max_length=20,
    aliases=("专业编码", "专业代号", "专业"), example="460301",
    note_zh="按职业教育专业目录填写六位代码。", note_en="Six digits as in the catalogue of majors.",
)  # fmt: skip
DIRECTION = Column(
    "direction", "专业方向", "Direction", "text", max_length=60, aliases=("方向",),
    note_zh="没有分方向的不填。", note_en="Leave blank where there is none.",
)  # fmt: skip
LEVEL = Column(
    "level", "层次", "Level", "choice", choices=LEVELS, aliases=("办学层次", "培养层次"),
    note_zh="本校同一专业只有一个层次时可不填。",
    note_en="May be left blank where your school has the major at one level only.",
)  # fmt: skip

MAJOR_LEVEL = 3
# The first digit of codes whose catalogues do not ship: undergraduate 0–1, secondary 6–7.
ELSEWHERE = frozenset("0167")


def major_checker() -> Callable[[str], Any]:
    """Codes of loaded catalogues are checked; those of other catalogues pass with a warning."""
    check = codebook.code_checker(System.MAJOR, levels={MAJOR_LEVEL})
    loaded = {
        item.code[:1] for item in codebook.code_list(System.MAJOR) if item.level == MAJOR_LEVEL
    }

    def checked(text: str) -> Any:
        found = check(text)
        is_unknown = isinstance(found, Problem) and found.code == "unknown_code"
        if is_unknown and _is_from_elsewhere(text, loaded):
            return _not_loaded(text)
        return found

    return checked


def _is_from_elsewhere(text: str, loaded: Iterable[str]) -> bool:
    digits = text.replace("-", "")
    is_technician = len(digits) in (4, 5) and digits.isdigit()
    return digits[:4].isdigit() and (
        is_technician or (text[:1] in ELSEWHERE and text[:1] not in loaded)
    )


def _not_loaded(text: str) -> Problem:
    return Problem(
        "", "catalogue_not_loaded", f"专业代码 {text} 所在的目录尚未载入，先按原文保存。",
        f"The catalogue that holds {text} has not been loaded; the code is kept as it is.",
        "请联系联合体办公室导入该目录。", "Ask the consortium office to import that catalogue.",
        warning=True, value=text,
    )  # fmt: skip


class OfferingIndex:
    """The offerings of some schools, found by code and, where that is not enough, more."""

    def __init__(self, school_ids: Iterable[int]) -> None:
        rows = MajorOffering.objects.filter(school_id__in=list(school_ids)).exclude(
            state=OfferingState.REVOKED
        )
        self._by_code: dict[tuple[str, str], list[MajorOffering]] = {}
        for row in rows.select_related("school"):
            self._by_code.setdefault((row.school.name, row.code), []).append(row)

    def candidates(self, row: Values) -> list[MajorOffering]:
        """Offerings that fit what the row says; a blank direction prefers the one without."""
        found = self._by_code.get((str(row.get("school")), str(row.get("code"))), [])
        level, direction = row.get("level"), row.get("direction") or ""
        if level:
            found = [one for one in found if one.level == level]
        exact = [one for one in found if one.direction == direction]
        return exact if exact or direction else found

    def find(self, row: Values) -> MajorOffering | None:
        found = self.candidates(row)
        return found[0] if len(found) == 1 else None

    def filled(self, row: Values) -> Values:
        """The row with level and direction of the only offering it can mean."""
        found = self.find(row)
        if found is None:
            return row
        return {**row, "level": found.level, "direction": found.direction or None}

    def problem(self, row: Values) -> Problem | None:
        found = self.candidates(row)
        if len(found) == 1:
            return None
        code = row.get("code")
        if not found:
            return Problem(
                "code", "not_offered", f"本校没有开设 {code} 这一专业（及所填层次、方向）。",
                f"Your school has no offering {code} (with this level and direction).",
                "请先在“开设专业”表中登记，或核对代码。",
                "Record it with the sheet of major offerings first, or check the code.",
            )  # fmt: skip
        return Problem(
            "code", "offering_unclear", f"本校有 {len(found)} 个 {code} 专业点，无法确定是哪一个。",
            f"Your school has {len(found)} offerings {code}; which one is meant is not clear.",
            "请填写层次和专业方向。", "Give level and direction.",
        )  # fmt: skip


def offering_key(values: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(values["code"]), values.get("direction") or "", str(values["level"])
