"""The gate: what the raw bytes are, and whether a workbook's archive may be opened at all.

Nothing here trusts a size that the file declares about itself further than to refuse it.
"""

import io
import re
import struct
import zipfile
import zlib

from chanjiao.engines.tabular.cells import Limits
from chanjiao.engines.tabular.refusals import Refused

MEGABYTE = 2**20

#: (first bytes, name in Chinese, name in English) of files people upload by mistake.
FOREIGN = (
    (b"%PDF", " PDF 文件", "a PDF file"),
    (b"\x89PNG", "图片", "a picture"),
    (b"\xff\xd8\xff", "图片", "a picture"),
    (b"GIF8", "图片", "a picture"),
    (b"Rar!", " RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf", " 7z 压缩包", "a 7z archive"),
    (b"\x1f\x8b", " gzip 压缩包", "a gzip archive"),
    (b"BZh", " bzip2 压缩包", "a bzip2 archive"),
    (b"\xfd7zXZ", " xz 压缩包", "an xz archive"),
    (b"{\\rtf", " RTF 文档", "an RTF document"),
    (b"MZ", "程序文件", "a program"),
    (b"\x7fELF", "程序文件", "a program"),
    (b"SQLite format 3\0", "数据库文件", "a database"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

HTML = re.compile(
    rb"^\s*(<!--.*?-->\s*)?<(!doctype html|html|table|meta|head)\b", re.IGNORECASE | re.DOTALL
)
XML_SPREADSHEET = re.compile(rb"^\s*<\?xml[^>]*>\s*(<\?mso|<(\w+:)?Workbook\b)", re.IGNORECASE)
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
ARCHIVES = re.compile(r"\.(zip|rar|7z|gz|tar|xlsx?|xlsm|docx?|pptx?)$", re.IGNORECASE)
RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
MAIN_PARTS = (
    ("word/", " Word 文档", "a Word document"),
    ("ppt/", " PowerPoint 演示文稿", "a PowerPoint presentation"),
)

#: Small parts are mostly markup that packs well; the ratio says something only about large ones.
RATIO_COUNTS_FROM = MEGABYTE
PROLOGUE = 64 * 1024
WHOLE = 32 * MEGABYTE


def sniff(data: bytes, limits: Limits) -> str:
    """Say whether the bytes are a ``"workbook"`` or ``"text"``; raise ``Refused`` for all else."""
    if not data:
        raise Refused("empty_file")
    if len(data) > limits.max_bytes:
        size = f"{len(data) / MEGABYTE:.1f}"
        raise Refused("file_too_large", size=size, limit=limits.max_bytes // MEGABYTE)
    if data.startswith(ZIP):
        return "workbook"
    if data.startswith(OLE):
        sealed = "EncryptedPackage".encode("utf-16-le") in data
        raise Refused("encrypted" if sealed else "old_excel")
    for magic, zh, en in FOREIGN:
        if data.startswith(magic):
            raise Refused("not_a_workbook", kind_zh=zh, kind_en=en)
    check_markup(data[:4096].removeprefix(b"\xef\xbb\xbf"))
    return "text"


def check_markup(head: bytes) -> None:
    """Web pages and XML named ``.xls`` are what many an information system exports."""
    if HTML.match(head):
        kind_zh, kind_en = "伪装成表格的网页（HTML）", "a web page (HTML) named as a sheet"
        raise Refused("other_spreadsheet", kind_zh=kind_zh, kind_en=kind_en)
    if XML_SPREADSHEET.match(head):
        kind_zh, kind_en = " XML 表格（2003）", "an XML spreadsheet (2003)"
        raise Refused("other_spreadsheet", kind_zh=kind_zh, kind_en=kind_en)


def open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Open the archive once its directory, sizes, part names and XML prologues are harmless."""
    count_entries(data, limits)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, OSError) as error:
        raise Refused("broken_archive", detail=str(error)[:80]) from error
    entries = archive.infolist()
    for entry in entries:
        check_entry(entry, limits)
    check_sizes(entries, limits)
    check_names(archive)
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            check_prologue(archive, entry)
    return archive


def count_entries(data: bytes, limits: Limits) -> None:
    """Refuse an oversized directory before ``zipfile`` builds an object for each of its entries."""
    place = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if place < 0 or len(data) < place + 22:
        raise Refused("broken_archive", detail="end of archive not found")
    count, size = struct.unpack_from("<HI", data, place + 10)
    if count == 0xFFFF or size == 0xFFFFFFFF:
        raise Refused("broken_archive", detail="zip64")
    if count > limits.max_entries or size > limits.max_entries * 1024:
        raise Refused("too_many_entries", count=max(count, size // 64), limit=limits.max_entries)


def check_entry(entry: zipfile.ZipInfo, limits: Limits) -> None:
    name = entry.filename
    if entry.flag_bits & 0x1:
        raise Refused("encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("broken_archive", detail=f"compression method {entry.compress_type}")
    if entry.file_size > RATIO_COUNTS_FROM:
        ratio = entry.file_size // max(1, entry.compress_size)
        if ratio > limits.max_ratio:
            raise Refused("compression_ratio", part=name, ratio=ratio, limit=limits.max_ratio)


def check_sizes(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    total = 0
    for entry in entries:
        total += entry.file_size
        if total > limits.max_unpacked:
            limit = limits.max_unpacked // MEGABYTE
            raise Refused("unpacked_too_large", part=entry.filename, limit=limit)


def check_names(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    lowered = [name.lower() for name in names]
    if len(set(lowered)) < len(lowered):
        raise Refused("broken_archive", detail="two parts share one name")
    for name, low in zip(names, lowered, strict=True):
        if low.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in low:
            raise Refused("macros", part=name)
        if "/externallinks/" in low or low.endswith("connections.xml"):
            raise Refused("external_content", part=name)
        if "/activex/" in low or "/embeddings/" in low or ARCHIVES.search(low):
            raise Refused("nested_archive", part=name)
    check_purpose(lowered)


def check_purpose(names: list[str]) -> None:
    """Tell a workbook from the other things that come as zip archives."""
    if any(name.startswith("xl/") for name in names):
        if "xl/workbook.bin" in names:
            kind = " Excel 二进制工作簿（.xlsb）", "a binary workbook (.xlsb)"
            raise Refused("other_spreadsheet", kind_zh=kind[0], kind_en=kind[1])
        return
    for start, zh, en in MAIN_PARTS:
        if any(name.startswith(start) for name in names):
            raise Refused("not_a_workbook", kind_zh=zh, kind_en=en)
    if "content.xml" in names:
        kind = " OpenDocument 表格（.ods）", "an OpenDocument file (.ods)"
        raise Refused("other_spreadsheet", kind_zh=kind[0], kind_en=kind[1])
    raise Refused("not_a_workbook", kind_zh="压缩包", kind_en="an archive")


def check_prologue(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse a DTD in any part, also in those this reader never parses: others may open the file.

    A declaration behind 64 KB of comments in a part we do parse is caught by the parser itself.
    """
    low = entry.filename.lower()
    start = read_part(archive, entry, WHOLE if low.endswith(".rels") else PROLOGUE)
    if DECLARATION.search(start.replace(b"\0", b"")):
        raise Refused("xml_entities", part=entry.filename)
    if low == "[content_types].xml" and b"macroenabled" in start.lower():
        raise Refused("macros", part=entry.filename)
    if low.endswith(".rels"):
        check_relationships(start, entry.filename)


def check_relationships(text: bytes, part: str) -> None:
    """Only a link a person may click is allowed to lead outside."""
    for relationship in RELATIONSHIP.findall(text):
        low = relationship.lower().replace(b"'", b'"')
        if b'targetmode="external"' in low and b'/hyperlink"' not in low:
            raise Refused("external_content", part=part)


def read_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, size: int) -> bytes:
    """Read at most ``size`` unpacked bytes of a part."""
    try:
        with archive.open(entry) as stream:
            return stream.read(size)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
        raise Refused("broken_archive", detail=f"{entry.filename}: {error}"[:80]) from error
