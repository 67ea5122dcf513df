"""Values of the scene's records that a table's rules or pages want; the others are made up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import count
from typing import Any

from chanjiao.core import clock, files
from chanjiao.core.actor import Actor
from chanjiao.core.sheets import handlers
from chanjiao.organisations.choices import Kind
from chanjiao.organisations.models import Organisation
from chanjiao.standards.choices import System

SEATS = count(1)


@dataclass(frozen=True, slots=True)
class Planted:
    """A value with the field's canary inside it, for fields that hold more than a word."""

    around: Callable[[str], Any]


def a_sheet() -> str:
    """Any sheet of this installation that holds nothing personal: the first in menu order."""
    return next(name for name, handler in handlers().items() if not handler.is_personal)


def kept_bytes(content: str) -> str:
    """The hash of a file that lies in the store."""
    return files.keep(Actor(), content.encode(), "x").sha256


def _neighbour(tenant: Any) -> Any:
    """A second body with a later number, for tables that pair two."""
    name = f"{tenant.organisation.name} 2"
    return Organisation.objects.create(name=name, name_key=name, kind=Kind.COMPANY)


def _first_column() -> Any:
    return handlers()[a_sheet()].sheet.columns[0]


def _fault(canary: str) -> list[dict[str, Any]]:
    return [
        {
            "row": 2, "column": None, "letter": "B", "heading": None, "value": canary,
            "code": "x", "zh": "x", "en": "x",
        }
    ]  # fmt: skip


def _layout(canary: str) -> dict[str, Any]:
    column = _first_column()
    return {
        "rows": 1, "skipped": {}, "matched": [[column.label("zh"), "A", column.name]],
        "unmatched": [[canary, "B", []]],
    }  # fmt: skip


def _evidence_file(tenant: Any) -> Any:
    """A file of its own: the scene's other one came in by an import."""
    return files.keep(Actor(), f"evidence of {tenant.mark}".encode(), "x")


def _flag(canary: str) -> list[dict[str, Any]]:
    return [
        {"start": 0, "end": 0, "kind": "brand", "quote": canary, "candidates": [], "reason": ""}
    ]


def _figure(canary: str) -> dict[str, Any]:
    return {
        "subject": canary, "indicator": "x", "value": "1", "upper": None, "unit": "人",
        "qualifier": "exact", "status": "actual", "period": "2026",
    }  # fmt: skip


# A callable gets the tenant; other tables' records of the same tenant stand in ``tenant.made``.
PARTICULAR: dict[str, dict[str, Any]] = {
    "core.StoredFile": {"sha256": Planted(kept_bytes)},
    "core.JobRun": {"state": "failed", "task_id": ""},
    "core.WorkflowStep": {
        "kind": "demand", "number": 1, "move": "confirm", "from_state": "valid",
        "to_state": "valid", "thing_id": lambda t: t.made["demand.JobDemand"].pk,
    },
    "standards.Code": {
        "system": System.OCCUPATION, "code": "6-18-01-07", "level": 4, "valid_to": None,
        "aliases": Planted(lambda c: [c]),
    },
    "standards.Alignment": {"candidates": Planted(lambda c: [{"code": c, "score": 0.5}])},
    "organisations.Person": {"consent": Planted(lambda c: {"contact": c})},
    "organisations.Merge": {
        "moved": {}, "stayed": {}, "filled": Planted(lambda c: {"note": c}),
        "names": Planted(lambda c: [c]),
    },
    "organisations.Invitation": {
        "role": "M", "expires_at": lambda _t: clock.now() + timedelta(days=7),
        "accepted_at": None, "withdrawn_at": None, "accepted_by": None,
    },
    "organisations.DuplicatePair": {"second": _neighbour},
    "organisations.ApiToken": {"scope": ["standards"], "withdrawn_at": None},
    "industry.ChainNode": {"products": Planted(lambda c: [c]), "techs": Planted(lambda c: [c])},
    "exchange.ImportJob": {
        "sheet": lambda _t: a_sheet(), "state": "unmapped", "changed": 1, "fault_total": 1,
        "warning_total": 1, "layout": Planted(_layout), "faults": Planted(_fault),
        "warnings": Planted(_fault), "fault_counts": {"x": 1},
        "mapping": Planted(lambda c: {c: ""}),
    },
    "exchange.ImportRow": {
        "kind": "changed", "key": Planted(lambda c: [c]),
        "after": Planted(lambda c: {_first_column().name: c}),
        "before": Planted(lambda c: {_first_column().name: c}),
    },
    "demand.SurveyRound": {
        "state": "collecting", "period": "quarter", "frame": {},
        "year": lambda _t: clock.today().year,
        "quarter": lambda _t: (clock.today().month + 2) // 3,
    },
    "demand.RoundTarget": {"state": "nothing"},
    "demand.NothingNeeded": {
        "year": lambda _t: clock.today().year, "reason": "other", "withdrawn_on": None
    },
    "evidence.EvidenceItem": {"file": _evidence_file},
    "evidence.PressPage": {
        "file": _evidence_file, "state": "ready", "refusal": {},
        "text": Planted(str), "repaired": Planted(str),
        "edits": Planted(lambda c: [[0, 0, c, "", ["gloss"]]]), "mends": [],
        "flags": Planted(_flag),
        "notes": Planted(lambda c: [{"code": "pages_without_text", "facts": {"pages": c}}]),
    },
    "evidence.PressArticle": {
        "number": 1,
        "paragraphs": [
            {"role": "body", "spans": [[0, 6]], "start": 0, "cut_off": False, "repeats": None}
        ],
    },
    "evidence.Statement": {
        "kind": "figure", "state": "corrected", "start": 0, "end": 6, "score": 1, "places": [],
        "proposed": Planted(_figure), "content": Planted(_figure),
    },
    "evidence.Decision": {"number": 1, "act": "corrected", "content": {}},
    "fairs.Fair": {
        "state": "inviting", "starts_at": time(8, 30), "ends_at": time(12),
        "held_on": lambda _t: clock.today() + timedelta(days=30),
        "apply_until": lambda _t: clock.today() + timedelta(days=20),
        "cancel_until": lambda _t: clock.today() + timedelta(days=20),
    },
    "fairs.Hall": {"rows": 1, "columns": 1},
    "fairs.Stand": {"row": 1, "column": 1},
    "fairs.Booth": {
        "state": "approved", "tables": 1, "stand": None,
        "representatives": Planted(lambda c: [{"name": c, "phone": "13800138000"}]),
    },
    "fairs.FairPost": {"people": 1, "purpose": "job"},
    "fairs.Intention": {"stage": "applied", "reached": "applied", "shares_contact": False},
    "fairs.IntentionStep": {"stage": "applied"},
    "fairs.Slot": {"after": 0, "minutes": 30, "seats": 5},
    "fairs.Interview": {"seat": lambda _t: next(SEATS), "after": 0},
    "supply.Cohort": {"declared_size": 30},
    "demand.JobDemand": {
        "state": "valid", "coding": "given", "visibility": "members", "headcount": 5, "filled": 1,
        "year": lambda _t: clock.today().year, "intents": [], "merged_into": None,
        "confirmed_on": lambda _t: clock.today() - timedelta(days=120),
        "valid_until": lambda _t: clock.today() + timedelta(days=120),
        "pay_min_yuan": 6000, "pay_max_yuan": 9000,
    },
}  # fmt: skip
