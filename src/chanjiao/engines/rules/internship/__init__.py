"""Internships put to the rules: a register from JSON, a judgement for every placement."""

from chanjiao.engines.rules.internship.covers import Filing, Policy
from chanjiao.engines.rules.internship.facts import FACTS, INTERNSHIP
from chanjiao.engines.rules.internship.judging import (
    Standing,
    interns_by_school,
    judge_placement,
    judge_register,
    law_day,
    standing,
)
from chanjiao.engines.rules.internship.reading import read_register
from chanjiao.engines.rules.internship.records import (
    Agreement,
    DataConsent,
    Headcount,
    Paper,
    Placement,
    Post,
    Reason,
    Register,
    SafetyTest,
    SelfFound,
    Student,
    Unit,
)
from chanjiao.engines.rules.internship.rosters import Calendar, Roster, Shift

__all__ = [
    "FACTS",
    "INTERNSHIP",
    "Agreement",
    "Calendar",
    "DataConsent",
    "Filing",
    "Headcount",
    "Paper",
    "Placement",
    "Policy",
    "Post",
    "Reason",
    "Register",
    "Roster",
    "SafetyTest",
    "SelfFound",
    "Shift",
    "Standing",
    "Student",
    "Unit",
    "interns_by_school",
    "judge_placement",
    "judge_register",
    "law_day",
    "read_register",
    "standing",
]
