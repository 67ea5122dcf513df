"""J3: the office closes a quarter, from silent companies to a list that anybody can verify."""

import pytest

pytestmark = pytest.mark.journey

MOST_LINES = 200


def open_quarter(visitor):
    page = visitor.go("/publishing/")
    visitor.check_page()
    there = page.locator("a.portal-item[href*='/publishing/quarters/']")
    if not there.count():
        page.locator("form[action$='/quarters/open/'] button").click()
        page.wait_for_url("**/publishing/quarters/*/")
        return page
    there.first.click()
    return page


def code_the_queue(visitor):
    """By keyboard: the first suggestion where there is one, else "none fits"."""
    page = visitor.go("/alignment/")
    visitor.check_page()
    for _ in range(MOST_LINES):
        if not page.locator("#choose").count():
            break
        before = page.locator("#raw").inner_text() + page.locator("#queue").get_attribute("data-at")
        has_offer = page.locator("#choose ol.offers li").count()
        page.keyboard.press("1" if has_offer else "n")
        page.wait_for_function(
            "was => { const raw = document.querySelector('#raw'); return raw.innerText"
            " + document.querySelector('#queue').dataset.at !== was"
            " || document.querySelector('.queue-said').innerText.trim() !== '' }",
            arg=before,
        )
        page.wait_for_timeout(120)
    assert not page.locator("#choose").count()
    visitor.check_page()


def press_next(page):
    """The one primary button of the step whose turn it is."""
    step = page.locator("li.closing-step.is-next")
    opinion = step.locator("textarea")
    if opinion.count():
        opinion.first.fill("已核对，同意。")
    step.locator("button.btn-primary").first.click()
    page.wait_for_load_state()


def state(page):
    return page.locator("h1 .badge").inner_text()


def test_the_quarter_is_closed_and_published_by_two_people(visitor, site, browser):
    page = visitor.sign_in("联合体办公室", 0)
    page = open_quarter(visitor)
    quarter = page.url.removeprefix(site.url)
    visitor.check_page()
    page.on("dialog", lambda dialog: dialog.accept())
    for _ in range(3):  # remind with one click, then go on to the review of uncoded lines
        if "review" in (page.locator("li.is-next form").last.get_attribute("action") or ""):
            break
        if page.locator("li.is-next a[href*='/alignment/']").count():
            break
        press_next(page)
    code_the_queue(visitor)

    visitor.go(quarter)
    for _ in range(40):  # review, compute (in the background), check, freeze
        if page.locator("li.is-next form[action$='/publish/']").count():
            break
        step = page.locator("li.closing-step.is-next")
        if step.locator("button.btn-primary").count():
            press_next(page)
        elif not page.locator("li.closing-step.is-next").count():
            break
        else:
            page.wait_for_timeout(1000)
            visitor.go(quarter)
        if page.locator("li.closing-step").nth(4).get_attribute("class").find("is-done") >= 0:
            break
    visitor.check_page()

    second = type(visitor)(site, browser.new_context(viewport={"width": 1366, "height": 768}))
    page = second.sign_in("联合体办公室", 1)
    page.on("dialog", lambda dialog: dialog.accept())
    second.go(quarter)
    press_next(page)
    second.check_page()
    page.locator(".head-buttons a[href^='/publishing/']").last.click()
    number = page.url.rstrip("/").rsplit("/", 1)[1]
    second.check_page()
    second.context.close()

    stranger = type(visitor)(site, browser.new_context(viewport={"width": 390, "height": 844}))
    page = stranger.go("/")
    link = page.locator(f"a[href*='{number}']").first
    assert link.count(), f"{number} is not on the portal's first page"
    link.click()
    stranger.check_page()
    for format_name in ("xlsx", "csv", "json"):
        anchor = page.locator(f"a[href*='{format_name}']").first
        assert anchor.count(), format_name
        answer = page.request.get(site.address(anchor.get_attribute("href")))
        assert answer.ok, format_name
        assert len(answer.body()) > 200
    stranger.context.close()


@pytest.mark.parametrize("language", ["中文", "English"])
def test_a_gap_figure_opens_its_rows(visitor, language):
    page = visitor.sign_in("联合体办公室")
    if language != "中文":
        visitor.speak(language)
    visitor.go("/gaps/")
    visitor.check_page()
    figure = page.locator("main a[href*='/figure/']").first
    figure.click()
    page.locator("main table").first.wait_for()
    visitor.check_page()
