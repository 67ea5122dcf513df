"""Reads of the press desk and of evidence; the first argument is who asks."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, Exists, Prefetch, Q, QuerySet

from chanjiao.core.actor import Actor
from chanjiao.core.containing import containing
from chanjiao.core.roles import Reach, Role
from chanjiao.evidence.choices import (
    TAKEN,
    ItemState,
    StatementKind,
    StatementState,
    Visibility,
)
from chanjiao.evidence.models import (
    EvidenceItem,
    PressArticle,
    PressPage,
    ReportedValue,
    Statement,
)
from chanjiao.organisations.choices import MembershipState
from chanjiao.organisations.models import Membership, Organisation

SUGGESTED = 5


def press_pages_visible_to(actor: Actor) -> QuerySet[PressPage]:
    """All pages for the office and the auditor; one's own body's for its people."""
    rows = PressPage.objects.select_related("organisation", "file", "created_by")
    reaches = actor.reaches("press")
    if Reach.ALL in reaches:
        return rows
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        return rows.filter(organisation_id=actor.organisation_id)
    return rows.none()


def with_counts(rows: QuerySet[PressPage]) -> QuerySet[PressPage]:
    """Adds how many statements each page has, how many wait and how many were taken."""
    of = "articles__statements"
    return rows.annotate(
        statements=Count(of),
        waiting=Count(of, filter=Q(**{f"{of}__state": StatementState.PROPOSED})),
        taken=Count(of, filter=Q(**{f"{of}__state__in": sorted(TAKEN)})),
    )


def statements_of(page: PressPage) -> QuerySet[Statement]:
    rows = Statement.objects.filter(article__page=page)
    return rows.select_related("article", "organisation", "evidence", "reported").order_by(
        "article__number", "start", "pk"
    )


def articles_of(page: PressPage) -> list[PressArticle]:
    """The page's articles with their statements and what was decided: three queries."""
    rows = Statement.objects.select_related("organisation", "reported").order_by("start", "pk")
    rows = rows.prefetch_related("decisions")
    return list(page.articles.prefetch_related(Prefetch("statements", queryset=rows)))


def statement_visible_to(actor: Actor, pk: int) -> Statement | None:
    """One statement on a page that the actor may see."""
    rows = Statement.objects.filter(article__page__in=press_pages_visible_to(actor).values("pk"))
    return rows.select_related("article__page", "organisation", "evidence").filter(pk=pk).first()


def items_visible_to(actor: Actor) -> QuerySet[EvidenceItem]:
    """Evidence by what it is and who asks; what was withdrawn only its body and the office see.

    Members see what is meant for the consortium, everybody what is public; a grid officer those of
    the area; what is confidential its own body, the office and the auditor alone.
    """
    rows = EvidenceItem.objects.select_related("organisation", "file", "created_by")
    return rows.filter(_seen_by(actor))


def _seen_by(actor: Actor) -> Q:
    reaches = actor.reaches("evidence")
    if actor.is_system or (Reach.ALL in reaches and actor.has(Role.OFFICE, Role.AUDITOR)):
        return Q()
    standing = ~Q(state=ItemState.WITHDRAWN)
    open_to = Q(pk__in=[])
    if Reach.ALL in reaches:
        open_to |= standing & ~Q(visibility=Visibility.CONFIDENTIAL)
    if Reach.PUBLISHED in reaches:
        open_to |= standing & Q(visibility=Visibility.PUBLIC)
    if Reach.AREA in reaches:
        inside = standing & Q(organisation__area__in=actor.area_ids)
        open_to |= inside & ~Q(visibility=Visibility.CONFIDENTIAL)
    if Reach.ORGANISATION in reaches and actor.organisation_id:
        open_to |= Q(organisation_id=actor.organisation_id)
        open_to |= standing & Q(visibility=Visibility.MEMBERS) & _is_member(actor.organisation_id)
    return open_to


def _is_member(organisation_id: int) -> Q:
    seats = Membership.objects.filter(organisation_id=organisation_id, state=MembershipState.ACTIVE)
    return Q(Exists(seats))


def with_uses(rows: QuerySet[EvidenceItem]) -> QuerySet[EvidenceItem]:
    """Adds how many quotes and values rest on each item."""
    taken = Q(statements__state__in=sorted(TAKEN))
    return rows.annotate(
        quotes=Count("statements", filter=taken, distinct=True),
        reported=Count("values", distinct=True),
    )


def taken_statements_visible_to(actor: Actor) -> QuerySet[Statement]:
    """Statements that somebody took into evidence, as far as the evidence is seen."""
    rows = Statement.objects.filter(
        state__in=sorted(TAKEN), evidence__in=_standing(actor).values("pk")
    )
    return rows.select_related(
        "article__page", "organisation", "evidence__organisation", "reported"
    )


def statements_matching(
    rows: QuerySet[Statement], filters: Mapping[str, str]
) -> QuerySet[Statement]:
    """What the filter row of the list page and the export both mean by their words."""
    if text := filters.get("q", "").strip():
        rows = rows.filter(
            containing("summary", text) | containing("quote", text)
            | containing("evidence__title", text)
        )  # fmt: skip
    if (kind := filters.get("kind", "")) in StatementKind.values:
        rows = rows.filter(kind=kind)
    if body := filters.get("organisation", "").strip():
        rows = rows.filter(containing("organisation__name", body))
    return rows


def values_visible_to(actor: Actor) -> QuerySet[ReportedValue]:
    """Self-reported values, as far as the evidence they rest on is seen."""
    rows = ReportedValue.objects.filter(evidence__in=_standing(actor).values("pk"))
    return rows.select_related("organisation", "evidence", "statement")


def _standing(actor: Actor) -> QuerySet[EvidenceItem]:
    """What was withdrawn proves nothing any more, also where it may still be seen."""
    return items_visible_to(actor).exclude(state=ItemState.WITHDRAWN)


def quotes_of(item: EvidenceItem) -> QuerySet[Statement]:
    rows = item.statements.filter(state__in=sorted(TAKEN))
    return rows.select_related("article__page", "organisation", "reported").order_by(
        "article__number", "start", "pk"
    )


def pages_with_file(actor: Actor, sha256: str) -> PressPage | None:
    """The page the actor already sees that came from the same bytes."""
    return press_pages_visible_to(actor).filter(sha256=sha256).first()


def bodies_on(articles: Sequence[PressArticle]) -> dict[str, Organisation]:
    """Names as pages write them → the bodies they were resolved to."""
    found: dict[str, Organisation] = {}
    for article in articles:
        for one in article.statements.all():
            if one.kind == StatementKind.ORGANISATION and one.organisation is not None:
                for name in (one.content.get("name", ""), *one.content.get("surfaces", ())):
                    found.setdefault(name, one.organisation)
    return found
