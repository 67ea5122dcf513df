"""The API reads what the actor behind the token may read, and answers in JSON whatever happens."""

import json

import pytest
from django.test import Client

from chanjiao.core.permissions import API_THINGS, matrix
from chanjiao.core.roles import Role
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.models import ApiToken, Organisation
from chanjiao.standards.choices import System
from chanjiao.supply.models import MajorOffering

PUBLIC = [
    "standards",
    "standards/occ2022/codes",
    "lists",
    "demands",
    "supply/offerings",
    "evidence",
]
OWN = ["supply/years", "supply/cohorts", "supply/expected?year=2027"]


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_is_read_without_a_token(ask, address):
    assert ask(address).status_code == 200


@pytest.mark.parametrize("address", OWN)
def test_what_is_not_public_asks_for_a_token_in_json(ask, address):
    answer = ask(address)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["error"]["code"] == "token_needed"
    assert answer.json()["error"]["message_en"]


@pytest.mark.parametrize("address", OWN)
def test_a_school_reads_its_own_figures_and_another_school_none_of_them(
    ask, token_of, school_admin, sign_up, other_school, offering, address
):
    mine = ask(address, token_of(school_admin))
    assert mine.status_code == 200, mine.content
    assert mine.json()["items"]
    other = actor_for(sign_up(Role.SCHOOL_ADMIN, other_school))
    assert ask(address, token_of(other)).json()["items"] == []


def test_expected_graduates_carry_what_each_rate_rests_on(ask, token_of, school_admin, offering):
    item = ask("supply/expected?year=2027", token_of(school_admin)).json()["items"][0]
    assert (item["size"], item["expected"]) == (40, "30.40")
    assert item["loss"]["basis"] == "parameter"
    assert item["loss"]["source"]


def test_a_token_reaches_no_further_than_its_scope(ask, token_of, school_admin, offering):
    token = token_of(school_admin, "standards")
    assert ask("standards", token).status_code == 200
    answer = ask("supply/cohorts", token)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")


def test_a_companys_token_does_not_read_schools_figures(ask, token_of, company_hr, offering):
    assert ask("supply/cohorts", token_of(company_hr)).status_code == 403
    assert ask("supply/offerings", token_of(company_hr)).json()["items"]


def test_a_planned_major_is_seen_by_its_school_only(ask, token_of, school_admin, offering):
    MajorOffering.objects.update(state="planned")
    address = f"supply/offerings/{offering.pk}"
    assert ask(address).status_code == 404
    assert ask(address, token_of(school_admin)).json()["code"] == "460301"


def test_demand_follows_the_matrix_and_free_text_stays_inside(
    ask, token_of, company_hr, other_company_hr, school_admin, position
):
    assert ask("demands").json()["items"] == []
    assert ask("demands", token_of(other_company_hr)).json()["items"] == []
    for actor in (company_hr, school_admin):
        answer = ask(f"demands/{position.pk}", token_of(actor))
        assert answer.json()["title"] == "装配工"
        assert "13800000000" not in answer.content.decode()


def test_no_address_of_the_api_names_students(ask):
    paths = ask("openapi.json").json()["paths"]
    assert not [path for path in paths if "student" in path]
    assert "student" not in API_THINGS


@pytest.mark.parametrize("header", ["Bearer wrong", "Basic abc", "nonsense"])
def test_a_wrong_token_is_refused_even_where_none_is_needed(ask, header):
    answer = ask("standards", Authorization=header)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "bad_token")


def test_a_withdrawn_token_and_one_of_a_suspended_body_read_nothing_of_their_own(
    ask, token_of, school_admin, offering
):
    token = token_of(school_admin)
    Organisation.objects.filter(pk=school_admin.organisation_id).update(is_suspended=True)
    assert ask("supply/cohorts", token).status_code == 403
    ApiToken.objects.update(withdrawn_at="2026-01-01T00:00:00Z")
    assert ask("supply/cohorts", token).status_code == 401


def test_pages_by_cursor_give_every_code_once(ask):
    seen, cursor = [], ""
    while cursor is not None:
        page = ask(f"standards/occ2022/codes?level=3&limit=200&cursor={cursor}").json()
        seen += [item["code"] for item in page["items"]]
        cursor = page["next"]
    assert len(seen) == len(set(seen)) == 450


def test_rows_of_the_database_are_paged_without_loss(ask, offering):
    for n in range(7):
        offering.pk, offering.direction = None, str(n)
        offering.save()
    first = ask("supply/offerings?limit=5").json()
    rest = ask(f"supply/offerings?limit=5&cursor={first['next']}").json()
    assert len({row["id"] for row in first["items"] + rest["items"]}) == 8
    assert rest["next"] is None


