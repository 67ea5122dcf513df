"""The region from nothing to a running quarter, through the same doors that people use.

Time is moved: what happened in spring two years ago is done as of that spring, so that lines
lapse, studies are frozen and lists are signed on the days on which that would have been.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.test.utils import override_settings

from chanjiao.accounts.models import User
from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.demo import chains, closing, fairs, press, register, surveying, teaching
from chanjiao.demo.calendar import Quarter, at, quarter_of
from chanjiao.demo.market import lines_of_year, puzzling_lines
from chanjiao.demo.region import Region, region
from chanjiao.organisations.actors import actor_for
from chanjiao.organisations.models import Consortium
from chanjiao.organisations.queries import DEMO_DOMAIN

type Tell = Callable[[str], None]

# Work in the background is done on the spot: the past has no worker.
AT_ONCE = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
STILL_HOLD = 6
NOBODY_NEEDED = 9
CLOSED_BECAUSE = "季度结束，未答复企业列入下季首轮走访。"


def is_built() -> bool:
    """Whether there is a region already; building it twice would be twice the region."""
    return Consortium.objects.exists()


@override_settings(TASKS=AT_ONCE)
def build(tell: Tell, today: date | None = None) -> None:
    """Build the whole region as of ``today``; all of it or nothing."""
    today = today or clock.today()
    now = quarter_of(today)
    past = now.before
    with transaction.atomic():
        _Building(region(), past.year, tell).run(past, now, today)


class _Building:
    def __init__(self, facts: Region, year: int, tell: Tell) -> None:
        self.facts, self.year, self.tell = facts, year, tell
        self.codes: register.Companies = {}

    def run(self, past: Quarter, now: Quarter, today: date) -> None:
        with clock.standing_at(at(date(self.year - 2, 3, 4))):
            self.found()
        for offset in (-2, -1):
            self.survey_of(offset)
        self.quarter_of_last_list(past)
        self.quarter_now(now, today)

    def found(self) -> None:
        self.codes = register.build_register(self.facts)
        self.tell("机构、成员与账户 bodies, members, accounts")
        chains.build_chains(self.facts, self.person("office"))
        teaching.build_catalogue(self.facts)
        teaching.build_crosswalk(self.facts, self.person("office"))
        found = teaching.build_schools(self.facts, self.year)
        teaching.build_students(self.facts, found, self.year)
        self.tell("专业、班级与学生 majors, classes, students")

    def survey_of(self, offset: int) -> None:
        """One year of the past: its lines, its study, and their lapsing."""
        year = self.year + offset
        with clock.standing_at(at(date(year, 11, 20))):
            self.settle_year(year)
            lines = lines_of_year(self.facts, self.codes, year, offset)
            surveying.load_lines(self.person("office"), lines)
            closing.study_gap(self.person("office"), year, clock.today())
        with clock.standing_at(at(date(year + 1, 3, 20))):
            surveying.expire()
        self.tell(f"{year} 年需求与缺口 demand and gap of {year}")

    def quarter_of_last_list(self, past: Quarter) -> None:
        """The quarter that is over: asked, answered, studied, frozen and signed."""
        office, director = self.person("office"), self.person("director")
        start, end = past.first_day, past.next.first_day - timedelta(days=1)
        with clock.standing_at(at(start + timedelta(days=8))):
            opened = surveying.open_round(office, past)
        with clock.standing_at(at(end - timedelta(days=20))):
            self.settle_year(self.year)
            lines = lines_of_year(self.facts, self.codes, self.year, 0)
            surveying.load_lines(office, lines)
            surveying.rounds.remind(office, opened.pk)
            surveying.say_nothing(office, opened, NOBODY_NEEDED)
        with clock.standing_at(at(past.next.first_day + timedelta(days=2))):
            closing.study_gap(office, self.year, end)
            surveying.rounds.make_move(office, opened.pk, "close", CLOSED_BECAUSE)
            closing.close_quarter(office, director, past)
        self.tell(f"{past.year} 年第 {past.number} 季度清单 list of {past.year} Q{past.number}")

    def quarter_now(self, now: Quarter, today: date) -> None:
        """The quarter that runs: some have answered, some are silent, some words are unknown."""
        office = self.person("office")
        opens = min(today, now.first_day + timedelta(days=8))
        with clock.standing_at(at(opens)):
            opened = surveying.open_round(office, now)
        with clock.standing_at(at(max(opens, today - timedelta(days=3)))):
            surveying.confirm_again(opened, STILL_HOLD)
            surveying.load_lines(office, puzzling_lines(self.facts, self.codes, self.year))
            surveying.say_nothing(office, opened, NOBODY_NEEDED)
            teaching.answer_the_gap(self.facts)
            fairs.build_fairs(office, today)
            press.bring_pages(office, self.person("director"), self.person("hr"))
        self.tell(
            f"{now.year} 年第 {now.number} 季度征集中 survey of {now.year} Q{now.number} open"
        )

    def settle_year(self, year: int) -> None:
        """What is told once a year: majors still run, companies still stand on their steps."""
        teaching.confirm_schools(school.name for school in self.facts.schools)
        chains.place_companies(self.facts, self.person("office"), self.codes, year)

    def person(self, account: str) -> Actor:
        """A demo account as it may act on the day it is."""
        return actor_for(User.objects.get(email=f"{account}@{DEMO_DOMAIN}"))
