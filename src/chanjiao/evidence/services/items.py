"""Evidence: made with the first quote of an article, shown, verified by another, withdrawn."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from chanjiao.core import audit
from chanjiao.core.actor import Actor
from chanjiao.core.parameters import parameter
from chanjiao.core.refusals import Refused, require
from chanjiao.core.workflow import Move, Workflow
from chanjiao.evidence.choices import ItemState, Visibility
from chanjiao.evidence.models import Decision, EvidenceItem, PressArticle
from chanjiao.evidence.policies import can_show_item, can_verify, can_withdraw

S = ItemState
KEEP_YEARS = "evidence_keep_years"


def has_ground(item: EvidenceItem) -> str | None:
    """Evidence from the press proves what was quoted from it, so something has to be."""
    if not item.statements.exists():
        return _("这件佐证没有引用任何原句。")
    return None


FLOW = Workflow(
    kind="evidence",
    model=EvidenceItem,
    initial=S.ACCEPTED,
    labels=dict(S.choices),
    moves=(
        Move(
            "verify", gettext_lazy("核验通过"), (S.ACCEPTED,), S.VERIFIED, can_verify,
            guard=has_ground, four_eyes=True,
        ),
        Move(
            "withdraw", gettext_lazy("撤回佐证"), (S.ACCEPTED, S.VERIFIED), S.WITHDRAWN,
            can_withdraw,
            needs_opinion=True, kind="danger",
        ),
    ),
)  # fmt: skip


def item_for(actor: Actor, article: PressArticle) -> EvidenceItem:
    """The evidence that the article's quotes go into; what is verified takes no more of them."""
    page = article.page
    standing = EvidenceItem.objects.filter(statements__article=article, state=S.ACCEPTED)
    found = standing.order_by("pk").first()
    if found is not None:
        return found
    item = EvidenceItem.objects.create(
        organisation_id=page.organisation_id, file=page.file, title=article.title or page.title,
        kind=page.material, formed_on=page.published_on, keep_until=_keep_until(page.published_on),
        created_by_id=actor.user_id,
    )  # fmt: skip
    audit.record(actor, "evidence.made", item, sha256=page.sha256)
    return item


def drop_if_empty(actor: Actor, item: EvidenceItem) -> None:
    """Evidence that nothing is quoted from any more goes, unless somebody has acted on it."""
    if item.state != S.ACCEPTED or item.statements.exists() or FLOW.steps(item.pk).exists():
        return
    audit.record(actor, "evidence.dropped", item)
    item.delete()


@transaction.atomic
def show_to(actor: Actor, item_id: int, visibility: str) -> EvidenceItem:
    """Say who may see it."""
    item = EvidenceItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    require(can_show_item(actor, item))
    if visibility not in Visibility.values:
        raise Refused(_("请选择公开级别。"), code="not_a_choice", field="visibility")
    before, item.visibility = item.visibility, visibility
    item.save()
    audit.record(actor, "evidence.shown", item, before=before, after=visibility)
    return item


def make_move(actor: Actor, item_id: int, move: str, opinion: str = "") -> EvidenceItem:
    """Verify or withdraw: who decided about any of its quotes doesn't verify it."""
    if move == "verify" and _has_decided(actor, item_id):
        raise Refused(_("您决定过其中的原句，不能核验这件佐证，请由他人办理。"), code="four_eyes")
    return FLOW.make(actor, item_id, move, opinion)  # type: ignore[no-any-return]


def _has_decided(actor: Actor, item_id: int) -> bool:
    decided = Decision.objects.filter(statement__evidence=item_id, created_by=actor.user_id)
    return actor.user_id is not None and decided.exists()


def _keep_until(formed_on: date) -> date | None:
    """How long it must be kept at least; None where no rule says so."""
    try:
        years = parameter(KEEP_YEARS).whole
    except LookupError:
        return None
    try:
        return formed_on.replace(year=formed_on.year + years)
    except ValueError:  # 29 February
        return formed_on.replace(year=formed_on.year + years, month=3, day=1)
