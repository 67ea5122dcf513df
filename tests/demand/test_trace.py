"""What happened to a demand: this app's lines and those of the floors above, each in its place."""

from datetime import date

from chanjiao.core import clock
from chanjiao.demand.services import demands
from chanjiao.demand.trace import TraceLine, trace
from chanjiao.gaps.choices import Side, StudyState
from chanjiao.gaps.models import GapLine, GapStudy


def from_above(demand):
    yield TraceLine(date(2026, 9, 20), "class", f"订单班 {demand.title}")


def test_the_trace_tells_statement_code_and_people_who_came(make_demand, company_hr, school):
    demand = make_demand()
    demands.record_fill(company_hr, demand.pk, 2, date(2026, 9, 14), school_id=school.pk)
    demand.refresh_from_db()
    lines = trace(demand)
    assert lines[0].kind == "stated"
    assert any("6-18-01-01" in line.text for line in lines)
    assert any(line.kind == "filled" and line.detail == school.name for line in lines)


def test_floors_above_add_their_lines_by_name(make_demand, settings):
    settings.CHANJIAO_TRACES = [*settings.CHANJIAO_TRACES, "tests.demand.test_trace.from_above"]
    assert trace(make_demand())[-1].text == "订单班 数控车工"


def test_only_studies_that_froze_the_line_are_named(make_demand):
    demand, other = make_demand(), make_demand("铣工")
    study = GapStudy.objects.create(
        title="三季度缺口", year=2026, as_of=clock.today(), state=StudyState.DONE
    )
    GapLine.objects.create(
        study=study, side=Side.DEMAND, source_id=demand.pk, organisation=demand.company,
        title=demand.title, code="6-18-01-01", people=5, basis="declared",
    )  # fmt: skip
    assert any("三季度缺口" in line.text for line in trace(demand))
    assert not any("三季度缺口" in line.text for line in trace(other))


def test_the_office_looking_is_not_news_but_a_school_is(make_demand, office, school_admin):
    demand = make_demand()
    demands.note_look(office, demand)
    demands.note_look(school_admin, demand)
    assert [look.organisation_id for look in demand.looks.all()] == [school_admin.organisation_id]
