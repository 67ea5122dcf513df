"""Pages of fairs as the office and a company meet them."""

import pytest
from django.urls import reverse

from chanjiao.fairs.models import Booth, Fair
from chanjiao.fairs.services import booths


def test_the_office_plans_a_fair_and_lays_out_a_hall(client_of, office):
    browser = client_of(office)
    answer = browser.post(
        reverse("fairs:new"),
        {
            "name": "春季双选会", "kind": "general", "held_on": "2026-10-20", "starts_at": "08:30",
            "ends_at": "12:00", "place": "体育馆", "apply_until": "2026-10-10",
            "cancel_until": "2026-10-15",
        },
    )  # fmt: skip
    made = Fair.objects.get()
    assert answer.url == reverse("fairs:fair", args=[made.pk])
    browser.post(
        reverse("fairs:hall-new", args=[made.pk]), {"name": "一号厅", "rows": 2, "columns": 4}
    )
    page = browser.get(reverse("fairs:plan", args=[made.pk]))
    assert "空余展位 8 个" in page.content.decode()


def test_a_wrong_day_is_named_beside_its_field_and_nothing_typed_is_lost(client_of, office):
    page = client_of(office).post(
        reverse("fairs:new"),
        {
            "name": "春季双选会", "kind": "general", "held_on": "2026-10-20", "starts_at": "12:30",
            "ends_at": "12:00", "place": "体育馆", "apply_until": "2026-10-21",
            "cancel_until": "2026-10-15",
        },
    )  # fmt: skip
    words = page.content.decode()
    assert "2026-10-21 晚于举办日期 2026-10-20" in words
    assert "结束时间 12:00 须晚于开始时间 12:30" in words
    assert "春季双选会" in words
    assert not Fair.objects.exists()


def test_a_company_applies_with_its_ledger_ready(client_of, company_hr, fair, make_post):
    demand = make_post()
    browser = client_of(company_hr)
    address = reverse("fairs:apply", args=[fair.pk])
    assert "数控车工" in browser.get(address).content.decode()
    browser.post(
        address,
        {
            f"takes_{demand.pk}": "on", f"purpose_{demand.pk}": "internship",
            f"people_{demand.pk}": "3", "people_text": "王某 13800138000", "tables": "1",
        },
    )  # fmt: skip
    post = Booth.objects.get().posts.get()
    assert (post.purpose, post.people) == ("internship", 3)


def test_a_line_that_is_no_person_is_quoted(client_of, company_hr, fair, make_post):
    demand = make_post()
    page = client_of(company_hr).post(
        reverse("fairs:apply", args=[fair.pk]),
        {f"takes_{demand.pk}": "on", f"people_{demand.pk}": "9", "people_text": "王经理",
         "tables": "1"},
    )  # fmt: skip
    words = page.content.decode()
    assert "“王经理”不是“姓名 手机号”" in words
    assert not Booth.objects.exists()


def test_the_office_applies_for_a_company_that_told_it_so(
    client_of, office, fair, make_post, company
):
    demand = make_post()
    address = reverse("fairs:apply", args=[fair.pk])
    browser = client_of(office)
    assert "没有找到“无此企业”" in browser.get(f"{address}?company=无此企业").content.decode()
    browser.post(
        f"{address}?company={company.name}",
        {f"takes_{demand.pk}": "on", f"purpose_{demand.pk}": "job", f"people_{demand.pk}": "5",
         "people_text": "王某 13800138000", "tables": "1"},
    )  # fmt: skip
    assert Booth.objects.get().company == company


def test_representatives_are_shown_to_the_company_and_the_office_only(
    client_of, booth, office, company_hr, other_company_hr
):
    booths.make_move(office, booth.pk, "approve")
    address = reverse("fairs:booth", args=[booth.pk])
    for actor, sees in ((office, True), (company_hr, True), (other_company_hr, False)):
        words = client_of(actor).get(address).content.decode()
        assert ("13800138000" in words) is sees


def test_another_companys_application_is_a_404(client_of, booth, other_company_hr):
    address = reverse("fairs:booth", args=[booth.pk])
    assert client_of(other_company_hr).get(address).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_a_fair_opens_in_both_languages(client_of, office, fair, booth, language):
    browser = client_of(office)
    browser.cookies["django_language"] = language
    addresses = [
        reverse("fairs:list"), reverse("fairs:new"), reverse("fairs:fair", args=[fair.pk]),
        reverse("fairs:edit", args=[fair.pk]), reverse("fairs:date", args=[fair.pk]),
        reverse("fairs:invite", args=[fair.pk]), reverse("fairs:plan", args=[fair.pk]),
        reverse("fairs:apply", args=[fair.pk]), reverse("fairs:booth", args=[booth.pk]),
        reverse("fairs:booth-edit", args=[booth.pk]),
    ]  # fmt: skip
    for address in addresses:
        assert browser.get(address).status_code == 200, address


def test_a_booth_page_leads_to_positions_its_reader_may_open(
    client_of, booth, office, company_hr, student
):
    booths.make_move(office, booth.pk, "approve")
    address = reverse("fairs:booth", args=[booth.pk])
    inside = reverse("demand:detail", args=[booth.posts.get().demand_id])
    for actor, leads in ((company_hr, True), (student, False)):
        words = client_of(actor).get(address).content.decode()
        assert (f'href="{inside}"' in words) is leads
        assert "数控车工" in words
