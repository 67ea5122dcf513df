"""Positions in the alignment queue: one line a wording and company, decided and taken back."""

import pytest

from chanjiao.demand.choices import Coding, DemandState
from chanjiao.demand.queue import PositionQueue
from chanjiao.standards.services import alignments

QUEUE = PositionQueue()


@pytest.fixture
def waiting(make_demand):
    def make(title="操机工", **fields):
        return make_demand(title, occupation=None, coding=Coding.WAITING, **fields)

    return make


def test_one_line_stands_for_all_places_of_a_wording_most_people_first(
    waiting, office, other_company
):
    waiting(place="一厂", headcount=3)
    waiting(place="二厂", headcount=4)
    waiting("储干", company=other_company, headcount=9)
    waiting("草稿岗", state=DemandState.DRAFT)
    lines = QUEUE.waiting(office, 10)
    assert [(line.raw, line.count, line.people) for line in lines] == [
        ("储干", 1, 9), ("操机工", 2, 7),
    ]  # fmt: skip
    assert QUEUE.total(office) == 2


def test_a_company_sees_its_own_words_only(waiting, other_company_hr, company_hr):
    waiting()
    assert QUEUE.total(company_hr) == 1
    assert QUEUE.total(other_company_hr) == 0


def test_a_choice_reaches_all_with_these_words_and_can_be_taken_back(waiting, office, occupation):
    first, second = waiting(place="一厂"), waiting("操 机工", place="二厂")
    held, count = alignments.choose(office, QUEUE, "操机工", first.company_id, occupation.code)
    assert count == 2
    for demand in (first, second):
        demand.refresh_from_db()
        assert (demand.occupation, demand.coding) == (occupation, Coding.PERSON)
        assert "车工" in demand.search_text
    alignments.take_back(office, held.pk)
    first.refresh_from_db()
    assert (first.occupation, first.coding) == (None, Coding.WAITING)


def test_what_a_company_typed_itself_is_not_taken_back(make_demand, office, occupation):
    demand = make_demand("操机工", coding=Coding.GIVEN)
    assert QUEUE.reopen(office, "操机工", demand.company_id) == 0


def test_memory_settles_what_waits(waiting, office, occupation):
    demand = waiting()
    alignments.remember(office, "occ2022", "操机工", demand.company_id, occupation)
    assert alignments.settle_remembered() == 1
    demand.refresh_from_db()
    assert demand.coding == Coding.MEMORY
