"""The Word template of the bulletin, built in code: an office document with fields to fill."""

import io
from functools import cache

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

_FONT = "Noto Sans SC"
_ROWS = [
    ("序号", "position"), ("职业代码", "occupation"), ("职业", "name"), ("行业", "industry"),
    ("学历", "education"), ("技能等级", "skill_level"), ("人数", "headcount"),
    ("企业", "companies"), ("月薪（元）", "pay"),
]  # fmt: skip
_POSTS = [
    ("企业", "company"), ("岗位", "title"), ("人数", "headcount"),
    ("学历", "education"), ("区域", "area"), ("有效期至", "valid_until"),
]  # fmt: skip
_GAP = [
    ("职业代码", "occupation"), ("职业", "name"), ("需求", "demand"),
    ("供给", "supply"), ("紧缺指数", "index"), ("紧缺程度", "band"),
]  # fmt: skip


@cache
def template() -> bytes:
    """A .docx whose paragraphs and table rows carry the fields that ``docxtpl`` fills."""
    document = Document()
    _page(document)
    _title(document)
    document.add_paragraph("{%p if correction %}")
    document.add_paragraph("更正说明：{{ correction }}")
    document.add_paragraph("{%p endif %}")
    _table(document, [("指标", "label"), ("数值", "value")], "figures")
    document.add_heading("概况", level=1)
    document.add_paragraph("{%p for said in summary %}")
    document.add_paragraph("{{ said }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p for chart in charts %}")
    document.add_paragraph("{{ chart.picture }}")
    caption = document.add_paragraph("{{ chart.caption }}")
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("{%p endfor %}")
    _optional_table(document, "供需对照", _GAP, "gap")
    _optional_table(document, "人才需求清单", _ROWS, "rows")
    _optional_table(document, "企业同意公开的岗位", _POSTS, "posts")
    document.add_heading("说明", level=1)
    _table(document, [("项目", "label"), ("内容", "text")], "notes", widths=[3.0, 14.0])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name in ("Normal", "Heading 1", "Title"):
        style = document.styles[name]
        style.font.name = _FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for place in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(place), _FONT)
        for theme in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme", "w:cstheme"):
            if fonts.get(qn(theme)) is not None:
                del fonts.attrib[qn(theme)]
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Heading 1"].font.size = Pt(13)
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x0B, 0x4F, 0x96)


def _title(document: WordDocument) -> None:
    title = document.add_paragraph(style="Title")
    run = title.add_run("{{ title }}")
    run.font.size = Pt(20)
    run.font.color.rgb = RGBColor(0x14, 0x29, 0x3D)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    under = document.add_paragraph("{{ publisher }}　{{ number }}　截至 {{ as_of }}")
    under.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _optional_table(
    document: WordDocument, heading: str, columns: list[tuple[str, str]], name: str
) -> None:
    document.add_paragraph("{%p if " + name + " %}")
    document.add_heading(heading, level=1)
    _table(document, columns, name)
    document.add_paragraph("{%p endif %}")


def _table(
    document: WordDocument,
    columns: list[tuple[str, str]],
    name: str,
    widths: list[float] | None = None,
) -> None:
    """A heading row and one row that is repeated: the rows between carry only the loop."""
    table = document.add_table(rows=4, cols=len(columns))
    table.style = "Light Grid Accent 1"
    table.rows[1].cells[0].text = "{%tr for row in " + name + " %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for at, (label, field) in enumerate(columns):
        table.rows[0].cells[at].text = label
        table.rows[2].cells[at].text = "{{ row." + field + " }}"
        if widths:
            for row in table.rows:
                row.cells[at].width = Cm(widths[at])
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(8.5)
