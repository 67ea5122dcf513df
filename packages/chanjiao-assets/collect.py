"""Pick from ``node_modules`` the few files that pages, reports and tests use."""

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"

STATIC = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler/tabler.min.js",
    "echarts/dist/echarts.min.js": "echarts/echarts.min.js",
    "@fontsource-variable/noto-sans-sc/index.css": "noto-sans-sc/noto-sans-sc.css",
}
PRINT_FONTS = {
    "400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
    "700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
}
SOURCE_MAP = re.compile(r"\n?(?://|/\*)# sourceMappingURL=\S+?\.map(?: ?\*/)?\s*$")
OUTSIDE = re.compile(r"""@import|url\((?!['"]?(?:data:image/|\./files/))""")

MIT = """\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def collect(modules: Path, target: Path, icon_list: Path) -> None:
    """Lay out ``static/vendor``, ``fonts``, ``testing`` and ``licences`` under ``target``.

    Raises ``ValueError`` when a style sheet would load something from outside, or when an icon
    is listed that the set does not have.
    """
    vendor = target / "static" / "vendor"
    for source, name in STATIC.items():
        copy_text(modules / source, vendor / name)
    copy_page_font(modules / "@fontsource-variable/noto-sans-sc/files", vendor / "noto-sans-sc")
    write_sprite(modules / "@tabler/icons/icons/outline", vendor / "icons", icon_list)

    fonts = target / "fonts"
    fonts.mkdir(parents=True)
    for source, name in PRINT_FONTS.items():
        shutil.copyfile(modules / "@expo-google-fonts/noto-sans-sc" / source, fonts / name)

    copy_text(modules / "axe-core/axe.min.js", target / "testing" / "axe.min.js")
    collect_licences(modules, target / "licences")


def copy_text(source: Path, target: Path) -> None:
    """Source maps stay behind, and the line that names them: manifest storage would follow it."""
    text = SOURCE_MAP.sub("\n", source.read_text("utf-8"))
    if source.suffix == ".css" and (found := OUTSIDE.search(text)):
        raise ValueError(f"{source}: loads from outside: {text[found.start() :][:120]}")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")


def copy_page_font(files: Path, target: Path) -> None:
    """The style sheet names a hundred slices by Unicode range; a browser fetches those it needs."""
    named = set(re.findall(r"\./files/([\w.-]+\.woff2)", (target / "noto-sans-sc.css").read_text()))
    (target / "files").mkdir()
    for name in sorted(named):
        shutil.copyfile(files / name, target / "files" / name)


def write_sprite(outline: Path, target: Path, icon_list: Path) -> None:
    """One file of symbols: ``<svg class="icon"><use href="…/tabler.svg#home"/></svg>``.

    Stroke width is left to the page's style sheet: an attribute here would override it.
    """
    ElementTree.register_namespace("", SVG)
    sprite = ElementTree.Element(f"{{{SVG}}}svg")
    names = listed_icons(icon_list)
    missing = [name for name in names if not (outline / f"{name}.svg").is_file()]
    if missing:
        raise ValueError(f"{icon_list.name}: not in the icon set: {', '.join(missing)}")
    for name in names:
        symbol = ElementTree.SubElement(
            sprite,
            f"{{{SVG}}}symbol",
            {"id": name, "viewBox": "0 0 24 24", "fill": "none", "stroke": "currentColor"}
            | {"stroke-linecap": "round", "stroke-linejoin": "round"},
        )
        drawing = ElementTree.parse(outline / f"{name}.svg").getroot()  # noqa: S314 hash-locked
        symbol.extend(part for part in drawing if part.get("stroke") != "none")
    target.mkdir(parents=True)
    ElementTree.indent(sprite, "")
    ElementTree.ElementTree(sprite).write(target / "tabler.svg", "utf-8")
    (target / "names.txt").write_text("\n".join(names) + "\n", "utf-8")


def listed_icons(icon_list: Path) -> list[str]:
    lines = (line.partition("#")[0].split() for line in icon_list.read_text("utf-8").splitlines())
    return sorted({name for line in lines for name in line})


def collect_licences(modules: Path, target: Path) -> None:
    """Every installed package's own words, with what its manifest declares at the head."""
    target.mkdir(parents=True)
    index = []
    for manifest in sorted(modules.glob("*/package.json")) + sorted(
        modules.glob("@*/*/package.json")
    ):
        package = json.loads(manifest.read_text("utf-8"))
        name, version, licence = package["name"], package["version"], package["license"]
        index.append(f"{name} {version}: {licence}")
        papers = sorted(p for p in manifest.parent.iterdir() if is_paper(p))
        texts = [f"===== {p.name} =====\n{p.read_text('utf-8')}" for p in papers]
        body = "\n".join(texts) or declared_only(package)
        file = target / (name.strip("@").replace("/", "-") + ".txt")
        file.write_text(f"{name} {version}\nLicence: {licence}\n\n{body}", "utf-8")
    notice = (
        "chanjiao-assets carries files of these packages; their licences lie beside this file.\n\n"
    )
    (target / "NOTICE").write_text(notice + "\n".join(index) + "\n", "utf-8")


def is_paper(path: Path) -> bool:
    return path.is_file() and path.stem.upper().startswith(("LICEN", "NOTICE", "COPYING"))


def declared_only(package: dict) -> str:
    author = package.get("author", "its authors")
    holder = author["name"] if isinstance(author, dict) else author
    if package["license"] == "MIT":
        return f"Copyright (c) {holder}\n\n{MIT}"
    raise ValueError(f"{package['name']}: {package['license']} is declared, but no text is carried")
