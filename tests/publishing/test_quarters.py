from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from chanjiao.core.models import AuditEntry, OutboxMessage, Todo
from chanjiao.core.refusals import Refused
from chanjiao.demand.choices import AskKind, AskState, Coding, RoundState, TargetState
from chanjiao.demand.models import Ask, JobDemand
from chanjiao.gaps.choices import StudyState
from chanjiao.gaps.models import GapStudy
from chanjiao.organisations.choices import MembershipState
from chanjiao.organisations.models import Membership
from chanjiao.publishing.choices import QuarterState
from chanjiao.publishing.models import Quarter, Snapshot, SnapshotFile, SnapshotRow, Version
from chanjiao.publishing.queries import edition_of, latest_list, published_lists, rows_of
from chanjiao.publishing.readiness import steps_of
from chanjiao.publishing.services import preparing, publications, quarters
from tests.publishing.conftest import close_up_to_check, study


def test_a_quarter_is_opened_once_and_dated_by_its_last_day(office, quarter):
    assert str(quarter.as_of) == "2026-09-30"
    with pytest.raises(Refused, match="已建立"):
        quarters.open_quarter(office, 2026, 3)


def test_only_the_office_opens_a_quarter(company_hr):
    with pytest.raises(PermissionDenied):
        quarters.open_quarter(company_hr, 2026, 2)


def test_silent_companies_must_be_reminded_first(office, quarter, survey_round):
    survey_round.targets.filter(pk=survey_round.targets.first().pk).update(
        state=TargetState.WAITING
    )
    with pytest.raises(Refused, match="1 家未答复"):
        quarters.make(office, quarter.pk, "remind")
    reminded = preparing.remind_silent(office, quarter.pk)
    assert (reminded.reminded, reminded.spared) == (1, 0)
    assert quarters.make(office, quarter.pk, "remind").state == QuarterState.REMINDED


def test_a_company_over_its_load_is_spared_and_does_not_hold_the_quarter_up(
    office, quarter, survey_round, companies
):
    survey_round.targets.filter(company=companies[0]).update(state=TargetState.WAITING)
    for n in range(9):
        Ask.objects.create(
            company=companies[0], asker_id=office.organisation_id, kind=AskKind.OTHER,
            subject=f"问 {n}", asked_on=date(2026, 10, 2), state=AskState.ANSWERED,
        )  # fmt: skip
    reminded = preparing.remind_silent(office, quarter.pk)
    assert (reminded.reminded, reminded.spared) == (0, 1)
    assert quarters.make(office, quarter.pk, "remind").state == QuarterState.REMINDED


def test_a_round_that_has_not_begun_holds_the_quarter_up(office, quarter, survey_round):
    survey_round.state = RoundState.DESIGN
    survey_round.save()
    with pytest.raises(Refused, match="还没有开始"):
        quarters.make(office, quarter.pk, "remind")
    with pytest.raises(Refused, match="不能催报"):
        preparing.remind_silent(office, quarter.pk)


def test_only_the_office_reminds_and_orders(company_hr, quarter):
    for act in (preparing.remind_silent, preparing.order_study):
        with pytest.raises(PermissionDenied):
            act(company_hr, quarter.pk)


def _reviewed(office, quarter):
    for move in ("remind", "review"):
        quarters.make(office, quarter.pk, move)


def test_without_a_study_of_that_day_nothing_is_computed(office, quarter):
    _reviewed(office, quarter)
    with pytest.raises(Refused, match="2026-09-30"):
        quarters.make(office, quarter.pk, "compute")
    ordered = GapStudy.objects.filter(pk=study(office, quarter).pk)
    ordered.update(state=StudyState.RUNNING)
    with pytest.raises(Refused, match="尚未完成"):
        quarters.make(office, quarter.pk, "compute")
    with pytest.raises(Refused, match="正在进行"):
        preparing.order_study(office, quarter.pk)
    ordered.update(state=StudyState.DONE)
    assert quarters.make(office, quarter.pk, "compute").state == QuarterState.COMPUTED


def test_a_study_that_no_longer_fits_the_records_is_not_taken(office, quarter, lines):
    _reviewed(office, quarter)
    study(office, quarter)
    lines[0].headcount += 5
    lines[0].save()
    with pytest.raises(Refused, match="当时 35 人，现在 40 人"):
        quarters.make(office, quarter.pk, "compute")


