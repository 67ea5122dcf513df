"""Every page of the menu, for each role, at both widths and in both languages, without a flaw."""

import pytest

pytestmark = pytest.mark.journey

ROLES = ("联合体办公室", "企业人事", "学校管理员", "审计员", "系统管理员")


def addresses(page):
    """Of the menu, and of the first row of every list that leads somewhere."""
    links = page.locator(".menu a.nav-link").evaluate_all("all => all.map(a => a.pathname)")
    return list(dict.fromkeys(links))


def walk(visitor, role, *, language=""):
    page = visitor.sign_in(role)
    if language:
        visitor.speak(language)
    found = []
    for address in addresses(page):
        visitor.go(address)
        found += flaws(visitor, f"{role} {address}")
        row = page.locator(".list-table tbody th a, .list-table tbody td a").first
        if row.count():
            inner = row.get_attribute("href")
            visitor.go(inner)
            found += flaws(visitor, f"{role} {inner}")
    assert not found, "\n".join(found)


def flaws(visitor, where):
    try:
        visitor.check_page(also=where)
    except AssertionError as flaw:
        visitor.troubles.clear()
        return [str(flaw)]
    return []


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_sound_at_desk_width(visitor, role):
    walk(visitor, role)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_sound_on_a_phone(phone, role):
    walk(phone, role)


def test_every_page_of_the_office_is_sound_in_english(visitor):
    walk(visitor, "联合体办公室", language="English")


@pytest.mark.parametrize("language", ["中文", "English"])
def test_the_portal_is_sound_for_a_stranger(visitor, language):
    page = visitor.go("/")
    if language != "中文":
        visitor.speak(language)
    visitor.check_page()
    links = page.locator(".portal-links a").evaluate_all("all => all.map(a => a.pathname)")
    for address in dict.fromkeys(links):
        visitor.go(address)
        visitor.check_page()
