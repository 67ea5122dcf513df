"""Background work of imports; every task may be run twice and ends the same."""

from django.core.exceptions import PermissionDenied
from django.tasks import task

from chanjiao.core import jobs
from chanjiao.core.refusals import Refused
from chanjiao.exchange.services import checking, imports


@task
def check_import(run_id: int, job_id: int) -> None:
    try:
        checking.check(job_id, run_id)
    except (Refused, PermissionDenied, OSError) as refusal:
        _give_up(run_id, job_id, refusal)
        return
    jobs.finish(run_id)


@task
def apply_import(run_id: int, job_id: int) -> None:
    try:
        imports.apply(job_id, run_id)
    except (Refused, PermissionDenied) as refusal:
        _give_up(run_id, job_id, refusal)
        return
    jobs.finish(run_id)


def _give_up(run_id: int, job_id: int, why: Exception) -> None:
    note = str(why) or "没有权限，未做任何改动。"
    imports.fail(job_id, note)
    jobs.finish(run_id, note=note, failed=True)
