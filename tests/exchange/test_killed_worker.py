"""What a worker that dies leaves behind; the real thing is ``scripts/kill_worker.py``."""

import os
from datetime import timedelta

import pytest

from chanjiao.core import clock, jobs
from chanjiao.core.models import AuditEntry, JobRun
from chanjiao.exchange import tasks
from chanjiao.exchange.models import ImportJob
from chanjiao.exchange.services import imports
from chanjiao.organisations.models import Area
from tests.exchange.area_sheet import AreaSheet

FILE = "编码,名称,类型,上级编码\n" + "".join(f"A{n},网格{n},网格,\n" for n in range(10))


class Death(BaseException):
    """Passes every ``except Exception``, as a kill does."""


@pytest.fixture
def previewed(office, sheet):
    job = imports.receive(office, sheet, FILE.encode(), "a.csv")
    job.refresh_from_db()
    return job


@pytest.fixture
def dies_at(monkeypatch):
    """Arrange for the next writing to end in the midst of row ``n``."""

    def arrange(n):
        whole = AreaSheet._one

        def one(self, change):
            if change.key == (f"A{n}",):
                raise Death
            whole(self, change)

        monkeypatch.setattr(AreaSheet, "_one", one)
        return monkeypatch

    return arrange


@pytest.mark.parametrize("row", [0, 4, 9])
def test_a_worker_that_dies_in_the_midst_leaves_no_row_and_the_next_one_writes_all(
    office, previewed, dies_at, row
):
    arranged = dies_at(row)
    ImportJob.objects.filter(pk=previewed.pk).update(state="applying")
    with pytest.raises(Death):
        tasks.apply_import.func(previewed.run_id, previewed.pk)
    assert not Area.objects.exists()
    assert not AuditEntry.objects.filter(act="import.applied").exists()
    arranged.undo()
    tasks.apply_import.func(previewed.run_id, previewed.pk)
    assert Area.objects.count() == 10
    previewed.refresh_from_db()
    assert previewed.state == "applied"


def test_work_that_is_handed_out_twice_is_done_once(office, previewed):
    imports.confirm(office, previewed.pk, updates_existing=False)
    tasks.apply_import.func(previewed.run_id, previewed.pk)
    assert Area.objects.count() == 10
    assert AuditEntry.objects.filter(act="import.applied").count() == 1


def test_a_check_that_was_cut_short_is_made_again(office, previewed):
    ImportJob.objects.filter(pk=previewed.pk).update(state="checking")
    tasks.check_import.func(previewed.run_id, previewed.pk)
    previewed.refresh_from_db()
    assert (previewed.state, previewed.rows.count()) == ("previewed", 10)


def test_long_work_that_still_tells_of_progress_is_not_called_lost(office, previewed):
    JobRun.objects.filter(pk=previewed.run_id).update(state="running")
    tell = jobs.progress(previewed.run_id)
    later = clock.now() + timedelta(hours=1)
    with clock.standing_at(later):
        tell(1, 10, "")
        os.utime(jobs.progress_file(previewed.run_id), (later.timestamp(), later.timestamp()))
        assert jobs.mark_silent() == 0
    with clock.standing_at(later + timedelta(hours=1)):
        assert jobs.mark_silent() == 1
    previewed.run.refresh_from_db()
    assert previewed.run.state == "failed"
    assert previewed.run.note
