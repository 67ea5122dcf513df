"""Intentions that come to nothing for somebody else's reason: lost at once, their hours free."""

from django.db.models import QuerySet

from chanjiao.core import clock
from chanjiao.fairs.choices import Loss, Stage
from chanjiao.fairs.models import Intention, IntentionStep, Interview


def lose(intentions: QuerySet[Intention], loss: Loss) -> list[int]:
    """Mark what is still alive as lost for a reason; gives the numbers of those it met.

    What was reached before stays known, and so does a signed contract: a fair or a stand that
    is called off undoes none.
    """
    alive = intentions.exclude(stage__in=[Stage.LOST, Stage.SIGNED, Stage.ARRIVED, Stage.STAYED])
    ids = list(alive.order_by("pk").values_list("pk", flat=True))
    Intention.objects.filter(pk__in=ids).update(stage=Stage.LOST, loss=loss, updated_at=clock.now())
    IntentionStep.objects.bulk_create(
        (IntentionStep(intention_id=pk, stage=Stage.LOST, at=clock.now()) for pk in ids),
        ignore_conflicts=True,
    )
    Interview.objects.filter(intention_id__in=ids).delete()
    return ids
