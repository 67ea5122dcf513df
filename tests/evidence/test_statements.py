"""Deciding: accepted, corrected, rejected, taken back; evidence and self-reported values follow."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from chanjiao.core.models import AuditEntry, Todo
from chanjiao.core.refusals import Refused
from chanjiao.core.roles import Role
from chanjiao.evidence import contents
from chanjiao.evidence.models import EvidenceItem, ReportedValue, Statement
from chanjiao.evidence.queries import quotes_of
from chanjiao.evidence.services import bodies, items, statements
from chanjiao.organisations.actors import actor_for
from tests.evidence.conftest import PUBLISHED, statement

pytestmark = pytest.mark.usefixtures("desk")


def test_what_is_accepted_becomes_evidence_that_leads_back_to_its_quote(page, office, enrolled):
    taken = statements.accept(office, enrolled.pk)
    item = taken.evidence
    assert (item.file, item.formed_on, item.kind, item.grade) == (
        page.file,
        PUBLISHED,
        "news",
        "self",
    )
    assert item.keep_until.year == PUBLISHED.year + 3
    back = quotes_of(item).get()
    assert back.article.text[back.start : back.end] == "在校生12000人"
    assert AuditEntry.objects.filter(act="press.accepted").count() == 1


def test_quotes_of_one_article_share_one_piece_of_evidence(page, office):
    for words in ("在校生", "计划招生", "共建"):
        statements.accept(office, statement(page, words).pk)
    assert EvidenceItem.objects.get().statements.count() == 3


def test_a_figure_that_fits_becomes_a_self_reported_value(office, school, enrolled):
    statements.accept(office, enrolled.pk)
    value = ReportedValue.objects.get()
    assert (value.organisation, value.words, value.code) == (school, "在校生", None)
    assert (value.value, value.unit, value.period) == (Decimal(12000), "人", "2024")
    assert value.grade == "self"


def test_what_is_planned_is_no_value_and_saying_so_is_refused(page, office):
    planned = statement(page, "计划招生")
    with pytest.raises(Refused, match="计划数"):
        statements.accept(office, planned.pk, is_reported=True)
    statements.accept(office, planned.pk)
    assert not ReportedValue.objects.exists()


def test_a_person_may_leave_the_value_out(office, enrolled):
    statements.accept(office, enrolled.pk, is_reported=False)
    assert not ReportedValue.objects.exists()


def test_a_correction_keeps_what_the_engine_said_beside_what_stands(office, enrolled):
    taken = statements.accept(office, enrolled.pk, {"value": "12,500", "period": "2024-12"})
    assert taken.state == "corrected"
    assert (taken.proposed["value"], taken.content["value"]) == ("12000", "12500")
    assert ReportedValue.objects.get().value == Decimal(12500)
    assert taken.decisions.get().act == "corrected"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"value": "很多"}, "不是数字"),
        ({"value": ""}, "不是数字"),
        ({"value": "nan"}, "不是数字"),
        ({"value": "1e30"}, "不是数字"),
        ({"qualifier": "range"}, "须填写上限"),
        ({"qualifier": "range", "upper": "3"}, "须大于"),
        ({"qualifier": "perhaps"}, "不是准确程度的选项"),
        ({"indicator": "长" * 121}, "最多 120 字"),
    ],
)
def test_a_correction_that_says_nothing_is_refused_with_its_value(office, enrolled, changes, told):
    with pytest.raises(Refused, match=told):
        statements.accept(office, enrolled.pk, changes)
    enrolled.refresh_from_db()
    assert enrolled.state == "proposed"


def test_nobody_decides_over_a_decision(office, enrolled):
    statements.reject(office, enrolled.pk, "与年鉴不符")
    with pytest.raises(Refused, match="已否决"):
        statements.accept(office, enrolled.pk)
    assert not EvidenceItem.objects.exists()


def test_undo_brings_the_statement_back_as_it_was_read(office, enrolled):
    statements.accept(office, enrolled.pk, {"value": "1"})
    statements.undo(office, enrolled.pk)
    enrolled.refresh_from_db()
    assert (enrolled.state, enrolled.content["value"], enrolled.value) == (
        "proposed",
        "12000",
        12000,
    )
    assert not EvidenceItem.objects.exists()
    assert not ReportedValue.objects.exists()
    assert [one.act for one in enrolled.decisions.all()] == ["corrected", "undone"]
    with pytest.raises(Refused, match="无可撤销"):
        statements.undo(office, enrolled.pk)


def test_evidence_with_other_quotes_outlives_an_undo(page, office, enrolled):
    statements.accept(office, statement(page, "共建").pk)
    statements.accept(office, enrolled.pk)
    statements.undo(office, enrolled.pk)
    assert EvidenceItem.objects.get().statements.count() == 1


def test_a_body_decides_on_its_own_pages_only(school_admin, company_hr, enrolled):
    for act in (statements.accept, statements.reject, statements.undo):
        with pytest.raises(PermissionDenied):
            act(company_hr, enrolled.pk)
    assert statements.accept(school_admin, enrolled.pk).is_taken


def test_together_takes_what_was_seen_and_is_whole_enough(page, office):
    rows = list(Statement.objects.filter(article__page=page))
    seen = {one.pk: statements.mark_of(one) for one in rows}
    done = statements.accept_seen(office, page.pk, seen)
    lowest = statements.bulk_from()
    assert {one.pk for one in Statement.objects.filter(state="accepted")} == {
        one.pk for one in rows if one.score >= lowest
    }
    assert (done.accepted, done.changed) == (5, 0)


def test_together_leaves_what_changed_since_it_was_seen(page, office, enrolled, other_school):
    seen = {enrolled.pk: statements.mark_of(enrolled)}
    name = Statement.objects.get(kind="organisation", content__name="甲职业技术学院")
    bodies.resolve(office, name.pk, other_school.pk)
    done = statements.accept_seen(office, page.pk, seen)
    assert (done.accepted, done.changed) == (0, 1)
    assert statements.accept_seen(office, page.pk, {enrolled.pk: ""}).accepted == 0


def test_what_lacks_too_much_is_not_taken_together(page, office, enrolled):
    Statement.objects.filter(pk=enrolled.pk).update(score="0.60")
    done = statements.accept_seen(office, page.pk, {enrolled.pk: statements.mark_of(enrolled)})
    assert done.accepted == 0


def test_a_name_is_tied_to_a_body_and_figures_and_relations_follow(page, office, other_school):
    name = Statement.objects.get(kind="organisation", content__name="甲职业技术学院")
    followed = bodies.resolve(office, name.pk, other_school.pk)
    assert followed == 4  # the name, two figures, the relation's first party
    assert statement(page, "在校生").organisation == other_school
    bodies.resolve(office, name.pk, None)
    loose = statement(page, "在校生")
    assert loose.organisation is None
    assert loose.score == Decimal("0.80")
    assert contents.NO_BODY in contents.lacks("figure", loose.content, is_resolved=False)


def test_a_figure_is_no_name_and_a_decided_name_stays(page, office, enrolled, school):
    with pytest.raises(Refused, match="只有机构名称"):
        bodies.resolve(office, enrolled.pk, school.pk)
    name = Statement.objects.get(kind="organisation", content__name="甲职业技术学院")
    statements.accept(office, name.pk)
    with pytest.raises(Refused, match="已作决定"):
        bodies.resolve(office, name.pk, None)


def test_a_body_that_the_register_lacks_is_asked_for_once_and_the_todo_goes_with_it(
    page, office, school
):
    name = Statement.objects.get(kind="organisation", content__name="甲职业技术学院")
    with pytest.raises(Refused, match="已对上"):
        bodies.ask_to_register(office, name.pk)
    bodies.resolve(office, name.pk, None)
    bodies.ask_to_register(office, name.pk)
    bodies.ask_to_register(office, name.pk)
    todo = Todo.objects.get()
    assert "甲职业技术学院" in todo.title
    assert todo.url.startswith("/directory/organisations/record/?name=")
    bodies.resolve(office, name.pk, school.pk)
    assert Todo.objects.get().done_at


def test_whoever_made_the_evidence_does_not_verify_it(office, enrolled):
    item = statements.accept(office, enrolled.pk).evidence
    with pytest.raises(Refused, match="由他人办理"):
        items.make_move(office, item.pk, "verify")


@pytest.fixture
def second_office(make_organisation, sign_up):
    return actor_for(sign_up(Role.OFFICE, make_organisation("第二办公室", "government")))


def test_whoever_decided_any_of_its_quotes_does_not_verify_it(
    page, office, second_office, enrolled
):
    item = statements.accept(office, enrolled.pk).evidence
    statements.accept(second_office, statement(page, "共建").pk)
    with pytest.raises(Refused, match="由他人办理"):
        items.make_move(second_office, item.pk, "verify")


def test_verified_evidence_takes_no_change_and_no_more_quotes(
    page, office, second_office, enrolled
):
    item = statements.accept(office, enrolled.pk).evidence
    assert items.make_move(second_office, item.pk, "verify").is_verified
    for act in (
        lambda: statements.undo(office, enrolled.pk),
        lambda: statements.correct(office, enrolled.pk, {"value": "1"}),
    ):
        with pytest.raises(Refused, match="已核验"):
            act()
    later = statements.accept(office, statement(page, "共建").pk)
    assert later.evidence != item


def test_evidence_is_withdrawn_with_a_reason_by_its_body(school_admin, company_hr, enrolled):
    item = statements.accept(school_admin, enrolled.pk).evidence
    with pytest.raises(PermissionDenied):
        items.make_move(company_hr, item.pk, "withdraw", "x")
    with pytest.raises(Refused, match="请填写意见"):
        items.make_move(school_admin, item.pk, "withdraw")
    assert items.make_move(school_admin, item.pk, "withdraw", "报道有误").state == "withdrawn"
