"""The sentences for what can be wrong with one value."""

from chanjiao.engines.tabular.model import Problem

SHOWN = 40


def short(text: str) -> str:
    """Quote a long value by its beginning."""
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def problem(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> Problem:
    return Problem("", code, zh, en, remedy_zh, remedy_en)


def required() -> Problem:
    return problem("required", "不能为空。", "Must not be empty.", "请填写。", "Fill it in.")


def placeholder(text: str) -> Problem:
    return Problem(
        "",
        "placeholder",
        f"“{text}”按未填写处理。",
        f"“{text}” is taken as blank.",
        "没有内容时请留空。",
        "Leave the cell empty when there is nothing to say.",
        warning=True,
    )


def cell_error(text: str) -> Problem:
    if text.startswith("#DATE("):
        return problem(
            "impossible_date",
            f"单元格的日期序号 {text[6:-1]} 不对应任何日期。",
            f"The cell's day number {text[6:-1]} is no date.",
            "请重新输入日期，如 2026-09-01。",
            "Type the date again, such as 2026-09-01.",
        )
    return problem(
        "cell_error",
        f"单元格是公式错误“{short(text)}”。",
        f"The cell holds the error “{short(text)}”.",
        "请修正公式，或改为数值。",
        "Mend the formula or type the value.",
    )


def formula_without_value() -> Problem:
    return problem(
        "formula_without_value",
        "单元格是公式，但文件里没有保存计算结果。",
        "The cell is a formula whose result is not stored in the file.",
        "请用 Excel 或 WPS 打开并保存一次，或选择性粘贴为数值。",
        "Open and save the file in Excel or WPS, or paste values.",
    )


def digits_lost(text: str) -> Problem:
    return problem(
        "digits_lost",
        f"“{text}”在 Excel 中已丢失位数：超过 15 位的数字被改成了近似值。",
        f"“{text}” has lost digits in Excel: numbers beyond 15 digits are rounded.",
        "请先把该列设为文本格式，再重新输入或粘贴完整号码。",
        "Format the column as text, then enter or paste the whole number again.",
    )


def lost_zeros(text: str, whole: str) -> Problem:
    return problem(
        "lost_leading_zeros",
        f"“{text}”可能被 Excel 去掉了前面的 0，原来也许是 {whole}。",
        f"“{text}” may have lost leading zeros in Excel; perhaps it was {whole}.",
        f"请把该列设为文本格式，再填写 {whole}。",
        f"Format the column as text and enter {whole}.",
    )


def date_instead(text: str) -> Problem:
    return problem(
        "date_instead",
        f"单元格是日期 {text}，可能是 Excel 自动转换的。",
        f"The cell is the date {text}; Excel may have converted it.",
        "请把该列设为文本或常规格式，再重新输入。",
        "Format the column as text or general and enter the value again.",
    )


def control_character() -> Problem:
    return problem(
        "control_character",
        "含有不可打印的控制字符。",
        "Holds unprintable control characters.",
        "请删除后重新输入。",
        "Delete and type the value again.",
    )


def damaged_text(text: str) -> Problem:
    return problem(
        "damaged_text",
        f"“{short(text)}”含有乱码。",
        f"“{short(text)}” holds damaged characters.",
        "请重新输入，或用正确的编码导出文件。",
        "Type it again, or export the file in the right encoding.",
    )


def too_long(text: str, limit: int) -> Problem:
    return problem(
        "too_long",
        f"“{short(text)}”有 {len(text)} 个字符，超过上限 {limit} 个。",
        f"“{short(text)}” has {len(text)} characters; the limit is {limit}.",
        "请缩短内容。",
        "Shorten it.",
    )


def pattern(text: str, example: str, note_zh: str, note_en: str) -> Problem:
    return problem(
        "pattern",
        f"“{short(text)}”的格式不对。",
        f"“{short(text)}” has the wrong form.",
        f"请按{f'示例 {example} ' if example else '要求的格式'}填写。{note_zh}",
        f"Write it {f'like {example}' if example else 'in the required form'}. {note_en}".strip(),
    )


def wrong_length(text: str, wanted: int, got: int) -> Problem:
    return problem(
        "wrong_length",
        f"“{short(text)}”有 {got} 位，应为 {wanted} 位。",
        f"“{short(text)}” has {got} characters instead of {wanted}.",
        "请核对后填写完整号码。",
        "Check it and enter the whole number.",
    )


def strange_characters(text: str, strange: str) -> Problem:
    return problem(
        "strange_characters",
        f"“{short(text)}”含有不会出现的字符“{short(strange)}”。",
        f"“{short(text)}” holds “{short(strange)}”, which can't occur in it.",
        "请核对，注意 0 与 O、1 与 I、2 与 Z。",
        "Check it; mind 0 and O, 1 and I, 2 and Z.",
    )


def wrong_check(text: str, expected: str, got: str) -> Problem:
    return problem(
        "wrong_check_character",
        f"“{short(text)}”的校验码不对：末位是 {got}，应为 {expected}。",
        f"The check character of “{short(text)}” is wrong: {got} instead of {expected}.",
        "请对照证照逐位核对，可能有一位写错。",
        "Compare it with the document digit by digit; one is probably wrong.",
    )


def no_birth_date(digits: str) -> Problem:
    return problem(
        "no_birth_date",
        "号码中的出生日期不存在。",
        "The birth date in the number does not exist.",
        "请对照证件核对第 7 至 14 位。",
        "Compare digits 7 to 14 with the document.",
    )


def not_a_phone(text: str) -> Problem:
    return problem(
        "not_a_phone",
        f"“{short(text)}”不是手机号或带区号的固定电话。",
        f"“{short(text)}” is no mobile number nor a landline with area code.",
        "请只填一个号码，如 13800138000 或 0512-66661234。",
        "Enter one number, such as 13800138000 or 0512-66661234.",
    )


def not_an_email(text: str) -> Problem:
    return problem(
        "not_an_email",
        f"“{short(text)}”不是邮箱地址。",
        f"“{short(text)}” is not an e-mail address.",
        "请只填一个地址，如 name@example.com。",
        "Enter one address, such as name@example.com.",
    )


def not_whole(text: str) -> Problem:
    return problem(
        "not_whole",
        f"“{short(text)}”不是整数。",
        f"“{short(text)}” is not a whole number.",
        "请填整数。",
        "Enter a whole number.",
    )


def small_percent(text: str, value: object) -> Problem:
    return Problem(
        "",
        "small_percent",
        f"“{text}”按 {value}% 处理。",
        f"“{text}” is taken as {value}%.",
        "如果原意是比例，请写成百分数，如 30%。",
        "If a share was meant, write it as a percentage such as 30%.",
        warning=True,
        value=value,
    )


def spaced(unit: str) -> str:
    """A figure and a Chinese unit stand apart, as in all our sentences."""
    return unit if unit.isascii() else f" {unit}"


def latin(unit: str) -> str:
    """English sentences take only units that English readers know."""
    return unit if unit.isascii() else ""


def below(text: str, limit: object, unit: str) -> Problem:
    return problem(
        "below_minimum",
        f"{short(text)} 小于下限 {limit}{spaced(unit)}。",
        f"{short(text)} is below the minimum {limit}{latin(unit)}.",
        f"请填不小于 {limit} 的值。",
        f"Enter {limit} or more.",
    )


def above(text: str, limit: object, unit: str) -> Problem:
    return problem(
        "above_maximum",
        f"{short(text)} 大于上限 {limit}{spaced(unit)}。",
        f"{short(text)} is above the maximum {limit}{latin(unit)}.",
        f"请填不大于 {limit} 的值。",
        f"Enter {limit} or less.",
    )
