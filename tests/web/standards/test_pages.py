"""Pages of codes, crosswalks and rules."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chanjiao.accounts.models import User
from chanjiao.core.models import ParameterState, RuleParameter
from chanjiao.core.parameters import parameter
from chanjiao.core.roles import Role
from chanjiao.organisations.actors import actor_for
from chanjiao.standards.choices import Basis, LinkState, Relation, System
from chanjiao.standards.models import CodeLink
from chanjiao.standards.services import reference


@pytest.fixture
def codes(db):
    trades = reference.load_codes(System.OCCUPATION, ["6-18-01-07", "6-18-02-04", "6-18-01-01"])
    majors = reference.load_codes(System.MAJOR, ["460103", "460110"])
    return {**trades, **majors}


@pytest.fixture
def make_link(codes):
    def make(source="460103", target="6-18-01-07", **fields):
        fields = {"strength": Decimal("0.5"), "basis": Basis.STATISTICAL, **fields}
        return CodeLink.objects.create(
            relation=Relation.MAJOR_OCCUPATION, source=codes[source], target=codes[target], **fields
        )

    return make


@pytest.fixture
def auditor(sign_up, office_body):
    return actor_for(sign_up(Role.AUDITOR, office_body))


@pytest.fixture
def rule(db):
    return RuleParameter.objects.create(
        name="small_cell_companies", title="公开数字的最少企业数", value=3, unit="家",
        valid_from=date(2025, 1, 1), source="平台默认", confidence="default",
    )  # fmt: skip


def test_the_lists_are_there_and_a_tree_opens_level_by_level(client_of, company_hr, codes):
    client = client_of(company_hr)
    assert "职业分类大典 2022" in client.get("/standards/").content.decode()
    top = client.get("/standards/occ2022/").content.decode()
    assert "生产制造及有关人员" in top
    below = client.get("/standards/occ2022/?under=6-18-01").content.decode()
    assert "多工序数控机床操作调整工" in below


@pytest.mark.parametrize("query", ["多工序", "dgxsk", "6-18-01-07", "6180107"])
def test_a_code_is_found_by_chinese_initials_or_digits(client_of, company_hr, codes, query):
    text = client_of(company_hr).get("/standards/occ2022/", {"q": query}).content.decode()
    assert "/standards/occ2022/6-18-01-07/" in text


def test_a_code_page_shows_what_stands_above_and_its_links(client_of, office, make_link):
    make_link()
    text = client_of(office).get("/standards/occ2022/6-18-01-07/").content.decode()
    assert "机械冷加工人员" in text
    assert "数控技术" in text


@pytest.mark.parametrize("url", ["nolist/", "occ2022/9-9-9/", "occ2022/?under=9-9"])
def test_what_is_not_there_is_not_found(client_of, office, codes, url):
    assert client_of(office).get(f"/standards/{url}").status_code == 404


def test_a_reviewed_link_brings_the_next_one(client_of, office, make_link):
    first, second = make_link(), make_link("460110", "6-18-02-04")
    response = client_of(office).post(
        f"/standards/crosswalk/{first.pk}/review/",
        {"state": "accepted", "strength": "0.9", "reason": "核心课程"},
    )
    assert response["Location"] == f"/standards/crosswalk/{second.pk}/"
    first.refresh_from_db()
    assert (first.state, first.strength) == (LinkState.ACCEPTED, Decimal("0.900"))
    assert first.reviewed_by_id == office.user_id


def test_an_official_link_is_read_only(client_of, office, make_link):
    link = make_link(basis=Basis.OFFICIAL, state=LinkState.ACCEPTED)
    client = client_of(office)
    assert "只读" in client.get(f"/standards/crosswalk/{link.pk}/").content.decode()
    client.post(f"/standards/crosswalk/{link.pk}/review/", {"state": "rejected", "strength": "0.1"})
    link.refresh_from_db()
    assert link.state == LinkState.ACCEPTED


def test_schools_see_accepted_links_and_review_none(client_of, school_admin, make_link):
    proposed = make_link()
    accepted = make_link("460110", "6-18-02-04", state=LinkState.ACCEPTED)
    client = client_of(school_admin)
    assert client.get(f"/standards/crosswalk/{proposed.pk}/").status_code == 404
    assert client.get(f"/standards/crosswalk/{accepted.pk}/").status_code == 200
    review = client.post(f"/standards/crosswalk/{accepted.pk}/review/", {"state": "rejected"})
    assert review.status_code == 403


def test_a_link_is_added_by_codes_and_a_wrong_code_loses_no_input(client_of, office, codes):
    client = client_of(office)
    form = {"relation": "major_occupation", "source": "460103", "target": "9-9", "strength": "0.8",
            "reason": "专家会"}  # fmt: skip
    text = client.post("/standards/crosswalk/new/", form).content.decode()
    assert "目录中没有代码 9-9" in text
    assert 'value="专家会"' in text
    client.post("/standards/crosswalk/new/", {**form, "target": "6-18-01-01"})
    assert CodeLink.objects.get().state == LinkState.ACCEPTED


def test_proposals_come_with_their_reason_and_are_not_made_twice(client_of, office, codes):
    client = client_of(office)
    for _time in range(2):
        client.post("/standards/crosswalk/propose/", {"relation": "major_occupation"})
    links = CodeLink.objects.all()
    assert links.filter(source__code="460110", target__code="6-18-02-04").count() == 1
    assert all(link.reason and link.state == LinkState.PROPOSED for link in links)


def test_coverage_counts_accepted_links_only(client_of, office, make_link):
    make_link()
    assert "0.0%" in client_of(office).get("/standards/crosswalk/").content.decode()
    make_link("460110", "6-18-02-04", state=LinkState.ACCEPTED)
    assert "50.0%" in client_of(office).get("/standards/crosswalk/").content.decode()


def test_a_rule_changes_when_somebody_else_approves_the_new_value(client_of, office, auditor, rule):
    form = {"value": "5", "valid_from": "2026-01-01", "source": "理事会决议", "confidence": "read"}
    client_of(office).post(f"/standards/parameters/{rule.pk}/new-value/", form)
    row = RuleParameter.objects.get(value=5)
    assert (row.state, parameter("small_cell_companies").whole) == (ParameterState.PROPOSED, 3)
    denied = client_of(office).post(
        f"/standards/parameters/{row.pk}/decide/", {"decision": "approve"}
    )
    assert denied.status_code == 403
    client_of(auditor).post(f"/standards/parameters/{row.pk}/decide/", {"decision": "approve"})
    assert parameter("small_cell_companies").whole == 5
    assert parameter("small_cell_companies", on=date(2025, 6, 1)).whole == 3


def test_a_value_is_sent_back_only_with_a_reason(client_of, auditor, rule):
    row = RuleParameter.objects.create(
        name=rule.name, title=rule.title, value=9, valid_from=date(2026, 5, 1), source="x",
        confidence="read", state=ParameterState.PROPOSED,
    )  # fmt: skip
    client = client_of(auditor)
    url = f"/standards/parameters/{row.pk}/decide/"
    assert "写明理由" in client.post(url, {"decision": "reject"}, follow=True).content.decode()
    client.post(url, {"decision": "reject", "opinion": "缺少文件"})
    row.refresh_from_db()
    assert (row.state, row.opinion) == (ParameterState.REJECTED, "缺少文件")


def test_companies_read_rules_and_change_none(client_of, company_hr, rule):
    client = client_of(company_hr)
    assert "公开数字的最少企业数" in client.get("/standards/parameters/").content.decode()
    assert client.get(f"/standards/parameters/{rule.pk}/new-value/").status_code == 403


@pytest.mark.parametrize("url", ["/standards/crosswalk/", "/standards/parameters/", "/standards/"])
def test_the_lists_cost_the_same_for_one_row_and_fifty(client_of, office, rule, make_link, url):
    make_link(state=LinkState.ACCEPTED)
    client = client_of(office)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    codes = reference.load_codes(
        System.OCCUPATION, [f"6-18-01-{n:02}" for n in range(2, 14)] + ["6-31-01-03"]
    )
    for n, code in enumerate(codes.values()):
        CodeLink.objects.get_or_create(
            relation=Relation.MAJOR_OCCUPATION,
            source=CodeLink.objects.first().source,
            target=code,
            defaults={
                "strength": "0.5",
                "basis": Basis.EXPERT,
                "reviewed_by": User.objects.first(),
            },
        )
        RuleParameter.objects.create(
            name=f"r{n}", title=f"规则{n}", value=n, valid_from=date(2025, 1, 1), source="x",
            confidence="read", created_by=User.objects.first(),
        )  # fmt: skip
    client.get(url)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many)
