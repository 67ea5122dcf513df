"""The bulletin as PDF: set in packaged fonts only, dated by the snapshot, not by the clock."""

import json
import tempfile
from datetime import datetime
from pathlib import Path

import chanjiao_assets
import typst

from chanjiao.publishing.documents.bulletin import words
from chanjiao.publishing.documents.pictures import svgs
from chanjiao.publishing.snapshot import Edition

_SOURCE = Path(__file__).with_name("bulletin.typ")


def make(edition: Edition) -> bytes:
    """PDF bytes; the folder it is made in leaves no trace in them."""
    moment = datetime.fromisoformat(edition.data["frozen_at"])
    with tempfile.TemporaryDirectory(prefix="chanjiao-bulletin-") as name:
        folder = Path(name)
        charts = []
        for key, caption, drawing in svgs(edition):
            (folder / f"{key}.svg").write_text(drawing, encoding="utf-8")
            charts.append({"file": f"{key}.svg", "caption": caption})
        told = {**words(edition), "charts": charts, "frozen": edition.data["frozen_at"][:10]}
        (folder / "data.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        (folder / "main.typ").write_bytes(_SOURCE.read_bytes())
        made, warnings = typst.compile_with_warnings(
            str(folder / "main.typ"),
            root=str(folder),
            font_paths=[str(chanjiao_assets.fonts_dir())],
            ignore_system_fonts=True,
            format="pdf",
            timestamp=moment,
        )
    # A font that is missing is only a warning to typst; to a reader it is a page of boxes.
    fault = next((w.message for w in warnings if "font" in w.message), None)
    if fault:
        raise OSError(f"the bulletin's fonts are not at {chanjiao_assets.fonts_dir()}: {fault}")
    return bytes(made)
