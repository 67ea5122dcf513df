"""Decisions about raw words: who may make them, what they reach, that they are kept and undone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chanjiao.core import reference as core_reference
from chanjiao.core.models import AuditEntry
from chanjiao.core.refusals import Refused
from chanjiao.standards.choices import AlignedBy, System
from chanjiao.standards.models import Alignment, Code
from chanjiao.standards.queue import sources
from chanjiao.standards.services import alignments
from tests.standards import queue_source

WELDER, TURNER, MILLER = "6-18-02-04", "6-18-01-01", "6-18-01-07"


@pytest.fixture(autouse=True)
def queue(settings):
    settings.CHANJIAO_QUEUES = ["tests.standards.queue_source.ListSource"]
    sources.cache_clear()
    queue_source.LINES.clear()
    yield sources()["lines"]
    sources.cache_clear()


def test_a_choice_reaches_every_waiting_record_with_the_same_words(
    queue, office, company, other_company, occupations
):
    queue_source.wait("焊 工（氩弧）", company.pk)
    queue_source.wait("焊工（氩弧）", company.pk)
    queue_source.wait("焊工（氩弧）", other_company.pk)
    held, count = alignments.choose(office, queue, "焊工（氩弧）", company.pk, WELDER)
    assert count == 2
    assert (held.chosen.code, held.by) == (WELDER, AlignedBy.PERSON)
    assert queue.total(office) == 1
    assert AuditEntry.objects.filter(act="alignment.chosen").count() == 1


def test_what_was_decided_is_never_asked_again(queue, office, company, other_company, occupations):
    alignments.choose(office, queue, "神秘岗位", company.pk, TURNER)
    answer = alignments.codes_for(company.pk, System.OCCUPATION, ["神秘岗位", "神 秘岗位"])
    assert {(a.code, a.by) for a in answer.values()} == {(TURNER, AlignedBy.MEMORY)}
    others = alignments.codes_for(other_company.pk, System.OCCUPATION, ["神秘岗位"])
    assert not others["神秘岗位"].is_settled


def test_that_no_code_fits_is_remembered_too(queue, office, company, occupations):
    queue_source.wait("岗位待定", company.pk)
    alignments.choose(office, queue, "岗位待定", company.pk, "")
    answer = alignments.codes_for(company.pk, System.OCCUPATION, ["岗位待定"])["岗位待定"]
    assert (answer.code, answer.by) == ("", AlignedBy.NONE)
    assert queue.total(office) == 0


def test_the_office_decides_for_everybody(queue, office, company, other_company, occupations):
    queue_source.wait("神秘岗位", company.pk)
    queue_source.wait("神秘岗位", other_company.pk)
    held, count = alignments.choose(office, queue, "神秘岗位", company.pk, MILLER, for_all=True)
    assert (held.is_global, count) == (True, 2)
    answer = alignments.codes_for(None, System.OCCUPATION, ["神秘岗位"])["神秘岗位"]
    assert answer.code == MILLER


def test_an_organisations_own_decision_stands_before_everybodys(
    queue, office, company, company_hr, occupations
):
    alignments.choose(office, queue, "调机", company.pk, MILLER, for_all=True)
    alignments.choose(company_hr, queue, "调机", company.pk, TURNER)
    answer = alignments.codes_for(company.pk, System.OCCUPATION, ["调机"])["调机"]
    assert answer.code == TURNER


def test_a_correction_changes_the_suggestions_for_words_like_it(
    queue, office, company, other_company, occupations
):
    before = alignments.codes_for(other_company.pk, System.OCCUPATION, ["阿普索线操作"])
    assert all(s.code != WELDER for s in before["阿普索线操作"].suggestions[:1])
    alignments.choose(office, queue, "阿普索线", company.pk, WELDER, for_all=True)
    after = alignments.codes_for(other_company.pk, System.OCCUPATION, ["阿普索线操作"])
    assert after["阿普索线操作"].suggestions[0].code == WELDER


def test_a_company_may_not_decide_for_another(queue, company, other_company_hr, occupations):
    with pytest.raises(PermissionDenied):
        alignments.choose(other_company_hr, queue, "焊工", company.pk, WELDER)
    assert not Alignment.objects.exists()


def test_a_company_may_not_decide_for_everybody(queue, company, company_hr, occupations):
    with pytest.raises(PermissionDenied):
        alignments.choose(company_hr, queue, "焊工", company.pk, WELDER, for_all=True)


def test_a_code_that_does_not_exist_is_refused(queue, office, company, occupations):
    with pytest.raises(Refused, match="9-99-99-99"):
        alignments.choose(office, queue, "焊工", company.pk, "9-99-99-99")


def test_a_decision_taken_back_lets_the_records_wait_again(queue, office, company, occupations):
    queue_source.wait("焊工", company.pk)
    held, _count = alignments.choose(office, queue, "焊工", company.pk, TURNER)
    _held, count = alignments.take_back(office, held.pk)
    assert (count, queue.total(office)) == (1, 1)
    assert not Alignment.objects.exists()
    with pytest.raises(Refused):
        alignments.take_back(office, held.pk)


def test_nobody_takes_back_what_another_body_decided(
    queue, company, company_hr, other_company_hr, occupations
):
    held, _count = alignments.choose(company_hr, queue, "焊工", company.pk, WELDER)
    with pytest.raises(PermissionDenied):
        alignments.take_back(other_company_hr, held.pk)


def test_waiting_lines_that_memory_knows_are_settled_by_the_worker(
    queue, office, company, occupations
):
    alignments.choose(office, queue, "焊工", company.pk, WELDER)
    queue_source.wait("焊工", company.pk)
    assert alignments.settle_remembered() == 1
    assert queue_source.LINES[0]["code"] == WELDER
    assert queue_source.LINES[0]["by"] == AlignedBy.MEMORY


def test_the_machine_decides_only_above_the_threshold(company, occupations):
    texts = ["焊工", "什么都会一点的人"]
    nothing = alignments.codes_for(company.pk, System.OCCUPATION, texts)
    assert not any(answer.is_settled for answer in nothing.values())
    core_reference.load_parameters()
    found = alignments.codes_for(company.pk, System.OCCUPATION, texts)
    assert (found["焊工"].code, found["焊工"].by) == (WELDER, AlignedBy.MACHINE)
    assert not found["什么都会一点的人"].is_settled


def test_a_thousand_texts_cost_as_many_queries_as_one(company, occupations):
    alignments.codes_for(company.pk, System.OCCUPATION, ["焊工"])
    with CaptureQueriesContext(connection) as few:
        alignments.codes_for(company.pk, System.OCCUPATION, ["焊工"])
    with CaptureQueriesContext(connection) as many:
        alignments.codes_for(company.pk, System.OCCUPATION, [f"焊工{n}" for n in range(1000)])
    assert len(few) == len(many)


def test_a_body_s_own_decision_changes_its_suggestions_for_words_like_it_and_nobody_else_s(
    queue, office, company, other_company, occupations
):
    alignments.choose(office, queue, "阿普索线", company.pk, WELDER)
    own = alignments.codes_for(company.pk, System.OCCUPATION, ["阿普索线操作"])
    others = alignments.codes_for(other_company.pk, System.OCCUPATION, ["阿普索线操作"])
    assert own["阿普索线操作"].suggestions[0].code == WELDER
    assert others["阿普索线操作"].suggestions[0].code != WELDER
    held = Alignment.objects.get()
    alignments.take_back(office, held.pk)
    again = alignments.codes_for(company.pk, System.OCCUPATION, ["阿普索线操作"])
    assert again["阿普索线操作"].suggestions[0].code != WELDER


def test_what_another_process_adopted_or_took_back_is_noticed(company, other_company, occupations):
    """Nothing tells this process: it asks the table, as each process does, at every call."""

    def first():
        answer = alignments.codes_for(other_company.pk, System.OCCUPATION, ["阿普索线操作"])
        return answer["阿普索线操作"].suggestions[0].code

    assert first() != WELDER
    Alignment.objects.bulk_create([
        Alignment(
            system=System.OCCUPATION, raw="阿普索线", normalised="阿普索线", by=AlignedBy.PERSON,
            chosen=Code.objects.get(system=System.OCCUPATION, code=WELDER), is_global=True,
        )
    ])  # fmt: skip
    assert first() == WELDER
    Alignment.objects.all().delete()
    assert first() != WELDER
