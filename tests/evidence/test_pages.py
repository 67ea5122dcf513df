"""Pages come to the desk once, are read, described, mended; what was decided stays in place."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core import clock, files
from chanjiao.core.models import AuditEntry, JobRun
from chanjiao.core.refusals import Refused
from chanjiao.engines.tabular.refusals import Refused as FileRefused
from chanjiao.evidence.models import PressPage, Statement
from chanjiao.evidence.queries import press_pages_visible_to
from chanjiao.evidence.services import pages, reading, statements
from chanjiao.evidence.services.pages import About
from tests.evidence.conftest import PUBLISHED, TEXT, statement

pytestmark = pytest.mark.usefixtures("desk")

HIJACKED = "k8凯发国际牵头的产教联合体召开推进会，三方签约。\n联系我们：office@jiaxy.edu.cn"


def test_a_page_is_kept_by_its_content_and_read_into_articles_and_statements(page):
    assert page.state == "ready"
    assert page.title == "校企携手育人才"
    assert files.content(page.file) == TEXT.encode()
    article = page.articles.get()
    rows = list(article.statements.all())
    assert len(rows) == 5
    assert all(article.text[one.start : one.end] == one.quote for one in rows)
    assert AuditEntry.objects.filter(act="press.read").exists()


def test_names_are_tied_to_the_register_and_figures_follow_their_subject(page, school):
    assert statement(page, "在校生").organisation == school
    assert statement(page, "计划招生").organisation == school


def test_the_same_bytes_are_kept_once_and_the_refusal_says_where(page, office, about, school):
    with pytest.raises(Refused, match="已在采编台：校企携手育人才") as refusal:
        pages.receive(office, school.pk, TEXT.encode(), "x.txt", about, is_pasted=True)
    assert refusal.value.numbers["page"] == page.pk
    assert PressPage.objects.count() == 1


def test_another_body_is_not_told_of_a_page_it_may_not_see(page, company_hr, company, about):
    made = pages.receive(
        company_hr, company.pk, TEXT.encode(), "x.txt", about, is_pasted=True, is_read_now=True
    )
    assert list(press_pages_visible_to(company_hr)) == [made]


def test_a_body_brings_pages_for_itself_only(company_hr, school, about):
    with pytest.raises(PermissionDenied):
        pages.receive(company_hr, school.pk, b"x", "x.txt", about, is_pasted=True)


def test_a_day_to_come_is_no_day_of_publication(office, school):
    about = About(published_on=clock.today() + timedelta(days=1))
    with pytest.raises(Refused, match="还没有到"):
        pages.receive(office, school.pk, b"x", "x.txt", about, is_pasted=True)


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "a.txt", "空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a.doc", "旧版 Office"),
        (b"\x89PNG rest", "a.pdf", "图片"),
        (b"MZ rest", "a.docx", "程序"),
        (b"x" * (20 * 2**20 + 1), "a.txt", "20 MB"),
    ],
)
def test_what_is_no_document_is_refused_at_the_door_and_not_kept(
    office, school, about, data, name, told
):
    with pytest.raises(Refused, match=told):
        pages.receive(office, school.pk, data, name, about)
    assert not PressPage.objects.exists()


def test_a_file_that_cannot_be_read_ends_in_a_reason_and_no_statement(office, school, about):
    def dies(_task, _data):
        raise FileRefused("too_slow", limit="18")

    made = pages.receive(office, school.pk, b"text", "a.txt", about, is_read_now=True)
    found = reading.read_page(made.pk, runner=dies)
    assert (found.state, found.refusal["code"]) == ("refused", "too_slow")
    assert not Statement.objects.exists()


def test_reading_twice_gives_the_same(page):
    rows = Statement.objects.order_by("start", "kind").values_list("quote", "content", "places")
    before = list(rows)
    page.state = "waiting"
    page.save()
    reading.read_page(page.pk)
    assert list(rows.all()) == before


def test_a_page_that_was_read_is_not_read_over_what_somebody_decided(page, office, enrolled):
    statements.accept(office, enrolled.pk)
    for act in (
        lambda: pages.read_again(office, page.pk),
        lambda: pages.describe(office, page.pk, About(PUBLISHED - timedelta(days=400))),
        lambda: pages.mend(office, page.pk, 0, "x"),
    ):
        with pytest.raises(Refused, match="1 条事实作了决定"):
            act()
    assert pages.describe(office, page.pk, About(PUBLISHED, title="新标题")).title == "新标题"


def test_a_flag_is_mended_by_hand_in_every_place_and_the_page_read_again(bring, office, school):
    school.domains.create(domain="jiaxy.edu.cn")
    page = bring(office, HIJACKED + "\nk8凯发国际，版权所有。")
    assert [f["kind"] for f in page.flags] == ["brand", "brand"]
    assert page.flags[0]["candidates"] == [school.name]
    found = pages.mend(office, page.pk, page.flags[0]["start"], school.name)
    found.refresh_from_db()
    assert found.repaired.count(school.name) == 2
    assert "凯发" not in found.repaired + found.title
    assert found.flags == []
    assert [e[4] for e in found.edits if e[3] == school.name] == [["by_hand"], ["by_hand"]]


@pytest.mark.parametrize("after", ["", "  ", "两\n行", "长" * 81])
def test_a_mend_wants_a_few_words_on_one_line(bring, office, after):
    page = bring(office, HIJACKED)
    with pytest.raises(Refused, match="1 至 80 字"):
        pages.mend(office, page.pk, page.flags[0]["start"], after)
    with pytest.raises(Refused, match="已经处理"):
        pages.mend(office, page.pk, 9999, "x")


def test_a_page_brought_by_mistake_goes_unless_it_serves_as_evidence(
    page, office, enrolled, django_capture_on_commit_callbacks
):
    statements.accept(office, enrolled.pk)
    with pytest.raises(Refused, match="1 条事实采纳为佐证"):
        pages.discard(office, page.pk)
    statements.undo(office, enrolled.pk)
    with django_capture_on_commit_callbacks(execute=True):
        pages.discard(office, page.pk)
    assert not PressPage.objects.exists()
    assert not files.is_kept(page.file)


def test_bytes_that_another_body_brought_too_stay(
    page, office, company_hr, company, bring, django_capture_on_commit_callbacks
):
    other = bring(company_hr, body=company)
    with django_capture_on_commit_callbacks(execute=True):
        pages.discard(office, page.pk)
    assert files.content(other.file) == TEXT.encode()


def test_another_body_neither_mends_nor_discards(page, company_hr):
    for act in (
        lambda: pages.discard(company_hr, page.pk),
        lambda: pages.mend(company_hr, page.pk, 0, "x"),
        lambda: pages.read_again(company_hr, page.pk),
        lambda: pages.describe(company_hr, page.pk, About(PUBLISHED)),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_page_whose_worker_was_lost_says_so_and_can_be_read_again(office, school, about):
    made = pages.receive(office, school.pk, b"text", "a.txt", about, is_read_now=True)
    run = JobRun.objects.create(kind="press", title="x", state="failed")
    PressPage.objects.filter(pk=made.pk).update(state="reading", run=run)
    assert reading.reconcile() == 1
    assert PressPage.objects.get(pk=made.pk).state == "failed"
