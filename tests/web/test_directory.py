"""Pages of the directory: what each shows, to whom, and that no form loses its input."""

from datetime import date

import pytest

from chanjiao.core.reference import load_parameters
from chanjiao.core.roles import Role
from chanjiao.industry.models import Placement
from chanjiao.industry.services import chains, placements
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.models import (
    Area,
    Consortium,
    DuplicatePair,
    Membership,
    Merge,
    Organisation,
    OrganisationYear,
)
from chanjiao.organisations.namesakes import note_pairs
from chanjiao.organisations.services import bodies, memberships, register
from tests.organisations.company_rows import credit_code

BODIES = "/directory/organisations/"


@pytest.fixture
def told(company):
    """A company whose internal data would be noticed anywhere."""
    OrganisationYear.objects.create(organisation=company, year=2025, staff=4321, source="self")
    Organisation.objects.filter(pk=company.pk).update(
        contact_name="金丝雀", contact_phone="13911112222", note="内部备注"
    )
    return company


@pytest.fixture
def consortium(db, office_body, school):
    return Consortium.objects.create(
        name="望澜湾", kind="group", level="city", office=office_body, lead_school=school,
        founded_on=date(2023, 6, 28),
    )  # fmt: skip


@pytest.fixture
def chain(office):
    return chains.create_chain(
        office, {"code": "machine", "name": "智能装备"}, {"name": "主轴", "position": "up"}
    )


def text(client, url):
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


@pytest.mark.parametrize("role", [Role.OFFICE, Role.COMPANY_HR])
def test_contact_and_years_are_shown_to_the_office_and_the_body_itself(
    role, told, client_of, office, company_hr
):
    actor = {Role.OFFICE: office, Role.COMPANY_HR: company_hr}[role]
    page = text(client_of(actor), f"{BODIES}{told.pk}/")
    assert "金丝雀" in page
    assert "4,321" in page


def test_contact_and_years_are_hidden_from_everybody_else(
    told, client, client_of, other_company_hr, school_admin, sign_up, office_body
):
    others = [client, client_of(other_company_hr), client_of(school_admin)]
    others += [
        client_of(actor_for(sign_up(role, office_body)))
        for role in (Role.GRID_OFFICER, Role.GOVERNMENT, Role.AUDITOR, Role.SYSTEM_ADMIN)
    ]
    for other in others:
        for url in (f"{BODIES}{told.pk}/", BODIES):
            page = text(other, url)
            for secret in ("金丝雀", "13911112222", "4,321", "内部备注"):
                assert secret not in page


def test_reasons_domains_and_chains_are_for_those_the_matrix_names(
    client, client_of, company_hr, office, company, chain, sign_up, office_body
):
    placements.place(
        office, chain.nodes.get().pk, company.pk, {"year": 2026, "role": "head", "basis": "走访"}
    )
    register.set_status(office, company.pk, "closed", on=date(2026, 3, 1), reason="欠薪停业")
    bodies.set_domains(office, company.pk, ["canary.example.com"])
    url, own = f"{BODIES}{company.pk}/", client_of(company_hr)
    operator = client_of(actor_for(sign_up(Role.SYSTEM_ADMIN, office_body)))
    for secret in ("欠薪停业", "canary.example.com"):
        assert secret in text(own, url)
        assert secret not in text(client, url)
    assert "欠薪停业" in text(client_of(office), f"{BODIES}changes/")
    assert "欠薪停业" not in text(client, f"{BODIES}changes/")
    assert "智能装备" in text(client, url)
    assert "智能装备" not in text(operator, url)


def test_a_grid_officer_sees_inside_bodies_of_his_grid(told, client_of, sign_up, office_body):
    grid = Area.objects.create(kind="grid", code="G1", name="一网格", path="G1")
    Organisation.objects.filter(pk=told.pk).update(area=grid)
    officer = actor_for(sign_up(Role.GRID_OFFICER, office_body, area=grid))
    assert "金丝雀" in text(client_of(officer), f"{BODIES}{told.pk}/")


