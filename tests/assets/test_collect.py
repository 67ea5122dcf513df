import importlib.util
import json
from pathlib import Path

import chanjiao_assets
import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "packages" / "chanjiao-assets"
VENDOR = chanjiao_assets.static_dir() / "vendor"


def load_collect():
    spec = importlib.util.spec_from_file_location("collect", PACKAGE / "collect.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


collect = load_collect()
SVG = "http://www.w3.org/2000/svg"
ICON = f'<svg xmlns="{SVG}"><path stroke="none" d="M0 0h24"/><path d="M5 5"/></svg>'


@pytest.fixture
def outline(tmp_path):
    folder = tmp_path / "outline"
    folder.mkdir()
    (folder / "home.svg").write_text(ICON)
    return folder


@pytest.mark.parametrize(
    "css",
    [
        '@import "other.css";',
        "a{background:url(//cdn.example/x.png)}",
        'a{background:url("https://cdn.example/x.png")}',
        "@font-face{src:url(../fonts/x.woff2)}",
    ],
)
def test_style_sheet_that_loads_from_outside_stops_the_build(tmp_path, css):
    source = tmp_path / "a.css"
    source.write_text(css)
    with pytest.raises(ValueError, match="loads from outside"):
        collect.copy_text(source, tmp_path / "out" / "a.css")


def test_style_sheet_with_data_images_and_its_own_fonts_is_taken(tmp_path):
    source = tmp_path / "a.css"
    text = 'a{background:url("data:image/svg+xml,%3csvg")}@font-face{src:url(./files/x.woff2)}'
    source.write_text(text)
    collect.copy_text(source, tmp_path / "b.css")
    assert (tmp_path / "b.css").read_text() == text


@pytest.mark.parametrize(
    "line", ["\n/*# sourceMappingURL=a.css.map */", "\n//# sourceMappingURL=a.js.map"]
)
def test_line_that_names_a_source_map_stays_behind(tmp_path, line):
    source = tmp_path / "a.js"
    source.write_text("x()" + line)
    collect.copy_text(source, tmp_path / "b.js")
    assert (tmp_path / "b.js").read_text() == "x()\n"


def test_icon_that_the_set_lacks_stops_the_build(tmp_path, outline):
    names = tmp_path / "icons.txt"
    names.write_text("home no-such-icon # comment\n")
    with pytest.raises(ValueError, match="no-such-icon"):
        collect.write_sprite(outline, tmp_path / "sprite", names)


def test_sprite_leaves_stroke_width_to_the_page(tmp_path, outline):
    names = tmp_path / "icons.txt"
    names.write_text("home\n")
    collect.write_sprite(outline, tmp_path / "sprite", names)
    sprite = (tmp_path / "sprite" / "tabler.svg").read_text()
    assert 'id="home"' in sprite
    assert "stroke-width" not in sprite
    assert 'd="M0 0h24"' not in sprite


def test_package_with_neither_licence_text_nor_mit_is_refused(tmp_path):
    manifest = tmp_path / "modules" / "odd" / "package.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text(json.dumps({"name": "odd", "version": "1", "license": "BSD-3-Clause"}))
    with pytest.raises(ValueError, match="odd: BSD-3-Clause"):
        collect.collect_licences(tmp_path / "modules", tmp_path / "licences")


def test_installed_package_knows_every_icon_of_the_list():
    assert chanjiao_assets.icon_names() == frozenset(collect.listed_icons(PACKAGE / "icons.txt"))


def test_installed_package_carries_what_pages_reports_and_tests_ask_for():
    for name in collect.STATIC.values():
        assert (VENDOR / name).stat().st_size > 1000
    for name in collect.PRINT_FONTS.values():
        assert (chanjiao_assets.fonts_dir() / name).stat().st_size > 5_000_000
    assert "axe" in chanjiao_assets.axe_source()[:200]
    assert "OFL-1.1" in (chanjiao_assets.licences() / "NOTICE").read_text("utf-8")


def test_lock_names_no_host():
    assert "://" not in (PACKAGE / "package-lock.json").read_text("utf-8")
