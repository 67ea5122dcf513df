"""Making a study: freeze, compute in the background, compute again to check, publish."""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock, jobs
from chanjiao.core.actor import Actor
from chanjiao.core.models import JobState
from chanjiao.core.refusals import Refused, require
from chanjiao.gaps.choices import Side, StudyState, View
from chanjiao.gaps.models import GapFigure, GapLine, GapStudy
from chanjiao.gaps.policies import can_check, can_create, can_publish
from chanjiao.gaps.services import gathering
from chanjiao.gaps.services.balancing import Balanced, balanced, line_key
from chanjiao.gaps.services.shielding import shield
from chanjiao.gaps.services.writing import Writer, as_plain

BATCH = 2000
TASK = "chanjiao.gaps.tasks.compute_study"
HASHED = (
    "side", "source_id", "organisation_id", "code", "people", "loss", "further", "area", "node",
    "industry", "basis",
)  # fmt: skip

Progress = Callable[[int, int, str], None]


@transaction.atomic
def create(actor: Actor, year: int, as_of: date, title: str = "") -> GapStudy:
    """Order a study; its figures appear when the background job has finished."""
    require(can_create(actor))
    if as_of > clock.today():
        raise Refused(
            _("数据截至日期 %(day)s 在今天之后，请选今天或更早的日期。") % {"day": as_of},
            field="as_of",
        )
    study = GapStudy.objects.create(
        title=title or _("%(year)s 年度供需缺口分析") % {"year": year},
        year=year, as_of=as_of, created_by_id=actor.user_id,
    )  # fmt: skip
    audit.record(actor, "gap.ordered", study, year=year, as_of=as_of)
    study.run = jobs.start(actor, "gap", study.title, TASK, study_id=study.pk)
    study.save(update_fields=["run"])
    return study


def compute(study_id: int, run_id: int | None = None) -> GapStudy:
    """Freeze what stands on the day and work it all out; all or nothing, twice gives the same."""
    tell = jobs.progress(run_id) if run_id is not None else _silent
    GapStudy.objects.filter(pk=study_id).update(state=StudyState.RUNNING)
    with transaction.atomic():
        study = GapStudy.objects.select_for_update().get(pk=study_id)
        study.lines.all().delete()
        study.figures.all().delete()
        lines = _freeze(study, tell)
        rows = _work_out(study, lines, tell)
        _set_leavers(lines, rows.made)
        tell(80, 100, _("写入结果"))
        GapLine.objects.bulk_create(lines, batch_size=BATCH)
        GapFigure.objects.bulk_create(rows.rows, batch_size=BATCH)
        study.results_hash = _digest(as_plain(rows.rows))
        study.totals = _totals(study, rows)
        study.state, study.note, study.computed_at = StudyState.DONE, "", clock.now()
        study.save()
    return study


def check(actor: Actor, study_id: int) -> bool:
    """Work it out again from the frozen lines alone; true when every figure is the same."""
    study = GapStudy.objects.get(pk=study_id)
    require(can_check(actor, study))
    lines = list(study.lines.order_by("pk"))
    is_same = (
        _digest(_inputs(study, lines)) == study.inputs_hash
        and _digest(as_plain(_work_out(study, lines, _silent).rows)) == study.results_hash
    )
    audit.record(actor, "gap.checked", study, is_success=is_same, results=study.results_hash)
    return is_same


@transaction.atomic
def publish(actor: Actor, study_id: int) -> GapStudy:
    """Let everybody see the study, with small cells hidden."""
    study = GapStudy.objects.select_for_update(of=("self",)).get(pk=study_id)
    require(can_publish(actor, study))
    study.published_at = study.published_at or clock.now()
    study.save(update_fields=["published_at"])
    audit.record(actor, "gap.published", study, results=study.results_hash)
    return study


@transaction.atomic
def withdraw(actor: Actor, study_id: int) -> GapStudy:
    """Take a study out of public sight; what was printed from it stays printed."""
    study = GapStudy.objects.select_for_update(of=("self",)).get(pk=study_id)
    require(can_publish(actor, study))
    study.published_at = None
    study.save(update_fields=["published_at"])
    audit.record(actor, "gap.withdrawn", study)
    return study


def fail(study_id: int, note: str) -> None:
    GapStudy.objects.filter(pk=study_id).exclude(state=StudyState.DONE).update(
        state=StudyState.FAILED, note=note[:300]
    )


def reconcile() -> int:
    """Say of studies whose worker went away that they are not done; returns how many."""
    lost = GapStudy.objects.filter(
        state__in=[StudyState.WAITING, StudyState.RUNNING], run__state=JobState.FAILED
    )
    return lost.update(state=StudyState.FAILED, note="计算进程中断，请重新运行。")


def _freeze(study: GapStudy, tell: Progress) -> list[GapLine]:
    tell(2, 100, _("读取需求与供给"))
    study.parameters = gathering.parameters_on(study.as_of)
    lines = [*gathering.demand_lines(study), *gathering.supply_lines(study)]
    tell(30, 100, _("冻结代码与对照表"))
    study.reference = gathering.reference_of(study, lines)
    study.inputs_hash = _digest(_inputs(study, lines))
    return lines


def _work_out(study: GapStudy, lines: list[GapLine], tell: Progress) -> Writer:
    tell(40, 100, _("计算缺口"))
    made = balanced(lines, study.reference)
    tell(60, 100, _("检查小单元"))
    writer = Writer(study, made, shield(made, study.parameters))
    writer.write()
    return writer


def _set_leavers(lines: Iterable[GapLine], made: Balanced) -> None:
    for line in lines:
        if line.side == Side.SUPPLY:
            line.leavers = made.study.people.get(line_key(line))


def _totals(study: GapStudy, written: Writer) -> dict[str, Any]:
    found = written.made.study
    uncoded = {one.company for one in found.uncoded}
    return {
        "response": gathering.response_of(study.year),
        "left_out": gathering.left_out_of(study),
        "unmapped": {
            "people": found.unmapped_demand,
            "lines": len(found.uncoded),
            "companies": len(uncoded),
        },
        "unlinked": {
            "people": found.unlinked_supply,
            "lines": len(found.unlinked),
        },
        "references": written.references,
        "cell_depths": list(written.made.cell_depths),
        "hidden": len([r for r in written.rows if r.hidden and r.audience == "others"]),
        "flows": len([r for r in written.rows if r.view == View.FLOW]),
    }


def _inputs(study: GapStudy, lines: Iterable[GapLine]) -> dict[str, Any]:
    rows = [[_text(getattr(line, name)) for name in HASHED] for line in lines]
    rows.sort(key=str)
    return {
        "year": study.year, "as_of": study.as_of.isoformat(), "lines": rows,
        "reference": study.reference, "parameters": study.parameters,
    }  # fmt: skip


def _text(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _silent(_done: int, _total: int, _note: str = "") -> None:
    return None