def test_the_list_filters_by_text_kind_area_and_industry(client_of, office, company, school):
    city = Area.objects.create(kind="city", code="1", name="望澜市", path="1")
    grid = Area.objects.create(kind="grid", code="2", name="一网格", path="1/2", parent=city)
    Organisation.objects.filter(pk=company.pk).update(area=grid)
    client = client_of(office)
    page = text(client, f"{BODIES}?area={city.pk}")
    assert company.name in page
    assert school.name not in page
    assert school.name in text(client, f"{BODIES}?kind=higher")
    assert company.name not in text(client, f"{BODIES}?kind=higher")
    assert company.name not in text(client, f"{BODIES}?no_area=true&kind=company")
    assert text(client, f"{BODIES}?industry=C34&area=x")


def test_a_body_is_recorded_by_hand_and_a_refused_form_keeps_its_input(client_of, office):
    client = client_of(office)
    typed = {
        "name": "戊新材料有限公司",
        "kind": "company",
        "credit_code": "123",
        "address": "滨海路",
    }
    response = client.post(f"{BODIES}record/", typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert "滨海路" in page
    assert "应为 18 位" in page
    response = client.post(f"{BODIES}record/", {**typed, "credit_code": credit_code(4)})
    assert response.status_code == 302
    assert Organisation.objects.get(credit_code=credit_code(4)).address == "滨海路"


def test_a_company_edits_its_card_and_no_other(client_of, company_hr, company, other_company):
    client = client_of(company_hr)
    assert client.post(f"{BODIES}{company.pk}/edit/", {"address": "一号"}).status_code == 302
    company.refresh_from_db()
    assert company.address == "一号"
    assert client.get(f"{BODIES}{other_company.pk}/edit/").status_code == 403
    assert client.get(f"{BODIES}record/").status_code == 403
    assert client.get("/directory/duplicates/").status_code == 403


def test_a_wrong_phone_is_named_with_what_would_be_right(client_of, company_hr, company):
    response = client_of(company_hr).post(
        f"{BODIES}{company.pk}/edit/", {"contact_phone": "12", "address": "一号"}
    )
    assert response.status_code == 422
    assert "13800138000" in response.content.decode()


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("rename", {"name": "甲重工有限公司", "on": "2026-03-01", "reason": "更名"}),
        ("status", {"status": "closed", "on": "2026-03-01", "reason": "停业"}),
        ("kind", {"kind": "institute", "on": "2026-03-01", "reason": "改制"}),
        ("code", {"credit_code": credit_code(5), "reason": "补录"}),
        ("names", {"short_name": "甲精密", "domains": "jia.example.com"}),
        ("suspend", {"is_suspended": "1", "reason": "核实"}),
    ],
)
def test_the_office_works_on_the_register_and_a_company_does_not(
    act, typed, client_of, office, company_hr, company
):
    url = f"{BODIES}{company.pk}/act/{act}/"
    assert client_of(company_hr).post(url, typed).status_code == 403
    client = client_of(office)
    assert client.get(url).status_code == 200
    assert client.post(url, typed).status_code == 302
    assert client.get(f"{BODIES}{company.pk}/").status_code == 200
    assert client.get(f"{BODIES}changes/").status_code == 200


def test_an_act_that_does_not_exist_is_not_found(client_of, office, company):
    assert client_of(office).get(f"{BODIES}{company.pk}/act/burn/").status_code == 404


def test_a_company_reports_its_year_and_sees_the_refusal_beside_the_field(
    client_of, company_hr, company
):
    client, url = client_of(company_hr), f"{BODIES}{company.pk}/year/"
    assert client.post(url, {"year": 2025, "staff": 10, "skilled": 20}).status_code == 422
    assert client.post(url, {"year": 2025, "staff": 30, "skilled": 20}).status_code == 302
    assert 'value="30"' in text(client, f"{url}?year=2025")


