"""Why a page can't be read, and what was left out of one: a sentence and a remedy in both tongues.

Codes that the gate of spreadsheets raises have their sentence for documents here.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

AGAIN = "请重新导出或重新保存这个文件后再上传，也可以复制文字后粘贴。"
AGAIN_EN = "Export or save the file again and upload it, or paste its text."
FRESH = "请把文字复制到新文档另存为 docx 后上传，或直接粘贴。"
FRESH_EN = "Copy the text into a new document and save it as docx, or paste it."
PASTE = "请打开文件，复制其中的文字后粘贴。"
PASTE_EN = "Open the file, copy its text and paste it."
SPLIT = "请按文章拆成几份，分别上传。"
SPLIT_EN = "Split it by article and upload the parts."
UTF8 = "请另存为 UTF-8 编码的文本后上传，或直接粘贴。"
UTF8_EN = "Save it as UTF-8 text and upload it again, or paste it."


class Reason(NamedTuple):
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


REASONS: dict[str, Reason] = {
    "empty_file": Reason("文件是空的。", "The file is empty.", AGAIN, AGAIN_EN),
    "file_too_large": Reason(
        "文件有 {size} MB，超过上限 {limit} MB。",
        "The file has {size} MB; the limit is {limit} MB.", SPLIT, SPLIT_EN,
    ),
    "old_word": Reason(
        "这是旧版 Office 文件（.doc、.wps 等），系统不读取这种格式。",
        "This is an old Office file (.doc, .wps …), which is not read.",
        "请在 Word 或 WPS 中另存为“Word 文档（*.docx）”后上传，或粘贴文字。",
        "Save it as a Word document (*.docx) in Word or WPS, or paste its text.",
    ),
    "encrypted": Reason(
        "文件设有密码，无法读取。", "The file is protected by a password and can't be read.",
        "请取消密码后重新上传，或粘贴文字。",
        "Remove the password and upload it, or paste its text.",
    ),
    "macros": Reason(
        "文件含有宏（{part}），为了安全不予读取。",
        "The file contains macros ({part}) and is refused for safety.", FRESH, FRESH_EN,
    ),
    "not_a_document": Reason(
        "这个文件是{kind_zh}，采编台不读取。",
        "This file is {kind_en}, which the press desk doesn't read.",
        "请上传 docx、pdf、html 或 txt 文件，或粘贴文字。",
        "Upload a docx, pdf, html or txt file, or paste its text.",
    ),
    "web_archive": Reason(
        "这是单个文件网页（mht），系统不读取这种格式。",
        "This is a web page in a single file (mht), which is not read.",
        "请在浏览器中另存为“网页，仅 HTML”，或粘贴文字。",
        "Save it as “Web page, HTML only” in the browser, or paste its text.",
    ),
    "xml_entities": Reason(
        "文件的部件 {part} 含有 DTD 或实体声明，正常的文档不会有，不予读取。",
        "Part {part} declares a DTD or entities, which no honest document does; refused.",
        FRESH, FRESH_EN,
    ),
    "unpacked_too_large": Reason(
        "文件解压后超过 {limit} MB（部件 {part}），不予读取。",
        "Unpacked, the file exceeds {limit} MB (part {part}); refused.", FRESH, FRESH_EN,
    ),
    "compression_ratio": Reason(
        "部件 {part} 的压缩比为 {ratio}:1，超过上限 {limit}:1，疑似压缩炸弹，不予读取。",
        "Part {part} is compressed {ratio}:1; the limit is {limit}:1. It looks like a zip bomb.",
        FRESH, FRESH_EN,
    ),
    "too_many_entries": Reason(
        "压缩包含有 {count} 个部件，超过上限 {limit} 个。",
        "The archive holds {count} parts; the limit is {limit}.", FRESH, FRESH_EN,
    ),
    "broken_archive": Reason(
        "文件已损坏或不完整，无法解压（{detail}）。",
        "The file is damaged or incomplete and can't be unpacked ({detail}).", AGAIN, AGAIN_EN,
    ),
    "broken_workbook": Reason(
        "文档内容已损坏（{part}：{detail}）。", "The document is damaged ({part}: {detail}).",
        AGAIN, AGAIN_EN,
    ),
    "text_too_long": Reason(
        "有一段文字长得不像正文，不予读取。", "One run of text is too long to be honest; refused.",
        PASTE, PASTE_EN,
    ),
    "nul_characters": Reason(
        "文本含有空字符（第 {line} 行附近），可能已损坏。",
        "The text contains NUL characters (near line {line}); it may be damaged.", UTF8, UTF8_EN,
    ),
    "odd_utf16": Reason(
        "这是 UTF-16 文本，但字节数为奇数，文件不完整。",
        "This is UTF-16 text with an odd number of bytes, so the file is incomplete.",
        AGAIN, AGAIN_EN,
    ),
    "mixed_encoding": Reason(
        "文件是 UTF-8 编码，但第 {line} 行有无法识别的字节。",
        "The file is UTF-8, but line {line} holds bytes that are not.", UTF8, UTF8_EN,
    ),
    "unknown_encoding": Reason(
        "无法识别文件的文字编码（第 {line} 行附近）。",
        "The text encoding can't be recognised (near line {line}).", UTF8, UTF8_EN,
    ),
    "scanned": Reason(
        "这份 PDF 共 {pages} 页，只有图片，没有文字，应是扫描件；系统不做文字识别。",
        "This PDF has {pages} pages of pictures without text: a scan, and no text recognition.",
        "请找到原来的文档或网页上传，或在别处识别后粘贴文字。",
        "Upload the document or web page it was made from, or paste text recognised elsewhere.",
    ),
    "unmapped_font": Reason(
        "这份 PDF 的字体没有文字对应关系，取出来的是乱码。",
        "The fonts of this PDF don't say which characters they draw; what comes out is gibberish.",
        PASTE, PASTE_EN,
    ),
    "broken_pdf": Reason(
        "PDF 文件已损坏或不完整（{detail}）。", "The PDF is damaged or incomplete ({detail}).",
        AGAIN, AGAIN_EN,
    ),
    "too_many_pages": Reason(
        "这份 PDF 有 {pages} 页，超过上限 {limit} 页。",
        "This PDF has {pages} pages; the limit is {limit}.", SPLIT, SPLIT_EN,
    ),
    "too_much_text": Reason(
        "文字超过上限 {limit} 字。", "There are more than {limit} characters of text.",
        SPLIT, SPLIT_EN,
    ),
    "too_many_paragraphs": Reason(
        "段落超过上限 {limit} 段。", "There are more than {limit} paragraphs.", SPLIT, SPLIT_EN
    ),
    "no_text": Reason(
        "文件里没有文字。", "There is no text in the file.",
        "请确认文件内容；如果文字在图片里，请识别后粘贴。",
        "Check the file; where the text is in pictures, recognise it elsewhere and paste it.",
    ),
    "too_slow": Reason(
        "读取文件超过 {limit} 秒，已停止。",
        "Reading took more than {limit} seconds and was stopped.",
        SPLIT, SPLIT_EN,
    ),
    "too_much_memory": Reason(
        "读取文件需要的内存超过 {limit} MB，已停止。",
        "Reading needed more than {limit} MB of memory and was stopped.", FRESH, FRESH_EN,
    ),
    "unreadable": Reason(
        "文件无法读取（{detail}）。", "The file can't be read ({detail}).", PASTE, PASTE_EN
    ),
}  # fmt: skip

NOTES: dict[str, tuple[str, str]] = {
    "pages_without_text": (
        "第 {pages} 页没有文字，可能是图片，未读取。",
        "Pages {pages} have no text; they may be pictures and were not read.",
    ),
    "articles_left_out": (
        "只列出前 {shown} 篇，其余 {rest} 篇未读取。",
        "The first {shown} articles are listed; {rest} more were not read.",
    ),
}


def sentence(refusal: Mapping[str, Any], language: str) -> str:
    """Reason and remedy for ``{"code": …, "facts": {…}}``; an unknown code is told as it is."""
    code = str(refusal.get("code", ""))
    facts = {name: str(fact) for name, fact in dict(refusal.get("facts", {})).items()}
    if code not in REASONS:
        code, facts = "unreadable", {"detail": code}
    reason = REASONS[code]
    if language == "en":
        return f"{reason.en} {reason.remedy_en}".format(**facts)
    return (reason.zh + reason.remedy_zh).format(**facts)


def note(told: Mapping[str, Any], language: str) -> str:
    zh, en = NOTES[str(told["code"])]
    facts = {name: str(fact) for name, fact in dict(told.get("facts", {})).items()}
    return (en if language == "en" else zh).format(**facts)
