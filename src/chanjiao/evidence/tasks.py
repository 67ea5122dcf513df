"""Background work of the press desk; a page read twice says the same."""

import logging

from django.tasks import task
from django.utils.translation import gettext as _

from chanjiao.core import jobs
from chanjiao.evidence.services import reading

log = logging.getLogger(__name__)


@task
def read_press_page(run_id: int, page_id: int) -> None:
    try:
        reading.read_page(page_id, run_id)
    except (OSError, LookupError, ValueError):
        log.exception("press page not read")
        reading.fail(page_id)
        jobs.finish(run_id, note=_("没有读成，请重新阅读。"), failed=True)
        return
    jobs.finish(run_id)