def test_two_bodies_are_compared_merged_and_parted_again(client_of, office, make_organisation):
    kept = make_organisation("己机械有限公司")
    gone = make_organisation("己机械有限责任公司")
    note_pairs()
    pair = DuplicatePair.objects.get()
    client = client_of(office)
    assert kept.name in text(client, "/directory/duplicates/")
    url = f"/directory/duplicates/{pair.pk}/"
    assert gone.name in text(client, url)
    response = client.post(f"{url}merge/", {"kept": kept.pk}, follow=True)
    assert "转过来的数据" in response.content.decode()
    assert client.get(f"{BODIES}{gone.pk}/").status_code == 404
    client.post(f"/directory/merges/{Merge.objects.get().pk}/undo/")
    assert client.get(f"{BODIES}{gone.pk}/").status_code == 200
    client.post(f"{url}different/", {"note": "两家分公司"})
    assert gone.name not in text(client, "/directory/duplicates/")
    assert gone.name in text(client, "/directory/duplicates/?state=different")
    assert text(client, "/directory/merges/")


def test_a_company_applies_and_the_office_admits(
    client_of, company_hr, company, office, consortium
):
    Organisation.objects.filter(pk=company.pk).update(credit_code=credit_code(6))
    client = client_of(company_hr)
    client.post("/directory/members/apply/", {"seat": "member", "pledge": "20 个岗位"})
    row = Membership.objects.get()
    url = f"/directory/members/{row.pk}/"
    assert "撤回申请" in text(client, url)
    assert "初审通过" not in text(client, url)
    desk = client_of(office)
    for move, opinion in (("screen", ""), ("admit", "理事会第 3 次会议通过")):
        assert desk.post(f"{url}move/", {"move": move, "opinion": opinion}).status_code == 302
    assert "在册" in text(desk, url)
    assert "理事会第 3 次会议通过" in text(client, url)
    desk.post(f"{url}seat/", {"seat": "vice", "reason": "理事会"})
    row.refresh_from_db()
    assert (row.state, row.seat) == ("active", "vice")


def test_a_blocked_move_shows_its_reason(client_of, office, consortium, company):
    row = memberships.apply(office, consortium.pk, company.pk, seat="member", pledge="")
    assert "提交人不能审核" in text(client_of(office), f"/directory/members/{row.pk}/")


def test_an_application_of_another_body_is_not_found(
    client_of, office, other_company_hr, consortium, company
):
    row = memberships.apply(office, consortium.pk, company.pk, seat="member", pledge="机密承诺")
    assert client_of(other_company_hr).get(f"/directory/members/{row.pk}/").status_code == 404


def test_the_consortium_is_shown_with_its_flow_and_shaped_by_the_office(
    client_of, office, company_hr, consortium, school, office_body
):
    assert "须填意见" in text(client_of(company_hr), "/directory/consortia/")
    typed = {
        "name": "望澜湾", "kind": "group", "level": "province", "office": office_body.name,
        "lead_school": school.name, "founded_on": "2023-06-28",
    }  # fmt: skip
    url = f"/directory/consortia/{consortium.pk}/edit/"
    assert client_of(company_hr).post(url, typed).status_code == 403
    assert client_of(office).post(url, typed).status_code == 302
    consortium.refresh_from_db()
    assert consortium.level == "province"


def test_areas_are_a_tree_that_the_office_shapes(client_of, office, company_hr, company):
    client = client_of(office)
    client.post("/directory/areas/new/", {"kind": "city", "code": "3302", "name": "望澜市"})
    city = Area.objects.get()
    client.post(
        "/directory/areas/new/", {"kind": "grid", "code": "G1", "name": "一网格", "parent": city.pk}
    )
    grid = Area.objects.get(code="G1")
    Organisation.objects.filter(pk=company.pk).update(area=grid)
    page = text(client_of(company_hr), "/directory/areas/")
    assert "一网格" in page
    assert "/edit/" not in page
    assert client.get(f"/directory/areas/{grid.pk}/edit/").status_code == 200
    assert client.get(f"/directory/areas/{grid.pk}/officer/").status_code == 200
    assert client_of(company_hr).get("/directory/areas/new/").status_code == 403


