from django.db import connection
from django.test.utils import CaptureQueriesContext

from chanjiao.core.models import Todo


def test_the_portal_opens_without_an_account_under_a_strict_policy(client, db):
    response = client.get("/")
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy


def test_the_workbench_sends_strangers_to_sign_in(client, db):
    response = client.get("/workbench/")
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


def test_the_workbench_shows_the_to_dos_of_the_role(client_of, office, office_body):
    Todo.objects.create(
        organisation_id=office_body.pk, role="O", title="处理未对齐岗位", url="/x/",
        about="x:1", created_at="2026-01-01T00:00Z",
    )  # fmt: skip
    assert "处理未对齐岗位" in client_of(office).get("/workbench/").content.decode()


def test_the_organisation_list_costs_the_same_for_one_row_and_many(
    client_of, office, make_organisation
):
    client = client_of(office)
    client.get("/directory/organisations/")
    with CaptureQueriesContext(connection) as few:
        client.get("/directory/organisations/")
    for n in range(30):
        make_organisation(f"丙企业{n:02}")
    with CaptureQueriesContext(connection) as many:
        client.get("/directory/organisations/")
    assert len(few) == len(many)


def test_the_gallery_shows_each_component_to_the_office_and_to_nobody_else(
    client_of, office, company_hr
):
    shown = client_of(office).get("/gallery/").content.decode()
    assert all(part in shown for part in ("btn-danger", "state-red", "data-chart", "empty-acts"))
    assert "is-invalid" in shown
    assert client_of(company_hr).get("/gallery/").status_code == 403
