"""Files made to hurt, and honest ones that only look odd; each with the answer it must get.

They are built here byte by byte, because no honest library would write them.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

MEGABYTE = 2**20
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = ["编码", "名称", "类型", "上级编码"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def letter(index: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index]


def inline(ref: str, text: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def row_xml(number: int, texts: Iterable[str]) -> str:
    cells = "".join(inline(f"{letter(i)}{number}", t) for i, t in enumerate(texts) if t)
    return f'<row r="{number}">{cells}</row>'


def sheet_xml(rows: str, *, before: str = "", after: str = "") -> str:
    return f"{before}<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>"


def good_rows(count: int = 3) -> list[list[str]]:
    return [[f"33-{n}", f"网格{n}", "网格", ""] for n in range(count)]


def table(rows: Iterable[Iterable[str]]) -> str:
    return "".join(row_xml(n, row) for n, row in enumerate([HEAD, *rows], 1))


def parts(sheet: str, **extra: str) -> dict[str, bytes]:
    """The parts of a smallest workbook; ``extra`` adds or replaces some by name."""
    found = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships {RELS}><Relationship Id="r1" Type="{OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="区域" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {RELS}>"
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": sheet,
        **extra,
    }
    return {name: text.encode() for name, text in found.items()}


def book(sheet: str, **extra: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(sheet, **extra).items():
            archive.writestr(name, content)
    return out.getvalue()


@dataclass(frozen=True)
class Packed:
    """An entry as it will stand in the archive, whether or not its sizes are true."""

    name: str
    deflated: bytes
    size: int
    crc: int


def packed(name: str, content: bytes) -> Packed:
    squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
    deflated = squeeze.compress(content) + squeeze.flush()
    return Packed(name, deflated, len(content), zlib.crc32(content))


def swollen(name: str, head: bytes, block: bytes, times: int, tail: bytes) -> Packed:
    """Pack ``head + block × times + tail`` without ever holding it.

    After a full flush a block's deflated bytes can stand any number of times.
    """
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = squeeze.compress(head) + squeeze.flush(zlib.Z_FULL_FLUSH)
    one = squeeze.compress(block) + squeeze.flush(zlib.Z_FULL_FLUSH)
    end = squeeze.compress(tail) + squeeze.flush()
    crc = zlib.crc32(head)
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    size = len(head) + len(block) * times + len(tail)
    return Packed(name, start + one * times + end, size, zlib.crc32(tail, crc))


def archive_of(entries: list[Packed]) -> bytes:
    """A zip archive whose directory says what the entries claim."""
    body, directory = b"", b""
    for one in entries:
        name = one.name.encode()
        sizes = (one.crc, len(one.deflated), one.size, len(name))
        directory += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0,
                                 *sizes, 0, 0, 0, 0, 0, len(body)) + name  # fmt: skip
        body += struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, *sizes, 0)
        body += name + one.deflated
    count = len(entries)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end


def with_part(big: Packed, sheet: str = "") -> bytes:
    rest = parts(sheet or sheet_xml(table(good_rows())))
    return archive_of([*(packed(n, c) for n, c in rest.items() if n != big.name), big])


SHEET_PART, STRINGS_PART = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def stray_cell(content: str = "<v>1</v>") -> bytes:
    far = f'<row r="1048576"><c r="XFD1048576">{content}</c></row>'
    return book(sheet_xml(table(good_rows()) + far))


def zip_bomb() -> bytes:
    return with_part(
        swollen(SHEET_PART, sheet_xml("")[:-24].encode(), b" " * MEGABYTE, 4000, b"</worksheet>")
    )


def lying_bomb() -> bytes:
    """The directory claims 2 kB where a gigabyte is packed."""
    true = swollen(SHEET_PART, b"<worksheet>", b" " * MEGABYTE, 1024, b"</worksheet>")
    return with_part(Packed(true.name, true.deflated, 2000, true.crc))


def huge_cell(claimed: int | None = None) -> bytes:
    """One shared text of 1 GiB; with ``claimed`` the directory names another size."""
    true = swollen(
        STRINGS_PART, f"<sst {MAIN}><si><t>".encode(), b"A" * MEGABYTE, 1024, b"</t></si></sst>"
    )
    sheet = sheet_xml(row_xml(1, HEAD) + '<row r="2"><c r="A2" t="s"><v>0</v></c></row>')
    return with_part(Packed(true.name, true.deflated, claimed or true.size, true.crc), sheet)


def noisy_cell() -> bytes:
    """A cell of 15 MB that hardly packs, so that no ratio gives it away."""
    import random

    noise = random.Random(7).randbytes(7 * MEGABYTE).hex()
    return book(sheet_xml(row_xml(1, HEAD) + row_xml(2, [noise])))


def xxe() -> bytes:
    prologue = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return book(sheet_xml(table([["33", "&e;", "网格", ""]]), before=prologue))


def late_dtd() -> bytes:
    """The declaration hides behind more comments than the gate looks through."""
    prologue = "<!--" + "x" * 100_000 + '--><!DOCTYPE x [<!ENTITY e "e">]>'
    return book(sheet_xml(table([["33", "&e;", "网格", ""]]), before=prologue))


def billion_laughs() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    prologue = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>'
    return book(sheet_xml(table([["33", "&l9;", "网格", ""]]), before=prologue))


def utf16_dtd() -> bytes:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e "e">]>'
    text += sheet_xml(table([["33", "&e;", "网格", ""]]))
    return with_part(packed(SHEET_PART, text.encode("utf-16")))


def repeated_string() -> bytes:
    """One text of 30,000 characters, referred to by forty thousand cells."""
    strings = f"<sst {MAIN}><si><t>{'长' * 30_000}</t></si></sst>"
    row = "".join('<c t="s"><v>0</v></c>' for _ in range(200))
    rows = "".join(f"<row>{row}</row>" for _ in range(200))
    return book(sheet_xml(row_xml(1, HEAD) + rows), **{STRINGS_PART: strings})


def deep() -> bytes:
    return book(sheet_xml("<a>" * 300_000))


def many_entries() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(20_000):
            archive.writestr(f"xl/{n}.xml", b"")
    return out.getvalue()


def nested() -> bytes:
    return book(sheet_xml(table(good_rows())), **{"xl/embeddings/inner.zip": "PK"})


def encrypted() -> bytes:
    return OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)


def text_of(rows: Iterable[Iterable[str]], encoding: str = "utf-8") -> bytes:
    return "".join(",".join(row) + "\n" for row in [HEAD, *rows]).encode(encoding)


def last_row_bad() -> bytes:
    return text_of([*good_rows(999), ["33-999", "", "网格", ""]])


def digits_everywhere() -> bytes:
    """Numbers of thirty thousand digits, where converting costs the square of the length."""
    return text_of([["9" * 30_000] * 4 for _ in range(150)])


def spaces_everywhere() -> bytes:
    return text_of([[" " * 30_000 + "x"] * 4 for _ in range(150)])


def merged_all_over() -> bytes:
    merges = '<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    return book(sheet_xml(table(good_rows()), after=merges))


def formula(text: str) -> bytes:
    cell = f'<c r="B3"><f>{text}</f><v>1</v></c>'
    row = f'<row r="3">{inline("A3", "34")}{cell}{inline("C3", "网格")}</row>'
    return book(sheet_xml(table(good_rows(1)) + row))


def relation(kind: str, target: str) -> dict[str, str]:
    link = f'<Relationship Id="r9" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    return {"xl/worksheets/_rels/sheet1.xml.rels": f"<Relationships {RELS}>{link}</Relationships>"}


GOOD = sheet_xml(table(good_rows()))
MACROS = {"xl/vbaProject.bin": "x"}
REFUSED_BY = {
    "stray cell in the last row and column": ("a.xlsx", stray_cell, "too_many_columns"),
    "zip bomb": ("a.xlsx", zip_bomb, "compression_ratio unpacked_too_large"),
    "zip bomb that lies about its size": ("a.xlsx", lying_bomb, "broken_workbook broken_archive"),
    "1 GiB cell": ("a.xlsx", huge_cell, "compression_ratio unpacked_too_large"),
    "1 GiB cell that claims 90 MB": (
        "a.xlsx", lambda: huge_cell(90 * MEGABYTE), "text_too_long",
    ),
    "15 MB cell that hardly packs": ("a.xlsx", noisy_cell, "text_too_long"),
    "XXE": ("a.xlsx", xxe, "xml_entities"),
    "DTD behind long comments": ("a.xlsx", late_dtd, "xml_entities"),
    "billion laughs": ("a.xlsx", billion_laughs, "xml_entities"),
    "DTD in UTF-16": ("a.xlsx", utf16_dtd, "xml_entities"),
    "one long text in 40,000 cells": ("a.xlsx", repeated_string, "too_much_text"),
    "300,000 nested elements": ("a.xlsx", deep, "broken_workbook too_much_memory unreadable"),
    "20,000 parts": ("a.xlsx", many_entries, "too_many_entries"),
    "archive inside": ("a.xlsx", nested, "nested_archive"),
    "macros": ("a.xlsx", lambda: book(GOOD, **MACROS), "macros"),
    "macros by name": ("a.xlsm", lambda: book(GOOD), "macros"),
    "DDE formula": ("a.xlsx", lambda: formula("cmd|'/c calc'!A1"), "dde_formula"),
    "template from outside": (
        "a.xlsx", lambda: book(GOOD, **relation("attachedTemplate", "http://x.test/t")),
        "external_content",
    ),
    "encrypted": ("a.xlsx", encrypted, "encrypted"),
    "xls named xlsx": ("a.xlsx", lambda: OLE + bytes(4096), "old_excel"),
    "web page named xls": ("a.xls", lambda: b"<html><table>", "other_spreadsheet"),
    "PDF named xlsx": ("a.xlsx", lambda: b"%PDF-1.7 ...", "not_a_workbook"),
    "truncated archive": ("a.xlsx", lambda: book(GOOD)[:-300], "broken_archive"),
    "archive with its middle gone": (
        "a.xlsx", lambda: (b := book(GOOD))[:400] + bytes(200) + b[600:],
        "broken_archive broken_workbook",
    ),
    "empty": ("a.csv", bytes, "empty_file"),
    "csv of NULs": ("a.csv", lambda: bytes(5 * MEGABYTE), "nul_characters"),
    "200 MB csv": ("a.csv", lambda: b"1,2,3,4\n" * (25 * MEGABYTE), "file_too_large"),
    "19 MB in one line": ("a.csv", lambda: b"x" * (19 * MEGABYTE), "cell_too_long"),
    "unpaired quotation mark": (
        "a.csv", lambda: text_of([["1", '"x', "网格", ""], *good_rows(9)]), "bad_quotes",
    ),
    "UTF-8 with a torn byte": (
        "a.csv", lambda: text_of(good_rows(9)) + b"34,\xe7\xbd,x,\n", "mixed_encoding",
    ),
    "60,000 rows": ("a.csv", lambda: text_of(good_rows(60_000)), "too_many_rows"),
    "300 columns": ("a.csv", lambda: b"x," * 300 + b"x\n", "too_many_columns"),
    "numbers of 30,000 digits": ("a.csv", digits_everywhere, "too_long"),
    "30,000 spaces before a letter": ("a.csv", spaces_everywhere, "unknown_choice"),
    "1,000 rows, the last one bad": ("a.csv", last_row_bad, "required"),
}  # fmt: skip
HARMLESS = {
    "GBK csv": ("a.csv", lambda: text_of(good_rows(500), "gb18030")),
    "styled blank in the last row and column": ("a.xlsx", lambda: stray_cell("")),
    "everything merged": ("a.xlsx", merged_all_over),
    "a link to click": (
        "a.xlsx", lambda: book(GOOD, **relation("hyperlink", "http://x.test/")),
    ),
    "csv named xlsx": ("a.xlsx", lambda: text_of(good_rows())),
}  # fmt: skip
