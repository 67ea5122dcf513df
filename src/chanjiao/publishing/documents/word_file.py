"""The bulletin as a Word file that an office can go on editing."""

import io
from datetime import datetime

from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage

from chanjiao.engines import charts
from chanjiao.publishing.documents.bulletin import words
from chanjiao.publishing.documents.pictures import svgs
from chanjiao.publishing.documents.word_template import template
from chanjiao.publishing.documents.zips import settled
from chanjiao.publishing.snapshot import Edition


def make(edition: Edition) -> bytes:
    document = DocxTemplate(io.BytesIO(template()))
    document.init_docx()
    told = words(edition)
    told["charts"] = [
        {
            "picture": InlineImage(document, io.BytesIO(charts.png(drawing)), width=Cm(16.5)),
            "caption": caption,
        }
        for _key, caption, drawing in svgs(edition)
    ]
    document.render(told, autoescape=True)
    _date(document, edition)
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())


def _date(document: DocxTemplate, edition: Edition) -> None:
    """Dated by the snapshot: the hour of packing would make every copy another file."""
    moment = datetime.fromisoformat(edition.data["frozen_at"]).replace(tzinfo=None)
    told = document.docx.core_properties
    told.title, told.author = edition.data["title"]["zh"], edition.data["publisher"]["zh"]
    told.comments = edition.seal
    told.created = told.modified = moment
    told.last_modified_by = ""
    told.revision = 1
