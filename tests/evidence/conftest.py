"""A page of the press with what it says told by hand, so that acts don't hang on the engine.

It is read in this process; ``test_hostile_pages`` is about the other one.
"""

import json
from datetime import date
from decimal import Decimal

import pytest

from chanjiao.core.reference import load_parameters
from chanjiao.engines.text.facts import (
    ArticleFacts,
    Facts,
    Figure,
    Organisation,
    Relation,
    article_text,
)
from chanjiao.evidence.models import Statement
from chanjiao.evidence.reading.assembling import page as assembled
from chanjiao.evidence.services import pages
from chanjiao.evidence.services.pages import About

PUBLISHED = date(2025, 3, 18)
SIGNING = "甲职业技术学院与甲精密机械有限公司签约，共建产业学院。"
ENROLLED = "2024年，甲职业技术学院在校生12000人。"
PLANNED = "今年，学院计划招生3000余人。"
TEXT = f"校企携手育人才\n本报记者 某某\n{SIGNING}{ENROLLED}{PLANNED}"


@pytest.fixture
def desk(db, monkeypatch):
    """The rules of the desk, and its reader in this process."""
    load_parameters()
    monkeypatch.setattr("chanjiao.evidence.reading.opening.in_child", by_hand)


def quote_at(text, words):
    start = text.index(words)
    return {"quote": words, "start": start, "end": start + len(words)}


def told(article, name, *, published_on=None, known=()):
    text = article_text(article)
    facts = facts_of(text, known) if SIGNING in text else Facts()
    return ArticleFacts(name, article.title, text, facts)


def facts_of(text, known):
    """The same two figures, two bodies and one relation whatever stands around them."""
    keys = {one.name: one.key for one in known}

    def body(name, kind, *surfaces):
        start = text.index(name)
        return Organisation(
            "", name, (name, *surfaces), kind, ((start, start + len(name)),), keys.get(name, "")
        )

    def figure(subject, indicator, value, unit, period, words, qualifier, status):
        return Figure(
            "", subject, indicator, Decimal(value), unit, qualifier, status, period,
            **quote_at(text, words),
        )  # fmt: skip

    school, company = "甲职业技术学院", "甲精密机械有限公司"
    return Facts(
        (
            figure(school, "在校生", "12000", "人", "2024", "在校生12000人", "exact", "actual"),
            figure(school, "计划招生", "3000", "人", "2025", "招生3000余人", "over", "planned"),
        ),
        (body(school, "school", "学院"), body(company, "enterprise")),
        (
            Relation(
                "", "co_build", (school, company), "产业学院", "2025-03-18", "actual",
                **quote_at(text, "签约，共建产业学院"),
            ),
        ),
    )  # fmt: skip


def by_hand(task, data):
    return json.dumps(assembled(task, data, told)).encode()


@pytest.fixture
def about():
    return About(published_on=PUBLISHED, source="望澜日报")


@pytest.fixture
def bring(about, school):
    """A page brought and read on the spot, in this process."""

    def make(actor, text=TEXT, body=school, details=about):
        made = pages.receive(actor, body.pk, text.encode(), "pasted.txt", details, is_pasted=True)
        made.refresh_from_db()
        return made

    return make


@pytest.fixture
def page(bring, office, company):
    return bring(office)


def statement(page, words):
    return Statement.objects.get(article__page=page, summary__contains=words)


@pytest.fixture
def enrolled(page):
    return statement(page, "在校生")
