"""Bringing a page to the press desk: kept once, read in the background, described, mended."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext as _

from chanjiao.core import audit, clock, files, jobs
from chanjiao.core.actor import Actor
from chanjiao.core.models import StoredFile
from chanjiao.core.refusals import Refused, require
from chanjiao.engines.tabular.refusals import Refused as FileRefused
from chanjiao.evidence.choices import TAKEN, ItemKind, PageKind, PageState, StatementState
from chanjiao.evidence.models import EvidenceItem, PressPage, Statement
from chanjiao.evidence.policies import can_bring, can_discard, can_work
from chanjiao.evidence.queries import pages_with_file
from chanjiao.evidence.reading.gate import kind_of
from chanjiao.evidence.reading.reasons import sentence

TASK = "chanjiao.evidence.tasks.read_press_page"
LONGEST_TITLE = 60
LONGEST_MEND = 80


@dataclass(frozen=True, slots=True)
class About:
    """What people say of a page beside its file; a blank title is taken from the page itself."""

    published_on: date
    title: str = ""
    source: str = ""
    url: str = ""
    material: str = ItemKind.NEWS


@transaction.atomic
def receive(
    actor: Actor, organisation_id: int, data: bytes, name: str, about: About,
    *, is_pasted: bool = False, is_read_now: bool = False,
) -> PressPage:  # fmt: skip
    """Keep a page as it came and queue its reading; the same bytes are kept once for a body.

    With ``is_read_now`` the caller reads it, as the demo does with its own words.
    """
    require(can_bring(actor, organisation_id))
    _refuse_future(about.published_on)
    kind = PageKind.PASTE if is_pasted else PageKind(_kind(data, name))
    digest = hashlib.sha256(data).hexdigest()
    _refuse_twice(actor, digest)
    try:
        with transaction.atomic():
            page = PressPage.objects.create(
                organisation_id=organisation_id, file=files.keep(actor, data, name),
                sha256=digest, kind=kind, title=about.title.strip() or stem(data, name, kind),
                source=about.source.strip(), url=about.url.strip(), material=about.material,
                published_on=about.published_on, created_by_id=actor.user_id,
            )  # fmt: skip
    except IntegrityError:  # somebody of the same body was quicker
        _refuse_twice(actor, digest)
        raise
    audit.record(actor, "press.received", page, sha256=digest, kind=str(kind))
    if not is_read_now:
        queue(actor, page)
    return page


@transaction.atomic
def describe(actor: Actor, page_id: int, about: About) -> PressPage:
    """Say anew what the page is called and when it came out; another day means another reading."""
    page = locked(page_id)
    require(can_work(actor, page))
    _refuse_future(about.published_on)
    is_other_day = page.published_on != about.published_on
    if is_other_day:
        _refuse_if_decided(page)
    page.title = about.title.strip() or page.title
    page.source, page.url, page.material = about.source.strip(), about.url.strip(), about.material
    page.published_on = about.published_on
    page.save()
    audit.record(actor, "press.described", page, published_on=about.published_on)
    if is_other_day and page.is_ready:
        queue(actor, page)
    return page


@transaction.atomic
def read_again(actor: Actor, page_id: int) -> PressPage:
    """Read the same bytes once more, as after a lost worker; what was decided forbids it."""
    page = locked(page_id)
    require(can_work(actor, page))
    if page.is_under_way:
        raise Refused(_("正在阅读，请稍候。"), code="under_way")
    _refuse_if_decided(page)
    audit.record(actor, "press.read_again", page)
    queue(actor, page)
    return page


@transaction.atomic
def mend(actor: Actor, page_id: int, place: int, after: str) -> PressPage:
    """Put right by hand what the machine flagged: the flag's words, wherever flagged, become these.

    The page is then laid out and read again, so nothing may have been decided on it yet.
    """
    page = locked(page_id)
    require(can_work(actor, page))
    if not page.is_ready:
        raise Refused(_("正在阅读，请稍候。"), code="under_way")
    _refuse_if_decided(page)
    text = after.strip()
    if not text or len(text) > LONGEST_MEND or "\n" in text:
        raise Refused(
            _("请填写替换成的文字，1 至 %(most)s 字。") % {"most": LONGEST_MEND},
            code="mend_unfit", field="after",
        )  # fmt: skip
    flag = next((one for one in page.flags if one["start"] == place), None)
    if flag is None:
        raise Refused(_("这处存疑已经处理。"), code="no_such_flag")
    alike = [f for f in page.flags if f["kind"] == flag["kind"] and f["quote"] == flag["quote"]]
    page.mends = [
        *page.mends,
        *({"start": f["start"], "end": f["end"], "after": text} for f in alike),
    ]
    page.title = page.title.replace(flag["quote"], text)[:200]
    page.save()
    audit.record(actor, "press.mended", page, before=flag["quote"], after=text, places=len(alike))
    queue(actor, page)
    return page


@transaction.atomic
def discard(actor: Actor, page_id: int) -> None:
    """Take a page away that was brought by mistake; what serves as evidence stays."""
    page = locked(page_id)
    require(can_discard(actor, page))
    taken = statements(page).filter(state__in=sorted(TAKEN)).count()
    if taken:
        raise Refused(
            _("已有 %(n)s 条事实采纳为佐证，不能移除。请先撤销这些采纳。") % {"n": taken},
            code="in_use",
        )
    audit.record(actor, "press.discarded", page, sha256=page.sha256)
    kept = page.file
    page.delete()
    if not _is_needed(kept):
        transaction.on_commit(lambda: files.forget(kept))


def _is_needed(kept: StoredFile) -> bool:
    """Whether the same bytes lie in the store for another page, another upload or a proof."""
    others = StoredFile.objects.filter(sha256=kept.sha256).exclude(pk=kept.pk)
    return others.exists() or EvidenceItem.objects.filter(file=kept).exists()


def queue(actor: Actor, page: PressPage) -> None:
    """Have the worker read the page; until it has, the page says that it waits."""
    page.state, page.refusal = PageState.WAITING, {}
    page.save()
    run = jobs.start(
        actor, "press", _("阅读 %(title)s") % {"title": page.title}, TASK, page_id=page.pk
    )
    PressPage.objects.filter(pk=page.pk).update(run=run)
    page.refresh_from_db()


def statements(page: PressPage) -> Any:
    return Statement.objects.filter(article__page=page)


def locked(page_id: int) -> PressPage:
    rows = PressPage.objects.select_for_update(of=("self",))
    return rows.select_related("file", "organisation").get(pk=page_id)


def language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def stem(data: bytes, name: str, kind: str) -> str:
    """What a page is called until it is read: its first line where it is text, else its file."""
    if kind == PageKind.PASTE:
        first = next((one.strip() for one in data.decode().splitlines() if one.strip()), "")
        return first[:LONGEST_TITLE]
    return PurePath(files.safe_name(name)).stem[:LONGEST_TITLE]


def _kind(data: bytes, name: str) -> str:
    try:
        return kind_of(data, name)
    except FileRefused as refused:
        told = {"code": refused.code, "facts": refused.facts}
        raise Refused(sentence(told, language()), code=refused.code, field="file") from refused


def _refuse_twice(actor: Actor, digest: str) -> None:
    there = pages_with_file(actor, digest)
    if there is not None:
        raise Refused(
            _("这份稿件已在采编台：%(title)s（%(body)s，%(day)s 收到）。")
            % {"title": there.title, "body": there.organisation.name,
               "day": there.created_at.date()},
            code="already_here", page=there.pk,
        )  # fmt: skip


def _refuse_future(day: date) -> None:
    if day > clock.today():
        raise Refused(
            _("发布日期 %(day)s 还没有到。") % {"day": day}, code="in_the_future",
            field="published_on",
        )  # fmt: skip


def _refuse_if_decided(page: PressPage) -> None:
    decided = statements(page).exclude(state=StatementState.PROPOSED).count()
    if decided:
        raise Refused(
            _("已有 %(n)s 条事实作了决定，重新阅读会使原句错位。请先撤销这些决定。")
            % {"n": decided},
            code="decided",
        )