def test_the_list_shows_supply_only_beside_occupations_it_tells_in_full(
    office, quarter, companies, add_line
):
    for company in companies[:4]:
        add_line(company, "6-20-01-01", 5, title="钳工")
    close_up_to_check(office, quarter)
    gap = quarters.freeze(office, quarter.pk).snapshot
    data = edition_of(gap).data
    named = {row["occupation"] for row in data["rows"] if row["depth"] >= 4}
    assert named == {"6-20-01-01"}
    assert {line["occupation"] for line in data["gap"]["lines"]} <= named
    assert data["gap"]["as_of"] == "2026-09-30"


def test_a_quarter_without_a_round_cannot_begin(office, quarter, survey_round):
    survey_round.targets.all().delete()
    JobDemand.objects.update(round=None)
    survey_round.delete()
    with pytest.raises(Refused, match="征集批次"):
        quarters.make(office, quarter.pk, "remind")


def test_lines_waiting_for_a_code_hold_the_quarter_up(office, quarter, add_line, companies):
    line = add_line(companies[0], "", title="多面手", coding=Coding.WAITING)
    quarters.make(office, quarter.pk, "remind")
    with pytest.raises(Refused, match="1 条岗位等待对齐"):
        quarters.make(office, quarter.pk, "review")
    line.coding = Coding.NONE
    line.save()
    assert quarters.make(office, quarter.pk, "review").state == QuarterState.REVIEWED


def test_no_step_is_skipped(office, quarter):
    with pytest.raises(Refused, match="征集中"):
        quarters.make(office, quarter.pk, "check", "好")
    with pytest.raises(Refused, match="征集中"):
        quarters.freeze(office, quarter.pk)
    assert Snapshot.objects.count() == 0


def test_checking_wants_an_opinion(office, quarter):
    for move in ("remind", "review"):
        quarters.make(office, quarter.pk, move)
    study(office, quarter)
    quarters.make(office, quarter.pk, "compute")
    with pytest.raises(Refused, match="意见"):
        quarters.make(office, quarter.pk, "check")


def test_an_empty_list_is_not_frozen(office, checked):
    JobDemand.objects.all().delete()
    with pytest.raises(Refused, match="没有有效岗位"):
        quarters.freeze(office, checked.pk)
    assert Quarter.objects.get().state == QuarterState.CHECKED


def test_a_telephone_number_in_a_public_title_is_not_published(office, checked, lines):
    lines[4].title = "车工，联系 13800000000"
    lines[4].save()
    with pytest.raises(Refused, match="电话"):
        quarters.freeze(office, checked.pk)


def test_frozen_means_all_files_and_rows_are_there(frozen):
    snapshot = frozen.snapshot
    assert {f.format for f in snapshot.files.all()} == {"xlsx", "csv", "json", "docx", "pdf"}
    assert snapshot.rows == 1
    assert snapshot.posts == 1
    assert Todo.objects.filter(about=quarters.about_of(frozen), done_at=None).count() == 1


def test_who_froze_the_list_does_not_publish_it(office, head, frozen):
    with pytest.raises(Refused, match="他人"):
        quarters.publish(office, frozen.pk)
    assert Version.objects.count() == 0
    assert quarters.publish(head, frozen.pk).number == 1
    assert Todo.objects.filter(about=quarters.about_of(frozen), done_at=None).count() == 0


def test_companies_do_not_publish(company_hr, frozen):
    with pytest.raises(PermissionDenied):
        quarters.publish(company_hr, frozen.pk)


def test_what_changes_after_freezing_does_not_change_the_list(head, frozen, lines):
    lines[0].headcount = 500
    lines[0].save()
    version = quarters.publish(head, frozen.pk)
    assert version.snapshot.headcount == 35
    assert [row.headcount for row in rows_of(version)] == [35]


def test_a_list_sent_back_leaves_its_snapshot_unpublished(office, frozen):
    quarter = quarters.make(office, frozen.pk, "send_back", "有误")
    assert (quarter.state, quarter.snapshot) == (QuarterState.COLLECTING, None)
    assert Snapshot.objects.count() == 1
    assert list(published_lists()) == []


def test_members_are_told_by_mail(head, frozen, consortium, companies):
    companies[0].contact_email = "hr@example.test"
    companies[0].save()
    for company in companies[:2]:
        Membership.objects.create(
            consortium=consortium, organisation=company, state=MembershipState.ACTIVE
        )
    quarters.publish(head, frozen.pk)
    assert [m.address for m in OutboxMessage.objects.all()] == ["hr@example.test"]


