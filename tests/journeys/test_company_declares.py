"""J1: a company answers by its one-time link, without an account, in its own words."""

import re
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.journey

TITLES = {"中文": "数控机床操作工", "English": "焊接机器人调试员"}


def link_for_a_silent_company(visitor):
    """The office makes a link; gives the path and the company's name."""
    page = visitor.sign_in("联合体办公室")
    visitor.go("/demand/rounds/")
    visitor.check_page()
    page.locator(".list-table tbody tr", has_text="填报中").locator("a").first.click()
    page.locator("a.figure-card[href='?state=waiting']").click()
    visitor.check_page()
    company = page.locator("#link-company option").first.inner_text()
    page.locator("form.round-link button").click()
    address = page.locator(".link-address").inner_text()
    visitor.check_page()
    return urlsplit(address).path, company


@pytest.mark.parametrize("language", TITLES)
def test_a_company_declares_by_link_and_the_office_finds_it(visitor, phone, language):
    title = TITLES[language]
    path, company = link_for_a_silent_company(visitor)

    page = phone.go(path)
    if language != "中文":
        phone.speak(language)
    assert company[:4] in page.locator("main, body").first.inner_text() or language != "中文"
    phone.check_page()
    known = page.locator("[name$='-word']").count() and len(
        set(page.locator("[name$='-word']").evaluate_all("all => all.map(e => e.name)"))
    )
    fields = {"title": title, "headcount": "3", "pay_min_yuan": "6000", "pay_max_yuan": "9000"}
    for name, value in fields.items():
        page.locator(f"[name$='-{name}']").nth(known).fill(value)
    page.locator("button[name=review]").click()
    page.locator("button[name=send]").wait_for()
    assert title in page.locator("main, body").first.inner_text()
    choices = page.locator("fieldset.codes").last.locator("input[type=radio]")
    assert 2 <= choices.count() <= 6  # suggestions, and "none fits"
    choices.first.check()
    phone.check_page()
    page.locator("button[name=send]").click()
    page.locator(".trace").first.wait_for()
    told = page.locator("main, body").first.inner_text()
    assert title in told
    phone.check_page()

    page = phone.go(path)  # opened again it shows the receipt and asks for nothing
    assert page.locator("button[name=send], button[name=review]").count() == 0

    page = visitor.go(f"/demand/?q={title}")
    page.locator(".list-table tbody a", has_text=title).first.click()
    assert company[:6] in page.locator("main").inner_text()
    visitor.check_page()


def test_nothing_this_year_is_an_answer_with_a_reason(visitor, phone):
    path, _company = link_for_a_silent_company(visitor)
    page = phone.go(path)
    page.locator("details", has=page.locator("button[name=nothing]")).locator("summary").click()
    reason = page.locator("select[name$=reason], input[type=radio][name$=reason]").first
    if reason.evaluate("e => e.tagName") == "SELECT":
        reason.select_option(index=1)
    else:
        reason.check()
    page.locator("button[name=nothing]").click()
    page.get_by_text(re.compile("暂无需求")).first.wait_for()
    phone.check_page()


def test_opening_a_link_changes_nothing(visitor, phone):
    path, company = link_for_a_silent_company(visitor)
    phone.go(path)
    phone.go(path)
    page = visitor.page
    page.go_back()
    assert company in page.locator("#link-company").inner_text(), "still silent"