@pytest.mark.parametrize(
    "cursor", ["x", "djE6", "djE6YWJj", "djE6LTE", "%FF", "djE6OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk"]
)
def test_a_cursor_of_somebody_elses_making_is_refused(ask, cursor):
    for address in ("standards/occ2022/codes", "supply/offerings"):
        answer = ask(f"{address}?cursor={cursor}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_cursor")


@pytest.mark.parametrize(
    ("address", "field"),
    [("demands?limit=0", "limit"), ("supply/offerings?level=x", "level"),
     ("supply/offerings/0", "id"), ("standards/occ2022/search", "q")],
)  # fmt: skip
def test_a_wrong_parameter_is_named(ask, address, field):
    answer = ask(address)
    assert answer.status_code == 400
    assert field in answer.json()["error"]["details"][0]


@pytest.mark.parametrize("address", ["nothing", "standards/none/codes", "lists/none", "demands/9"])
def test_what_is_not_there_is_said_in_json(ask, address):
    answer = ask(address)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_the_api_only_reads(db):
    answer = Client().post("/api/v1/standards")
    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "only_get")
    assert "GET" in answer["Allow"]


def test_a_failure_inside_is_json_and_tells_nothing_of_the_inside(ask, monkeypatch):
    def fail(*_a, **_k):
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr("chanjiao.api.standards.code_list", fail)
    answer = ask("standards/occ2022/codes")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "broken")
    assert "secret" not in answer.content.decode()


def test_an_unchanged_answer_is_not_sent_again(ask):
    first = ask("standards")
    again = ask("standards", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_a_token_reads_is_not_kept_by_shared_caches(ask, token_of, school_admin, offering):
    answer = ask("supply/cohorts", token_of(school_admin))
    assert "private" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"]


def test_too_many_requests_of_one_token_are_put_off_and_others_are_not(
    ask, token_of, school_admin, company_hr, settings
):
    settings.API_PER_MINUTE = 3
    token, other = token_of(school_admin), token_of(company_hr)
    assert [ask("standards", token).status_code for _n in range(4)] == [200, 200, 200, 429]
    assert ask("standards", token)["Retry-After"]
    assert ask("standards", other).status_code == 200


def test_a_published_list_is_read_by_anybody_with_its_rows_and_seal(ask, version):
    found = ask("lists").json()["items"][0]
    assert found["versions"][0]["seal"] == version.snapshot.seal
    page = ask(f"lists/{found['number']}/rows?limit=2").json()
    assert page["seal"] == version.snapshot.seal
    assert [row["position"] for row in page["items"]] == [1, 2][: len(page["items"])]
    assert ask(f"lists/{found['number']}/rows?version=9").status_code == 404


def test_a_withdrawn_list_is_a_tombstone(ask, version):
    publication = version.publication
    type(publication).objects.update(state="withdrawn", withdrawal_reason="有误")
    assert ask(f"lists/{publication.number}").json()["withdrawal_reason"] == "有误"
    assert ask(f"lists/{publication.number}/rows").status_code == 410


def test_codes_are_found_as_people_write_them(ask):
    code = next(iter(System.MAJOR.values)) if isinstance(System.MAJOR, type) else "major2021"
    hits = ask(f"standards/{code}/search?q=机电一体化").json()["items"]
    assert "460301" in [hit["code"] for hit in hits]
    assert ask(f"standards/{code}/codes/460301").json()["parent"] == "4603"


def test_lists_cost_as_many_queries_for_many_rows_as_for_one(
    ask, token_of, school_admin, offering, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    token = token_of(school_admin)
    for address in ("supply/offerings", *OWN):
        MajorOffering.objects.exclude(pk=offering.pk).delete()
        with CaptureQueriesContext(connection) as few:
            ask(address, token)
        for n in range(20):
            MajorOffering.objects.create(
                school_id=offering.school_id, code="460301", name="x", direction=str(n),
                level="college", duration=3, state="open", filing_number="1",
            )  # fmt: skip
        with django_assert_num_queries(len(few)):
            ask(address, token)


def test_everything_of_the_api_may_be_asked_of_a_token():
    """A thing that some operation needs but no token can hold would be a dead address."""
    from chanjiao.api.routing import NEEDS

    assert {needs.thing for needs in NEEDS.values()} <= set(API_THINGS)
    assert all(needs.thing in matrix() for needs in NEEDS.values())


def test_the_page_that_explains_needs_nothing_from_elsewhere(client, db):
    page = client.get("/api/v1/").content.decode()
    assert "/api/v1/supply/offerings" in page
    assert "<script>" not in page
    assert "cdn" not in page.lower()


def test_answers_are_chinese_not_escapes(ask):
    text = ask("nothing").content.decode()
    assert "没有这个地址" in text
    assert json.loads(text)
