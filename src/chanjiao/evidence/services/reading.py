"""What the worker does with a page: have it read in a confined process, write down the answer."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from chanjiao.core import audit, files, jobs
from chanjiao.core.actor import SYSTEM
from chanjiao.core.models import JobState
from chanjiao.engines.tabular.refusals import Refused as FileRefused
from chanjiao.evidence import contents
from chanjiao.evidence.choices import UNDER_WAY, PageState, StatementKind, StatementState
from chanjiao.evidence.models import PressArticle, PressPage, Statement
from chanjiao.evidence.reading.opening import Runner, opened
from chanjiao.evidence.reading.task import Task
from chanjiao.evidence.register import known_bodies
from chanjiao.evidence.services.pages import locked, stem

Told = Mapping[str, Any]


def read_page(
    page_id: int, run_id: int | None = None, *, runner: Runner | None = None
) -> PressPage:
    """Read one page; all of it or a reason, and twice gives the same."""
    tell = jobs.progress(run_id) if run_id is not None else _silent
    PressPage.objects.filter(pk=page_id, state__in=UNDER_WAY).update(state=PageState.READING)
    page = PressPage.objects.select_related("file").get(pk=page_id)
    if not page.is_under_way:
        return page
    data = files.content(page.file)
    tell(20, 100, "")
    kind = "txt" if page.kind == "paste" else page.kind
    task = Task(kind, page.published_on, known_bodies(), page.mends)
    try:
        found = opened(task, data, runner)
    except FileRefused as refused:
        return _refuse(page_id, refused)
    tell(80, 100, "")
    return _write(page_id, found, stem(data, page.file.name, page.kind))


def fail(page_id: int) -> None:
    """Say that reading ended without an answer; a person may have it read again."""
    PressPage.objects.filter(pk=page_id, state__in=UNDER_WAY).update(state=PageState.FAILED)


def reconcile() -> int:
    """Give pages whose run was lost an honest end; called by the worker's clock."""
    lost = PressPage.objects.filter(state__in=UNDER_WAY, run__state=JobState.FAILED)
    return lost.update(state=PageState.FAILED)


@transaction.atomic
def _refuse(page_id: int, refused: FileRefused) -> PressPage:
    page = locked(page_id)
    page.state = PageState.REFUSED
    page.refusal = {"code": refused.code, "facts": {k: str(v) for k, v in refused.facts.items()}}
    page.save()
    audit.record(SYSTEM, "press.refused", page, is_success=False, code=refused.code)
    return page


@transaction.atomic
def _write(page_id: int, found: Told, name_until_read: str) -> PressPage:
    page = locked(page_id)
    if not page.is_under_way or _is_decided(page):
        return page
    page.articles.all().delete()
    for name in ("text", "repaired", "edits", "flags", "notes"):
        setattr(page, name, found[name])
    if page.title == name_until_read and found["title"]:
        page.title = found["title"][:200]
    page.state, page.refusal = PageState.READY, {}
    page.save()
    count = _write_articles(page, found["articles"])
    audit.record(
        SYSTEM, "press.read", page, edits=len(page.edits), flags=len(page.flags), statements=count
    )
    return page


def _write_articles(page: PressPage, told: Iterable[Told]) -> int:
    told = list(told)
    articles = PressArticle.objects.bulk_create(
        PressArticle(
            page=page, number=number, title=one["title"], text=one["text"],
            paragraphs=one["paragraphs"],
        )
        for number, one in enumerate(told, 1)
    )  # fmt: skip
    bodies = _bodies(told)
    rows = [
        statement_row(article, said, bodies)
        for article, one in zip(articles, told, strict=True)
        for said in one["statements"]
    ]
    Statement.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _bodies(articles: Iterable[Told]) -> dict[str, int]:
    """Names as the page writes them → bodies of the register, as the engine resolved them."""
    found: dict[str, int] = {}
    for article in articles:
        for said in article["statements"]:
            if said["kind"] == StatementKind.ORGANISATION and said["key"]:
                for name in (said["content"]["name"], *said["content"]["surfaces"]):
                    found.setdefault(name, int(said["key"]))
    return found


def statement_row(article: PressArticle, said: Told, bodies: Mapping[str, int]) -> Statement:
    kind, content = said["kind"], said["content"]
    return Statement(
        article=article, kind=kind, start=said["start"], end=said["end"], quote=said["quote"],
        places=said["places"], proposed=content, content=content,
        summary=contents.summary(kind, content), value=contents.number(content),
        organisation_id=body_of(kind, content, bodies),
        score=contents.score(kind, content, is_resolved=is_resolved(kind, content, bodies)),
    )  # fmt: skip


def body_of(kind: str, content: Told, bodies: Mapping[str, int]) -> int | None:
    """The body a statement is about: its subject, or the first party that is registered."""
    return next((bodies[name] for name in names_in(kind, content) if name in bodies), None)


def is_resolved(kind: str, content: Told, bodies: Mapping[str, int]) -> bool:
    """Whether every body that the statement speaks of is one of the register."""
    names = names_in(kind, content)
    return bool(names) and all(name in bodies for name in names)


def names_in(kind: str, content: Told) -> list[str]:
    if kind == StatementKind.ORGANISATION:
        return [content["name"]]
    if kind == StatementKind.RELATION:
        return list(content["subjects"])
    return [name for name in content["subject"].split("、") if name]


def _is_decided(page: PressPage) -> bool:
    rows = Statement.objects.filter(article__page=page)
    return rows.exclude(state=StatementState.PROPOSED).exists()


def _silent(_done: int, _total: int, _note: str = "") -> None:
    return None
