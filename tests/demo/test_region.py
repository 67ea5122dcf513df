"""The invented region walks the whole loop, and its records say what its plan says."""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from django.db import transaction
from django.db.models import Sum

from chanjiao.core.audit import verify_chain
from chanjiao.core.parameters import parameter
from chanjiao.demand.choices import Coding
from chanjiao.demand.models import JobDemand
from chanjiao.demo import truth
from chanjiao.demo.building import build
from chanjiao.demo.market import lines_of_year
from chanjiao.demo.region import region
from chanjiao.gaps.models import GapFigure, GapStudy
from chanjiao.industry.models import Chain
from chanjiao.industry.queries import status_counts
from chanjiao.organisations.models import Membership, Organisation
from chanjiao.organisations.queries import demo_sign_ins
from chanjiao.publishing.models import Version
from chanjiao.supply.models import Cohort, MajorOffering

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
YEAR = 2026
FURTHER = {
    "中职": "supply_further_study_secondary", "高职专科": "supply_further_study_college",
    "技工高级": "supply_further_study_worker", "本科": "supply_further_study_bachelor",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The region, built once for all tests of this file and rolled back after them."""
    told = []
    with django_db_blocker.unblock(), transaction.atomic():
        build(told.append, TODAY)
        yield told
        transaction.set_rollback(True)


def study_of(offset: int) -> GapStudy:
    return GapStudy.objects.get(year=YEAR + offset)


def leaves(study: GapStudy):
    return GapFigure.objects.filter(
        study=study, audience="office", view="occupation", is_leaf=True
    )  # fmt: skip


def test_register_holds_the_bodies_of_the_plan(built):
    assert Organisation.objects.count() == truth.ORGANISATIONS
    assert Organisation.objects.filter(kind="company").count() == truth.COMPANIES
    assert Membership.objects.filter(state="active").count() == truth.MEMBERS


def test_steps_of_chains_are_as_strong_as_planned_by_the_rule(built):
    found = Counter()
    for of_chain in status_counts(list(Chain.objects.values_list("pk", flat=True))).values():
        found.update({str(status.value): n for status, n in of_chain.items()})
    assert dict(+found) == truth.NODES


def test_schools_offer_sixty_majors_and_graduated_5200_last_year(built):
    assert MajorOffering.objects.exclude(state="submitted").count() == truth.OFFERINGS
    last = Cohort.objects.filter(graduates_on__year=YEAR - 1).aggregate(n=Sum("declared_size"))
    assert last["n"] == truth.GRADUATES_BEFORE


@pytest.mark.parametrize("offset", [-2, -1, 0])
def test_demand_of_each_year_adds_up_to_the_known_total_by_occupation(built, offset):
    wanted = truth.demand_by_occupation(region(), offset)
    found = dict(leaves(study_of(offset)).filter(demand__gt=0).values_list("key", "demand"))
    if offset == 0:
        found["6-24-04-00"] = found["6-24-04-00"] + truth.PROJECTED
    assert found == wanted
    assert sum(wanted.values()) == truth.DEMAND[offset]


@pytest.mark.parametrize("offset", [-2, -1, 0])
def test_supply_of_each_year_is_what_the_written_method_gives(built, offset):
    further = {level: _share(name) for level, name in FURTHER.items()}
    expected = truth.supply_by_occupation(
        region(), YEAR, offset, loss=_share("supply_loss_share"), further=further,
        counts_from=_share("crosswalk_counts_from"),
    )  # fmt: skip
    found = dict(leaves(study_of(offset)).values_list("key", "supply"))
    for occupation, people in expected.items():
        # Classes are whole people: each of at most nine classes may round by less than one.
        assert abs(found[occupation] - people) < 9, occupation
    assert abs(sum(expected.values()) - sum(found[o] for o in expected)) < 20


def _share(name: str) -> Fraction:
    return Fraction(str(parameter(name, on=TODAY).value))


def test_storage_leads_the_shortages_and_accounting_the_surplus(built):
    rows = leaves(study_of(0)).order_by("-index", "key")
    assert rows.first().key == truth.SHORTEST[0]
    assert set(truth.SHORTEST) <= {row.key for row in rows[:5]}
    assert leaves(study_of(0)).order_by("-surplus").first().key == truth.MOST_SURPLUS


def test_strange_words_wait_in_the_queue_and_stand_in_no_figure(built):
    waiting = JobDemand.objects.filter(coding=Coding.WAITING)
    assert waiting.count() == truth.WAITING
    assert not waiting.filter(occupation__isnull=False).exists()


def test_last_quarter_has_a_signed_list(built):
    version = Version.objects.get()
    assert version.snapshot.as_of == date(2026, 9, 30)
    assert version.snapshot.headcount == truth.DEMAND[0] - truth.PROJECTED


def test_new_major_waits_for_filing_and_an_old_one_is_stopped(built):
    assert MajorOffering.objects.get(code="430504").state == "submitted"
    assert MajorOffering.objects.get(state="stopped").school.name == "东渡职业中专"


def test_every_role_signs_in_with_one_click(built, settings):
    settings.IS_DEMO = True
    roles = {grant.role for grant in demo_sign_ins()}
    assert roles == {"O", "HR", "M", "SA", "T", "S", "G", "E", "GR", "GV", "AU", "AD"}


def test_audit_chain_of_three_years_is_whole(built):
    assert verify_chain().ok


def test_plan_is_the_same_each_time_it_is_made():
    companies = {chain.name: [f"{chain.name}{i}" for i in range(40)] for chain in region().chains}
    assert lines_of_year(region(), companies, YEAR, 0) == lines_of_year(
        region(), companies, YEAR, 0
    )