def _correct(office, head, quarter, lines):
    lines[0].headcount += 3
    lines[0].save()
    quarters.correct(office, quarter.pk, "漏计一家企业", lines[0].number)
    quarters.make(office, quarter.pk, "check", "已核对")
    quarters.freeze(office, quarter.pk)
    return quarters.publish(head, quarter.pk)


def test_a_correction_is_a_new_version_and_the_old_one_stays(office, head, version, lines):
    second = _correct(office, head, version.publication.quarter, lines)
    assert (second.number, second.correction) == (2, "漏计一家企业")
    assert second.changed_rows == 1
    assert edition_of(version.snapshot).data["totals"]["headcount"] == 35
    assert edition_of(second.snapshot).data["totals"]["headcount"] == 38
    assert [v.number for v in latest_list().versions.all()] == [2, 1]


def test_a_correction_reads_only_the_named_positions_anew(office, head, version, lines, add_line):
    """Lines go on changing for the next quarter; the list of the last one does not follow."""
    JobDemand.objects.update(confirmed_on="2026-10-07", valid_until="2027-03-31")
    JobDemand.objects.filter(pk=lines[1].pk).update(headcount=900)
    JobDemand.objects.filter(pk=lines[3].pk).update(state="withdrawn")
    company = lines[2].company
    forgotten = add_line(company, headcount=11, title="补报", confirmed_on="2026-10-07")
    quarter = version.publication.quarter
    named = f"{forgotten.number}， xq{lines[3].pk}"
    quarters.correct(office, quarter.pk, "漏计 1 条，误计 1 条", named)
    quarters.make(office, quarter.pk, "check", "已核对")
    quarters.freeze(office, quarter.pk)
    second = quarters.publish(head, quarter.pk)
    assert second.snapshot.headcount == 35 + 11 - 7
    assert edition_of(second.snapshot).data["coverage"]["answered"] == 6


def test_a_correction_that_changes_nothing_is_not_published(office, version):
    quarter = version.publication.quarter
    quarters.correct(office, quarter.pk, "再看一遍")
    with pytest.raises(Refused, match="没有更正任何内容"):
        quarters.make(office, quarter.pk, "check", "已核对")


def test_a_correction_names_positions_that_exist(office, version):
    for text, word in (("XQ0099999", "XQ0099999"), ("车工", "车工"), ("XQ1,-3", "-3")):
        with pytest.raises(Refused, match=word):
            quarters.correct(office, version.publication.quarter_id, "更正", text)
    assert Quarter.objects.get().state == QuarterState.PUBLISHED


def test_a_correction_without_a_reason_is_refused(office, version):
    with pytest.raises(Refused, match="意见"):
        quarters.correct(office, version.publication.quarter_id, "")


def test_withdrawal_needs_a_reason_and_leaves_the_number(office, version):
    with pytest.raises(Refused, match="原因"):
        publications.withdraw(office, version.publication_id, "  ")
    gone = publications.withdraw(office, version.publication_id, "数据来源有误")
    assert gone.is_withdrawn
    assert published_lists().get().number == "RCXQ-2026Q3"
    assert latest_list() is None


def test_a_withdrawn_list_is_neither_corrected_nor_withdrawn_again(office, version):
    publications.withdraw(office, version.publication_id, "数据来源有误")
    with pytest.raises(Refused, match="已撤回"):
        quarters.correct(office, version.publication.quarter_id, "再改")
    with pytest.raises(PermissionDenied):
        publications.withdraw(office, version.publication_id, "再撤")


def test_members_do_not_withdraw(school_admin, version):
    with pytest.raises(PermissionDenied):
        publications.withdraw(school_admin, version.publication_id, "不喜欢")


def test_the_database_refuses_to_rewrite_what_was_published(version):
    for model, change in (
        (Snapshot, {"headcount": 1}),
        (Snapshot, {"seal": "0" * 64}),
        (SnapshotRow, {"headcount": 1}),
        (SnapshotFile, {"seal": "0" * 64}),
        (Version, {"correction": "改写历史"}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**change)


def test_an_account_may_still_go(version):
    Version.objects.update(published_by=None)
    assert Version.objects.get().published_by is None


def test_every_act_is_in_the_audit_chain(version):
    acts = set(AuditEntry.objects.values_list("act", flat=True))
    assert {"quarter.freeze", "snapshot.frozen", "quarter.publish", "publication.published"} <= acts


def test_the_steps_say_what_is_done_and_what_is_next(quarter):
    assert [(s.move, s.is_done, s.is_next) for s in steps_of(quarter)][:2] == [
        ("remind", False, True), ("review", False, False),
    ]  # fmt: skip
