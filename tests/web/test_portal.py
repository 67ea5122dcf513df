import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chanjiao.core import files
from chanjiao.publishing import queries
from chanjiao.publishing.models import SnapshotRow
from chanjiao.publishing.services import publications, quarters
from tests.publishing.conftest import close_up_to_check
from tests.publishing.test_quarters import _correct

PAGES = ["/", "/lists/", "/verify/", "/open-data/", "/about/", "/find/"]
LIST = "/lists/RCXQ-2026Q3/"
V1 = f"{LIST}v1/"
IN_LIST = [
    LIST, V1, f"{LIST}posts/", f"{V1}posts/", f"{V1}rows/1/", f"{V1}figures/headcount/",
    f"{V1}figures/response-rate/",
]  # fmt: skip


def text_of(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_the_portal_works_with_nothing_published(client, db):
    for path in PAGES:
        text_of(client.get(path))


def test_without_a_list_the_portal_says_what_will_come(client, db):
    for path in ("/", "/lists/"):
        assert "还没有发布过清单" in text_of(client.get(path))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_for_strangers_in_both_languages(client, version, language):
    client.cookies["django_language"] = language
    for path in [*PAGES, *IN_LIST]:
        response = client.get(path)
        text = text_of(response)
        assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in text
        assert "unsafe" not in response["Content-Security-Policy"]
        assert not re.search(r"\s(style|on\w+)=\"", text), path


def test_the_home_page_shows_figures_that_open(client, version):
    text = text_of(client.get("/"))
    link = re.search(r'href="([^"]+figures/headcount/)"', text)
    assert link
    figure = text_of(client.get(link[1]))
    assert ">35 " in figure
    assert "2026-09-30" in figure
    assert version.snapshot.seal[:12] in figure


def test_a_company_that_did_not_agree_is_nowhere_on_the_portal(client, version, companies):
    for path in [*PAGES, *IN_LIST, "/find/?q=精密"]:
        text = text_of(client.get(path))
        shown = [c.name for c in companies if c.name in text]
        assert set(shown) <= {companies[4].name}, path
    assert companies[4].name in text_of(client.get(f"{LIST}posts/"))


def test_filter_and_sort_stay_in_the_address(client, version):
    text = text_of(client.get(f"{LIST}?q=6-18&sort=-headcount"))
    assert "机械冷加工人员" in text
    assert "没有符合筛选条件" in text_of(client.get(f"{LIST}?q=不存在的职业"))


def test_downloads_are_the_published_bytes_and_may_be_kept(client, version):
    for kept in version.snapshot.files.select_related("file"):
        response = client.get(f"{V1}files/{kept.format}/")
        assert response.content == files.content(kept.file)
        assert "immutable" in response["Cache-Control"]
        tag = {"if-none-match": response["ETag"]}
        assert client.get(f"{V1}files/{kept.format}/", headers=tag).status_code == 304


def test_strangers_get_304_until_something_is_published(
    client, office, head, version, lines, settings
):
    client.get(LIST)
    response = client.get(LIST)
    tag = {"if-none-match": response["ETag"]}
    assert client.get(LIST, headers=tag).status_code == 304
    client.cookies["django_language"] = "en"
    assert client.get(LIST, headers=tag).status_code == 200
    client.cookies["django_language"] = "zh-hans"
    _correct(office, head, version.publication.quarter, lines)
    assert client.get(LIST, headers=tag).status_code == 200


def test_people_who_are_signed_in_are_never_answered_from_a_cache(client_of, office, version):
    response = client_of(office).get(LIST)
    assert "ETag" not in response
    assert "no-store" in response["Cache-Control"]


def test_an_old_version_stays_and_says_that_it_is_old(client, office, head, version, lines):
    _correct(office, head, version.publication.quarter, lines)
    assert "已被第 2 版更正" in text_of(client.get(V1))
    now = text_of(client.get(LIST))
    assert "漏计一家企业" in now
    assert "更正记录" in now


def test_a_withdrawn_list_leaves_a_stone_and_no_rows(client, office, version):
    publications.withdraw(office, version.publication_id, "数据来源有误")
    for path in (LIST, V1, f"{LIST}posts/"):
        text = text_of(client.get(path))
        assert "数据来源有误" in text
        assert "机械冷加工人员" not in text
    for path in (f"{V1}files/csv/", f"{V1}rows/1/", f"{V1}figures/headcount/"):
        assert client.get(path).status_code == 404
    assert "还没有发布过清单" in text_of(client.get("/"))


def test_what_is_not_there_is_a_404(client, version):
    for path in (
        f"{LIST}v2/", "/lists/RCXQ-1999Q1/", f"{V1}rows/0/", f"{V1}rows/99/",
        f"{V1}figures/nonsense/", f"{V1}files/exe/", f"{V1}charts/nonsense/",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_a_number_is_verified_by_asking(client, version):
    assert "真实有效" in text_of(client.get("/verify/?q=RCXQ-2026Q3"))
    assert "不是本平台发布的内容" in text_of(client.get("/verify/?q=RCXQ-1999Q1"))


def test_a_file_is_verified_by_its_bytes(client, version):
    content = files.content(version.snapshot.files.get(format="xlsx").file)
    for data, word in ((content, "真实有效"), (content + b"x", "内容已被改动")):
        given = SimpleUploadedFile("清单.xlsx", data)
        assert word in text_of(client.post("/verify/", {"file": given}))
    assert "请选择" in text_of(client.post("/verify/"))


def test_the_file_name_of_a_stranger_is_only_text(client, version):
    given = SimpleUploadedFile("<script>alert(1)</script>.xlsx", b"x")
    assert "<script>alert" not in text_of(client.post("/verify/", {"file": given}))


def test_search_leads_to_rows_positions_and_numbers(client, version):
    text = text_of(client.get("/find/?q=机械"))
    assert f"{V1}rows/1/" in text
    assert "数控车工" in text_of(client.get("/find/?q=数控"))
    assert client.get("/find/?q=rcxq-2026q3").status_code == 302
    assert "没有找到" in text_of(client.get("/find/?q=飞行器"))


def test_charts_are_pictures_with_a_table(client, quarter, add_line, companies, office, head):
    for company in companies[:4]:
        add_line(company, "6-20-01-01", 5, title="钳工")
    for company in companies[:3]:
        add_line(company, "6-18-01-02", 5, title="铣工")
    close_up_to_check(office, quarter)
    quarters.freeze(office, quarter.pk)
    quarters.publish(head, quarter.pk)
    text = text_of(client.get(LIST))
    link = re.search(r'src="([^"]+charts/occupations/\?language=zh)"', text)
    assert link
    picture = client.get(link[1])
    assert picture["Content-Type"] == "image/svg+xml"
    assert "装配钳工" in picture.content.decode()
    assert "图中的数字" in text


def test_the_list_costs_the_same_for_one_row_and_many(client, version):
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    row = SnapshotRow.objects.filter(kind="cell").first()
    values = {f.attname: getattr(row, f.attname) for f in SnapshotRow._meta.concrete_fields}
    SnapshotRow.objects.bulk_create(
        [SnapshotRow(**{**values, "id": None, "position": n}) for n in range(2, 50)]
    )
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(few) == len(many)


def test_a_list_whose_file_is_gone_says_so_and_the_way_in_stays_open(client, version, settings):
    files.forget(version.snapshot.content)
    queries._edition.cache_clear()
    home = client.get("/")
    assert home.status_code == 200
    assert "从备份恢复" in home.content.decode()
    answer = client.get(LIST)
    assert answer.status_code == 503
    assert "从备份恢复" in answer.content.decode()
    client.cookies["django_language"] = "en"
    assert "backup" in client.get(LIST).content.decode()
