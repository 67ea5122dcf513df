"""The register as the engine takes it: every name, domain and city a page may show."""

import pytest

from chanjiao.evidence.register import known_bodies
from chanjiao.organisations.models import Area, OrganisationName

pytestmark = pytest.mark.usefixtures("desk")


def test_a_body_is_known_by_its_names_domains_kind_and_city(school, company):
    city = Area.objects.create(code="WL", name="望澜市", kind="city", path="WL")
    school.area = Area.objects.create(code="P", name="东渡", kind="park", path="WL/P", parent=city)
    school.save()
    school.domains.create(domain="jiaxy.edu.cn")
    OrganisationName.objects.create(
        organisation=school, name="甲职院", name_key="甲职院", kind="short"
    )
    company.region_code = "330302"
    company.save()
    found = {one["name"]: one for one in known_bodies()}
    told = found[school.name]
    assert (told["key"], told["kind"], told["city"]) == (str(school.pk), "school", "望澜")
    assert (told["aliases"], told["domains"]) == (["甲职院"], ["jiaxy.edu.cn"])
    assert (found[company.name]["kind"], found[company.name]["city"]) == ("enterprise", "温州")


def test_a_body_that_was_merged_away_is_not_known(school, company):
    company.status, company.merged_into = "merged", school
    company.save()
    assert [one["name"] for one in known_bodies()] == [school.name]


def test_many_bodies_cost_as_many_queries_as_one(
    school, make_organisation, django_assert_num_queries
):
    for n in range(20):
        make_organisation(f"第{n}公司").domains.create(domain=f"c{n}.example.com")
    with django_assert_num_queries(4):
        known_bodies()