def test_a_chain_is_a_map_with_a_table_beside_it(client_of, office, company_hr, chain, company):
    load_parameters()
    node = chain.nodes.get()
    placements.place(office, node.pk, company.pk, {"year": 2026, "role": "head", "basis": "走访"})
    for actor in (office, company_hr):
        page = text(client_of(actor), f"/directory/chains/{chain.pk}/")
        assert "chain-node node-weak" in page
        assert company.name in page
    assert text(client_of(office), f"/directory/chains/{chain.pk}/?year=2026&node={node.pk}&q=甲")
    assert "智能装备" in text(client_of(company_hr), "/directory/chains/")
    assert "智能装备" in text(client_of(company_hr), f"{BODIES}{company.pk}/")


def test_the_office_draws_a_chain_and_places_a_company(client_of, office, company_hr, company):
    client = client_of(office)
    typed = {"code": "hardware", "name": "现代五金", "node_name": "锻造", "node_position": "up"}
    response = client.post("/directory/chains/new/", typed)
    assert response.status_code == 302
    chain_url = response["Location"]
    chain_pk = int(chain_url.rstrip("/").rsplit("/", 1)[-1])
    client.post(
        f"/directory/chains/{chain_pk}/node/",
        {"name": "表面处理", "position": "mid", "order": 1, "products": "电镀、喷涂"},
    )
    page = text(client, chain_url)
    assert "电镀、喷涂" in page
    node = chains.ChainNode.objects.get(name="表面处理")
    url = f"/directory/nodes/{node.pk}/place/"
    asked = {"organisation": company.name, "year": 2026, "role": "head", "product": "镀层"}
    response = client.post(url, asked)
    assert response.status_code == 422
    assert "依据" in response.content.decode()
    assert client.post(url, {**asked, "basis": "走访"}).status_code == 302
    assert client_of(company_hr).post(url, {**asked, "basis": "走访"}).status_code == 403
    row = Placement.objects.get()
    client.post(f"/directory/placements/{row.pk}/edit/", {"role": "support", "basis": "年报"})
    client.post(f"/directory/nodes/{node.pk}/judge/", {"status": "weak", "reason": "外地可及"})
    assert "待另一人复核" in text(client, chain_url)
    client.post(f"/directory/placements/{row.pk}/remove/")
    assert not Placement.objects.exists()


def test_an_unclear_name_lists_the_bodies_it_may_mean(client_of, office, chain, make_organisation):
    make_organisation("庚机械一厂")
    make_organisation("庚机械二厂")
    response = client_of(office).post(
        f"/directory/nodes/{chain.nodes.get().pk}/place/",
        {"organisation": "庚机械", "year": 2026, "role": "head", "basis": "x"},
    )
    assert "庚机械一厂" in response.content.decode()
    assert "庚机械二厂" in response.content.decode()


def test_export_of_the_list_means_the_same_filters(client_of, office, company, other_company):
    for number, body in enumerate((company, other_company), 1):
        Organisation.objects.filter(pk=body.pk).update(credit_code=credit_code(number))
    out = client_of(office).get(f"/exchange/export/companies/?format=csv&q={company.name}")
    body = b"".join(out.streaming_content) if out.streaming else out.content
    assert company.name in body.decode("utf-8-sig")
    assert other_company.name not in body.decode("utf-8-sig")


def test_import_is_offered_only_to_those_who_may(client, client_of, office, company_hr):
    assert "/exchange/import/companies/" in text(client_of(office), BODIES)
    assert "/exchange/import/companies/" not in text(client_of(company_hr), BODIES)
    assert "/exchange/export/companies/" not in text(client, BODIES)


def test_a_chain_is_found_by_its_name_and_by_a_step(client_of, company_hr, chain):
    for asked in ("智能装备", "主轴"):
        assert f"/directory/chains/{chain.pk}/" in text(
            client_of(company_hr), f"/search/?q={asked}"
        )
