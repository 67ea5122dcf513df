"""The desk's pages: every act a plain form, the same by htmx, nobody else's pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from chanjiao.core import clock
from chanjiao.core.models import RuleParameter
from chanjiao.evidence.models import EvidenceItem, PressPage, Statement
from chanjiao.evidence.services import statements
from chanjiao.web.evidence.marking import Mark, marked
from tests.evidence.conftest import TEXT, statement
from tests.evidence.papers import scanned_pdf

NEW = "/evidence/press/new/"


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_pasted_text_is_received_read_and_shown_with_its_quotes(client_of, school_admin):
    client = client_of(school_admin)
    today = clock.today()
    answer = client.post(
        NEW, {"pasted": TEXT, "published_on": today, "material": "news"}, follow=True
    )
    shown = answer.content.decode()
    assert PressPage.objects.get().organisation_id == school_admin.organisation_id
    assert "在校生12000人</mark>" in shown
    assert "12,000 人" in shown


def test_the_same_page_again_leads_to_where_it_is(client_of, office, page):
    client = client_of(office)
    told = {"pasted": TEXT, "published_on": clock.today(), "material": "news"}
    answer = client.post(NEW, told)
    assert answer["Location"] == f"/evidence/press/{page.pk}/"
    assert "这份稿件已在采编台" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({}, "请选择一个文件，或粘贴文字。"),
        ({"pasted": "x", "published_on": ""}, "这个字段是必填项"),
        ({"pasted": "长" * 200_001}, "最多 200000 字"),
        ({"pasted": "x", "published_on": "2999-01-01"}, "还没有到"),
        ({"pasted": "x", "organisation": "没有这家"}, "没有登记名为"),
    ],
)
def test_a_form_that_lacks_something_says_so_and_keeps_nothing(client_of, office, told, wrong):
    data = {"published_on": clock.today(), "material": "news", **told}
    answer = client_of(office).post(NEW, data)
    assert answer.status_code == 422
    assert wrong in answer.content.decode()
    assert not PressPage.objects.exists()


def test_a_file_that_is_no_document_is_refused_on_the_form(client_of, office):
    file = SimpleUploadedFile("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest")
    data = {"file": file, "published_on": clock.today(), "material": "news"}
    with translation.override("en"):
        answer = client_of(office).post(NEW, data, headers={"Accept-Language": "en"})
    assert "旧版 Office" in answer.content.decode() or "old Office file" in answer.content.decode()


def test_a_scan_ends_in_words_on_its_page(client_of, office):
    file = SimpleUploadedFile("扫描.pdf", scanned_pdf(2))
    data = {"file": file, "published_on": clock.today(), "material": "report"}
    shown = client_of(office).post(NEW, data, follow=True).content.decode()
    assert "应是扫描件" in shown
    assert PressPage.objects.get().state == "refused"


def test_each_act_is_a_plain_form_that_leads_back_to_its_card(client_of, office, page, enrolled):
    client = client_of(office)
    place = f"/evidence/press/{page.pk}/#s{enrolled.pk}"
    for act, state in (("accept", "accepted"), ("undo", "proposed"), ("reject", "rejected")):
        answer = client.post(f"/evidence/press/statements/{enrolled.pk}/{act}/")
        assert answer["Location"] == place
        enrolled.refresh_from_db()
        assert enrolled.state == state


def test_by_htmx_the_card_alone_is_exchanged_with_the_counts(client_of, office, enrolled):
    answer = client_of(office).post(
        f"/evidence/press/statements/{enrolled.pk}/accept/", headers={"HX-Request": "true"}
    )
    shown = answer.content.decode()
    assert f'id="s{enrolled.pk}"' in shown
    assert 'data-state="accepted"' in shown
    assert "待定 4 · 已采纳 1" in shown
    assert "<html" not in shown


def test_a_correction_is_saved_or_said_to_be_wrong_in_its_field(client_of, office, enrolled):
    client, address = client_of(office), f"/evidence/press/statements/{enrolled.pk}/"
    shown = text_of(client, address)
    assert 'value="12000"' in shown
    told = {
        "subject": "甲职业技术学院", "indicator": "在校生", "value": "很多", "unit": "人",
        "qualifier": "exact", "status": "actual", "period": "2024", "is_reported": "on",
    }  # fmt: skip
    wrong = client.post(address, told)
    assert wrong.status_code == 422
    assert "不是数字" in wrong.content.decode()
    assert client.post(address, {**told, "value": "12800"}).status_code == 302
    enrolled.refresh_from_db()
    assert (enrolled.state, enrolled.content["value"]) == ("corrected", "12800")
    assert "识别为" in text_of(client, f"/evidence/press/{enrolled.article.page_id}/")


def test_together_shows_each_quote_before_its_button_and_takes_what_is_ticked(
    client_of, office, page
):
    client, address = client_of(office), f"/evidence/press/{page.pk}/together/"
    shown = text_of(client, address)
    assert shown.index("在校生12000人") < shown.index("采纳勾选的事实")
    rows = list(Statement.objects.filter(article__page=page))
    told = {f"mark-{one.pk}": statements.mark_of(one) for one in rows}
    client.post(address, {"take": [str(rows[0].pk)], **told})
    assert Statement.objects.filter(state="accepted").count() == 1
    assert "没有选中" in client.post(address, {}, follow=True).content.decode()


def test_a_name_is_tied_by_suggestion_or_search_or_asked_for(client_of, office, page, other_school):
    client = client_of(office)
    name = Statement.objects.get(kind="organisation", content__name="甲职业技术学院")
    address = f"/evidence/press/statements/{name.pk}/body/"
    assert "甲职业技术学院" in text_of(client, address)
    assert other_school.name in text_of(client, f"{address}?q=乙中等")
    client.post(address, {"organisation": other_school.pk})
    name.refresh_from_db()
    assert name.organisation == other_school
    client.post(address, {"organisation": ""})
    told = client.post(f"/evidence/press/statements/{name.pk}/ask/", follow=True)
    assert "已提请办公室登记" in told.content.decode()
    assert (
        "没有这个机构" in client.post(address, {"organisation": "0"}, follow=True).content.decode()
    )


def test_evidence_shows_its_quotes_in_their_sentence_and_leads_back(
    client_of, office, page, enrolled
):
    item = statements.accept(office, enrolled.pk).evidence
    client = client_of(office)
    shown = text_of(client, f"/evidence/{item.pk}/")
    assert "甲职业技术学院<mark" in shown
    assert f'href="/evidence/press/{page.pk}/#s{enrolled.pk}"' in shown
    client.post(f"/evidence/{item.pk}/show/", {"visibility": "public"})
    assert EvidenceItem.objects.get().visibility == "public"
    answer = client.get(f"/evidence/{item.pk}/file/")
    assert answer.content == TEXT.encode()
    assert answer["Content-Security-Policy"] == "sandbox"


def test_the_public_reads_public_evidence_without_names_and_no_desk(
    client, client_of, office, enrolled
):
    item = statements.accept(office, enrolled.pk).evidence
    assert client.get(f"/evidence/{item.pk}/").status_code == 404
    client_of(office).post(f"/evidence/{item.pk}/show/", {"visibility": "public"})
    shown = text_of(client, f"/evidence/{item.pk}/")
    assert "在校生12000人" in shown
    assert "回到原句" not in shown
    assert client.get("/evidence/press/").status_code == 302


def test_another_bodys_page_and_statement_are_not_found(client_of, company_hr, page, enrolled):
    client = client_of(company_hr)
    for address in (
        f"/evidence/press/{page.pk}/", f"/evidence/press/{page.pk}/repair/",
        f"/evidence/press/{page.pk}/file/", f"/evidence/press/statements/{enrolled.pk}/",
        f"/evidence/press/statements/{enrolled.pk}/body/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404
    assert client.post(f"/evidence/press/statements/{enrolled.pk}/accept/").status_code == 404


def test_a_flag_is_shown_with_its_candidates_and_mended(client_of, office, bring, school):
    school.domains.create(domain="jiaxy.edu.cn")
    found = bring(office, "k8凯发国际牵头的产教联合体召开推进会。\n联系：office@jiaxy.edu.cn")
    client = client_of(office)
    address = f"/evidence/press/{found.pk}/"
    assert "1 处存疑" in text_of(client, address)
    shown = text_of(client, f"{address}repair/")
    assert f'name="choice" value="{school.name}"' in shown
    client.post(f"{address}mend/", {"place": found.flags[0]["start"], "choice": school.name})
    found.refresh_from_db()
    assert found.repaired.startswith(school.name)
    assert f"k8凯发国际 → {school.name}：手工更正" in text_of(client, f"{address}repair/")


def test_every_edit_tells_before_after_and_why_in_both_texts(client_of, office, bring):
    found = bring(office, "學(xué)生走進(jìn)車(chē)間。")
    shown = text_of(client_of(office), f"/evidence/press/{found.pk}/repair/")
    assert shown.count('data-tip="學(xué) → 学：注音、繁体"') == 2
    assert shown.count("<mark") == 2 * len(found.edits)


def test_what_a_page_says_is_escaped_wherever_it_is_marked(client_of, office, bring):
    found = bring(office, "<script>alert(1)</script>學(xué)校<b>，走進(jìn)車(chē)間。")
    for place in ("", "repair/"):
        shown = text_of(client_of(office), f"/evidence/press/{found.pk}/{place}")
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert(1)" in shown


def test_marks_that_overlap_share_their_piece():
    shown = marked(
        "三校签约", [Mark(0, 3, "quote", 1, state="proposed"), Mark(2, 4, "edit", 5, "x")]
    )
    assert shown == (
        '<mark class="quote is-proposed" data-quote="1" tabindex="-1">三校</mark>'
        '<mark class="quote edit is-proposed" data-quote="1" data-edit="5" data-tip="x"'
        ' tabindex="-1">签</mark>'
        '<mark class="edit" data-edit="5" data-tip="x" tabindex="-1">约</mark>'
    )


def test_the_desk_asks_as_often_for_many_statements_as_for_few(client_of, office, page):
    client = client_of(office)
    addresses = [f"/evidence/press/{page.pk}/", f"/evidence/press/{page.pk}/repair/"]
    counts = {}
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        counts[address] = len(few)
    one = statement(page, "在校生")
    for n in range(30):
        one.pk, one.summary = None, f"第{n}条"
        one.save(force_insert=True)
    for address, few_count in counts.items():
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        assert len(many) == few_count


def test_a_page_is_described_taken_away_and_read_again(client_of, office, page):
    client, address = client_of(office), f"/evidence/press/{page.pk}/"
    told = {"published_on": "2024-03-18", "title": "改过的标题", "material": "report"}
    assert client.post(f"{address}edit/", told).status_code == 302
    page.refresh_from_db()
    assert (page.title, page.material, page.state) == ("改过的标题", "report", "ready")
    client.post(f"{address}again/")
    assert client.get(f"{address}progress/")["HX-Refresh"] == "true"
    client.post(f"{address}discard/")
    assert not PressPage.objects.exists()


def test_pages_are_searched_and_filtered_by_what_waits(client_of, office, page, bring):
    bring(office, "别的一页，没有事实。")
    client = client_of(office)
    assert "校企携手育人才" in text_of(client, "/evidence/press/?q=携手")
    assert "别的一页" not in text_of(client, "/evidence/press/?is_open=true")
    assert "校企携手育人才" not in text_of(client, "/evidence/press/?is_open=false")


def test_without_the_rule_nothing_is_taken_together_and_the_page_says_why(client_of, office, page):
    RuleParameter.objects.filter(name="press_bulk_from").delete()
    client = client_of(office)
    assert "成批采纳" not in text_of(client, f"/evidence/press/{page.pk}/")
    shown = client.get(f"/evidence/press/{page.pk}/together/", follow=True).content.decode()
    assert "没有规则参数" in shown


def test_desk_in_english_speaks_english(client_of, office, page):
    client = client_of(office)
    client.cookies["django_language"] = "en"
    shown = text_of(client, f"/evidence/press/{page.pk}/")
    for words in ("Accept", "Reject", "Statements", "Open 5 · accepted 0"):
        assert words in shown
