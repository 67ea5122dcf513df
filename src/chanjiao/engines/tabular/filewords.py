"""The sentences for what can be wrong with a file, its headings and its rows."""

from collections.abc import Sequence

from chanjiao.engines.tabular.model import Column, Match, Problem, Sheet, Unmatched
from chanjiao.engines.tabular.opening import Refusal, refusal


def from_refusal(reason: Refusal) -> Problem:
    return Problem("", reason.code, reason.zh, reason.en, reason.remedy_zh, reason.remedy_en)


def too_many_rows(limit: int) -> Problem:
    return from_refusal(refusal("too_many_rows", limit=limit))


def warning(code: str, zh: str, en: str, remedy_zh: str = "", remedy_en: str = "") -> Problem:
    return Problem("", code, zh, en, remedy_zh, remedy_en, warning=True)


def big5() -> Problem:
    return warning(
        "read_as_big5",
        "文件按繁体中文 Big5 编码读取。",
        "The file was read as Traditional Chinese (Big5).",
        "请检查文字是否正确；如有乱码，请另存为 xlsx 后上传。",
        "Check the text; if it is garbled, save it as xlsx.",
    )


def hidden_rows(count: int) -> Problem:
    return warning(
        "hidden_rows",
        f"有 {count} 行被隐藏或筛选掉，仍已读取。",
        f"{count} rows are hidden or filtered out and were read all the same.",
        "如果不需要，请删除这些行。",
        "Delete them if they do not belong.",
    )


def hidden_column(one: Match) -> Problem:
    return warning(
        "hidden_column",
        f"{one.letter} 列被隐藏，仍已读取。",
        f"Column {one.letter} is hidden and was read all the same.",
        "请取消隐藏，确认内容。",
        "Unhide it and check its content.",
    )


def similar_sheets(sheet: str, others: Sequence[str]) -> Problem:
    zh, en = "、".join(others), ", ".join(others)
    return warning(
        "similar_sheets",
        f"只读取了工作表「{sheet}」，表头相同的工作表没有读取：{zh}。",
        f"Only sheet “{sheet}” was read; sheets with the same headings were not: {en}.",
        "请合并到一个工作表，或分别上传。",
        "Put them into one sheet, or upload them one by one.",
    )


def no_heading(sheet: Sheet) -> Problem:
    names = [column for column in sheet.columns if column.required] or sheet.columns[:3]
    zh = "、".join(f"「{column.zh}」" for column in names)
    en = ", ".join(column.en for column in names)
    return Problem(
        "",
        "no_heading",
        "前 15 行中没有找到表头。",
        "No headings were found in the first 15 rows.",
        f"请使用下载的模板，或保证有一行写着{zh}等列名。",
        f"Use the template, or make sure one row names the columns {en}.",
    )


def missing_column(column: Column, near: Sequence[str]) -> Problem:
    hint_zh = f"「{near[0]}」列是否就是它？如果是，请在列对应中指定。" if near else ""
    hint_en = f" Is it “{near[0]}”? If so, map that heading to it." if near else ""
    return Problem(
        column.name,
        "missing_column",
        f"缺少必填列「{column.zh}」。",
        f"The required column “{column.en}” is missing.",
        hint_zh or "请补上这一列，或使用下载的模板。",
        (hint_en or "Add the column, or use the template.").strip(),
    )


def rival(kept: Match, other: Match, column: Column) -> Problem:
    if kept.how == other.how:
        return Problem(
            column.name,
            "duplicate_heading",
            f"{kept.letter} 列「{kept.heading}」和 {other.letter} 列都对应「{column.zh}」。",
            f"Columns {kept.letter} and {other.letter} both mean “{column.en}”.",
            "请删除或改名其中一列，或在列对应中指定一列。",
            "Delete or rename one of them, or map one by hand.",
        )
    return warning(
        "heading_set_aside",
        f"「{column.zh}」取自 {kept.letter} 列「{kept.heading}」，本列没有读取。",
        f"“{column.en}” is taken from column {kept.letter}; this column is not read.",
        "如果应取本列，请在列对应中指定。",
        "Map this heading by hand if it is the one meant.",
    )


def unknown_column(one: Unmatched) -> Problem:
    near = "、".join(one.suggestions)
    return warning(
        "unknown_column",
        f"{one.letter} 列没有对应的字段，内容没有读取。",
        f"Column {one.letter} matches no field; its values were not read.",
        "如果需要，请在列对应中指定" + (f"（可能是 {near}）。" if near else "；否则可以忽略。"),
        f"Map it by hand if it is needed{f' (perhaps {near})' if near else ''}.",
    )


def no_data() -> Problem:
    return Problem(
        "",
        "no_data",
        "表头下面没有数据。",
        "There is no data below the headings.",
        "请从表头下一行开始填写。",
        "Start right below the headings.",
    )


def extra_cells(width: int, count: int) -> Problem:
    return Problem(
        "",
        "extra_cells",
        f"本行有 {count} 个值，表头只有 {width} 列，值可能错了位。",
        f"The row has {count} values but there are {width} headings; values may be shifted.",
        "请给含有分隔符的内容加上引号，或另存为 xlsx 后上传。",
        "Quote values that hold the delimiter, or upload an xlsx file.",
    )


def no_heading_above() -> Problem:
    return warning(
        "no_heading_above",
        "这里有内容，但上方没有表头，没有读取。",
        "There is a value here without a heading above; it was not read.",
        "请补上表头，或删除这些内容。",
        "Add a heading, or delete the values.",
    )


def filled_down() -> Problem:
    return warning(
        "filled_down",
        "合并单元格的内容已用于它覆盖的每一行。",
        "The merged cell's value was used for each row it covers.",
        "请确认这是本意。",
        "Make sure that this is meant.",
    )


def merged_quantity() -> Problem:
    return Problem(
        "",
        "merged_quantity",
        "数字单元格与上一行合并，无法确定本行的数。",
        "A number is merged with the row above, so this row's number is unknown.",
        "请取消合并，逐行填写。",
        "Unmerge the cells and fill in each row.",
    )


def duplicate(key: Sequence[Column], first: int, *, same: bool, warning: bool) -> Problem:
    zh = "、".join(f"「{column.zh}」" for column in key)
    en = ", ".join(f"“{column.en}”" for column in key)
    if same:
        zh_text, en_text = f"与第 {first} 行完全相同", f"It equals row {first} in every value"
    else:
        zh_text, en_text = f"与第 {first} 行的{zh}相同", f"It has the same {en} as row {first}"
    if warning:
        return Problem(
            "",
            "duplicate_row",
            f"{zh_text}，本行没有读取。",
            f"{en_text}; this row was not read.",
            "可以删除本行。",
            "It may be deleted.",
            warning=True,
        )
    return Problem(
        "",
        "duplicate_key",
        f"{zh_text}，其他内容不同。",
        f"{en_text} but differs elsewhere.",
        "请只保留正确的一行。",
        "Keep only the right one.",
    )
