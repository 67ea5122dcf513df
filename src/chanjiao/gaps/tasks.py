"""Background work of studies; a study run twice says the same."""

import logging

from django.tasks import task

from chanjiao.core import jobs
from chanjiao.core.refusals import Refused
from chanjiao.gaps.services import studies

log = logging.getLogger(__name__)


@task
def compute_study(run_id: int, study_id: int) -> None:
    try:
        studies.compute(study_id, run_id)
    except (Refused, LookupError, ValueError, ArithmeticError) as fault:
        log.exception("gap study not computed")
        studies.fail(study_id, str(fault))
        jobs.finish(run_id, note=str(fault)[:300], failed=True)
        return
    jobs.finish(run_id)
