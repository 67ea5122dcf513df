"""J2: a school takes its own figures out, edits them, mends its faults, confirms and may undo."""

from pathlib import Path

import openpyxl
import pytest

pytestmark = pytest.mark.journey

WRONG = "460199"

WORDS = {
    "中文": {"upload": "上传并检查", "confirm": "确认导入", "applied": "已导入", "undo": "撤销导入",
             "undone": "已撤销"},
    "English": {"upload": "Upload and check", "confirm": "Confirm the import",
                "applied": "Imported", "undo": "Undo the import", "undone": "Undone"},
}  # fmt: skip


def uploaded(visitor, sheet, path, words):
    page = visitor.go(f"/exchange/import/{sheet}/")
    page.locator("input[type=file]").set_input_files(path)
    page.locator("input[name=updates_existing]").check()
    page.get_by_role("button", name=words["upload"]).click()
    page.locator(".figures").wait_for()
    return page


def column(page, *names):
    """The place of the column whose heading begins with one of the names."""
    for cell in page[1]:
        if cell.value and str(cell.value).startswith(names):
            return cell.column
    raise AssertionError([cell.value for cell in page[1]])


def with_a_wrong_code(file):
    """Append a class like the last one, of a major that does not exist; give where and what."""
    book = openpyxl.load_workbook(file)
    rows = book.worksheets[0]
    assert rows.max_row > 5, "the school's own classes are in the file"
    code, name = column(rows, "专业代码", "Major code", "Code"), column(rows, "班级", "Class")
    last, new = [cell.value for cell in rows[rows.max_row]], rows.max_row + 1
    for index, value in enumerate(last, 1):
        rows.cell(new, index, value)
    rows.cell(new, code, WRONG)
    rows.cell(new, name, "新班0001")
    book.save(file)
    return book, new, code, last[code - 1]


@pytest.mark.parametrize("language", WORDS)
def test_last_year_s_classes_come_out_and_go_in_edited(visitor, tmp_path, language):
    words = WORDS[language]
    page = visitor.sign_in("学校管理员")
    if language != "中文":
        visitor.speak(language)
    visitor.go("/exchange/import/cohorts/")
    visitor.check_page()
    with page.expect_download() as down:
        page.locator("a[href$='?data=1']").click()
    file = Path(tmp_path / "classes.xlsx")
    down.value.save_as(file)
    visitor.check_troubles()

    book, new, code, right = with_a_wrong_code(file)
    page = uploaded(visitor, "cohorts", file, words)
    faults = page.locator("main").inner_text()
    assert f"{new}" in faults
    assert WRONG in faults
    visitor.check_page()

    book.worksheets[0].cell(new, code, right)
    book.save(file)
    page = uploaded(visitor, "cohorts", file, words)
    page.locator(".diff-table").wait_for()
    assert page.locator(".diff-table tbody tr").count() == 1
    visitor.check_page()
    page.get_by_role("button", name=words["confirm"]).click()
    page.get_by_text(words["applied"], exact=True).first.wait_for()
    visitor.check_page()

    visitor.go("/supply/coverage/")
    visitor.check_page()

    page.go_back()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=words["undo"]).click()
    page.get_by_text(words["undone"]).first.wait_for()
    visitor.check_page()
