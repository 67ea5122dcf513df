"""Why a whole file is refused: one sentence and one remedy for each reason, in both languages."""

from typing import NamedTuple

SAVE_AS = "请在 Excel 或 WPS 中另存为“Excel 工作簿（*.xlsx）”后重新上传。"
SAVE_AS_EN = "Save it as an Excel workbook (*.xlsx) in Excel or WPS and upload it again."
SPLIT = "请删除无关内容，或拆成几个文件分别上传。"
SPLIT_EN = "Remove what does not belong, or split the file into several."
FRESH = "请把数据复制到一个新工作簿，另存为 xlsx 后重新上传。"
FRESH_EN = "Copy the data into a new workbook, save it as xlsx and upload it again."
AGAIN = "请重新导出或重新保存这个文件后再上传。"
AGAIN_EN = "Export or save the file again, then upload it."
UTF8 = "请另存为 xlsx，或另存为“CSV UTF-8”后重新上传。"
UTF8_EN = "Save it as xlsx or as “CSV UTF-8” and upload it again."


class Reason(NamedTuple):
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


class Refused(Exception):
    """The file can't be read; ``code`` names a row of ``REASONS``, ``facts`` fill its braces."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


REASONS: dict[str, Reason] = {
    "empty_file": Reason("文件是空的。", "The file is empty.", AGAIN, AGAIN_EN),
    "file_too_large": Reason(
        "文件有 {size} MB，超过上限 {limit} MB。",
        "The file has {size} MB; the limit is {limit} MB.",
        SPLIT,
        SPLIT_EN,
    ),
    "old_excel": Reason(
        "这是旧版 Excel 文件（.xls），系统不读取这种格式。",
        "This is an old Excel file (.xls), which is not read.",
        SAVE_AS,
        SAVE_AS_EN,
    ),
    "encrypted": Reason(
        "文件设有密码，无法读取。",
        "The file is protected by a password and can't be read.",
        "请在 Excel 中取消“用密码进行加密”，保存后重新上传。",
        "Remove the password in Excel, save and upload it again.",
    ),
    "macros": Reason(
        "文件含有宏（{part}），为了安全不予读取。",
        "The file contains macros ({part}) and is refused for safety.",
        SAVE_AS,
        SAVE_AS_EN,
    ),
    "external_content": Reason(
        "文件引用了外部内容（{part}），为了安全不予读取。",
        "The file refers to outside content ({part}) and is refused for safety.",
        "请在 Excel 中打开“数据—编辑链接”断开链接，或只粘贴数值到新工作簿。",
        "Break the links under Data – Edit Links, or paste values into a new workbook.",
    ),
    "dde_formula": Reason(
        "单元格 {cell} 的公式会启动外部程序，为了安全不予读取。",
        "The formula in cell {cell} would start another program; refused for safety.",
        "请删除该公式，或只粘贴数值到新工作簿。",
        "Delete the formula, or paste values into a new workbook.",
    ),
    "xml_entities": Reason(
        "文件的部件 {part} 含有 DTD 或实体声明，正常的表格不会有，不予读取。",
        "Part {part} declares a DTD or entities, which no honest workbook does; refused.",
        FRESH,
        FRESH_EN,
    ),
    "unpacked_too_large": Reason(
        "文件解压后超过 {limit} MB（部件 {part}），不予读取。",
        "Unpacked, the file exceeds {limit} MB (part {part}); refused.",
        FRESH,
        FRESH_EN,
    ),
    "compression_ratio": Reason(
        "部件 {part} 的压缩比为 {ratio}:1，超过上限 {limit}:1，疑似压缩炸弹，不予读取。",
        "Part {part} is compressed {ratio}:1; the limit is {limit}:1. It looks like a zip bomb.",
        FRESH,
        FRESH_EN,
    ),
    "too_many_entries": Reason(
        "压缩包含有 {count} 个部件，超过上限 {limit} 个。",
        "The archive holds {count} parts; the limit is {limit}.",
        FRESH,
        FRESH_EN,
    ),
    "nested_archive": Reason(
        "文件里还有压缩包或嵌入文件（{part}），不予读取。",
        "There is an archive or embedded file inside ({part}); refused.",
        "请删除嵌入的文件，或解压后上传里面的表格。",
        "Remove the embedded file, or unpack it and upload the sheet inside.",
    ),
    "broken_archive": Reason(
        "文件已损坏或不完整，无法解压（{detail}）。",
        "The file is damaged or incomplete and can't be unpacked ({detail}).",
        AGAIN,
        AGAIN_EN,
    ),
    "broken_workbook": Reason(
        "工作簿内容已损坏（{part}：{detail}）。",
        "The workbook is damaged ({part}: {detail}).",
        AGAIN,
        AGAIN_EN,
    ),
    "not_a_workbook": Reason(
        "这个文件是{kind_zh}，不是表格。",
        "This file is {kind_en}, not a spreadsheet.",
        "请上传 xlsx、csv 或 tsv 文件，也可以直接从 Excel 复制粘贴。",
        "Upload an xlsx, csv or tsv file, or paste cells copied from Excel.",
    ),
    "other_spreadsheet": Reason(
        "这是{kind_zh}，系统不读取这种格式。",
        "This is {kind_en}, a format that is not read.",
        SAVE_AS,
        SAVE_AS_EN,
    ),
    "nul_characters": Reason(
        "文本文件含有空字符（第 {line} 行附近），可能已损坏。",
        "The text file contains NUL characters (near line {line}); it may be damaged.",
        UTF8,
        UTF8_EN,
    ),
    "odd_utf16": Reason(
        "这是 UTF-16 文本，但字节数为奇数，文件不完整。",
        "This is UTF-16 text with an odd number of bytes, so the file is incomplete.",
        AGAIN,
        AGAIN_EN,
    ),
    "mixed_encoding": Reason(
        "文件是 UTF-8 编码，但第 {line} 行有无法识别的字节。",
        "The file is UTF-8, but line {line} holds bytes that are not.",
        UTF8,
        UTF8_EN,
    ),
    "unknown_encoding": Reason(
        "无法识别文件的文字编码（第 {line} 行附近）。",
        "The text encoding can't be recognised (near line {line}).",
        UTF8,
        UTF8_EN,
    ),
    "bad_quotes": Reason(
        "从第 {row} 行开始，引号没有成对，后面的行无法分开。",
        "From row {row} on, quotation marks are not paired and rows can't be told apart.",
        "请补上或删除多余的引号，或另存为 xlsx 后上传。",
        "Add or remove the stray quotation mark, or upload an xlsx file.",
    ),
    "too_many_columns": Reason(
        "单元格 {cell} 超出了 {limit} 列的上限。",
        "Cell {cell} lies beyond the limit of {limit} columns.",
        "请删除 {cell} 及多余的列后重新上传。",
        "Delete {cell} and the surplus columns, then upload it again.",
    ),
    "too_many_rows": Reason(
        "数据行超过上限 {limit} 行。",
        "There are more than {limit} rows of data.",
        "请拆成几个文件分别上传。",
        "Split the file into several.",
    ),
    "cell_too_long": Reason(
        "第 {row} 行有单元格超过 {limit} 个字符。",
        "A cell in row {row} has more than {limit} characters.",
        "请缩短该单元格的内容；如果是文本文件，请检查引号是否成对。",
        "Shorten the cell; in a text file, check that quotation marks are paired.",
    ),
    "text_too_long": Reason(
        "有单元格的文字超过 {limit} 个字符，不予读取。",
        "A cell holds more than {limit} characters; refused.",
        FRESH,
        FRESH_EN,
    ),
    "too_much_text": Reason(
        "全部单元格的文字超过 {limit} MB。",
        "The text of all cells together exceeds {limit} MB.",
        SPLIT,
        SPLIT_EN,
    ),
    "too_many_merges": Reason(
        "合并单元格过多（上限 {limit} 个单元格）。",
        "Too many cells are merged (the limit is {limit} cells).",
        "请取消合并单元格后重新上传。",
        "Unmerge the cells and upload the file again.",
    ),
    "too_slow": Reason(
        "读取文件超过 {limit} 秒，已停止。",
        "Reading took more than {limit} seconds and was stopped.",
        FRESH,
        FRESH_EN,
    ),
    "too_much_memory": Reason(
        "读取文件需要的内存超过 {limit} MB，已停止。",
        "Reading needed more than {limit} MB of memory and was stopped.",
        FRESH,
        FRESH_EN,
    ),
    "unreadable": Reason(
        "文件无法读取（{detail}）。",
        "The file can't be read ({detail}).",
        FRESH,
        FRESH_EN,
    ),
    "no_rows": Reason(
        "表格里没有内容。",
        "The sheet is empty.",
        "请确认数据在第一个可见的工作表中。",
        "Make sure the data is in the first visible sheet.",
    ),
}
