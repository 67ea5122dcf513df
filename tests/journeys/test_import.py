"""A spreadsheet in: refused with every fault in place, mended, previewed, written, taken back."""

from pathlib import Path

import pytest

from chanjiao.engines.tabular import uscc_check_character

pytestmark = pytest.mark.journey

WORDS = {
    "中文": {
        "upload": "上传并检查", "refused": "有错误，未导入", "previewed": "待确认",
        "confirm": "确认导入", "applied": "已导入", "undo": "撤销导入", "undone": "已撤销",
    },
    "English": {
        "upload": "Upload and check", "refused": "Faulty, not imported",
        "previewed": "To be confirmed", "confirm": "Confirm the import", "applied": "Imported",
        "undo": "Undo the import", "undone": "Undone",
    },
}  # fmt: skip


def credit_code(number: int) -> str:
    body = f"91330206MA{number:07d}"
    return body + uscc_check_character(body)


def companies(path: Path, *codes: str) -> Path:
    lines = ["企业名称,统一社会信用代码,在岗职工数,备注"]
    lines += [f"望澜桥{n}号机电有限公司,{code},{n + 10}," for n, code in enumerate(codes)]
    path.write_text("\n".join(lines), encoding="gb18030")
    return path


@pytest.mark.parametrize("language", WORDS)
def test_a_sheet_is_checked_mended_previewed_written_and_taken_back(visitor, tmp_path, language):
    words, first = WORDS[language], 4100 if language == "中文" else 4200
    page = visitor.sign_in("联合体办公室")
    if language != "中文":
        visitor.speak(language)
    visitor.go("/exchange/import/companies/")
    visitor.check_page()
    good = [credit_code(first + n) for n in range(3)]

    wrong = good[1][:-1] + ("A" if good[1][-1] != "A" else "B")
    bad_file = companies(tmp_path / "坏.csv", good[0], wrong)
    page.locator("input[type=file]").set_input_files(bad_file)
    assert page.locator(".file-name").inner_text() == "坏.csv"
    page.get_by_role("button", name=words["upload"]).click()
    page.get_by_text(words["refused"]).first.wait_for()
    assert wrong in page.locator("main").inner_text()
    visitor.check_page()

    visitor.go("/exchange/import/companies/")
    page.locator("input[type=file]").set_input_files(companies(tmp_path / "好.csv", *good))
    page.get_by_role("button", name=words["upload"]).click()
    page.get_by_text(words["previewed"]).first.wait_for()
    assert page.locator(".diff-table tbody tr").count() == 3
    visitor.check_page()

    page.get_by_role("button", name=words["confirm"]).click()
    page.get_by_text(words["applied"], exact=True).first.wait_for()
    visitor.check_page()

    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=words["undo"]).click()
    page.get_by_text(words["undone"]).first.wait_for()
    visitor.check_page()


def test_cells_are_pasted_and_strange_headings_are_named_by_hand(visitor):
    page = visitor.sign_in("联合体办公室")
    visitor.go("/exchange/import/companies/")
    cells = f"厂子叫什么\t号码\n望澜桥西机电有限公司\t{credit_code(4300)}\n"
    page.locator("textarea[name=pasted]").fill(cells)
    page.get_by_role("button", name="上传并检查").click()
    page.locator("form.mapping").wait_for()
    visitor.check_page()
    page.locator("#map-0").select_option("name")
    page.locator("#map-1").select_option("credit_code")
    page.get_by_role("button", name="按此对应再检查").click()
    page.get_by_role("button", name="确认导入").wait_for()
    visitor.check_page()
    page.get_by_role("button", name="取消").click()
    page.get_by_text("已取消").first.wait_for()
    visitor.check_troubles()


def test_without_scripts_the_file_field_is_the_browser_s_own(site, browser):
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address("/"))
    page.locator(".demo-sign-ins button", has_text="联合体办公室").first.click()
    page.goto(site.address("/exchange/import/companies/"))
    box = page.locator("input[type=file]").bounding_box()
    assert box
    assert box["height"] > 10
    assert page.locator("input[type=file]").is_visible()
    context.close()
