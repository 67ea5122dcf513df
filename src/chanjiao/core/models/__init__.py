"""Tables of the kernel; each lives in the file named after it."""

from chanjiao.core.models.audit import AuditAnchor, AuditEntry, AuditHead
from chanjiao.core.models.files import StoredFile
from chanjiao.core.models.jobs import JobRun, JobState
from chanjiao.core.models.news import Channel, OutboxMessage, OutboxState, Todo
from chanjiao.core.models.parameters import (
    Confidence,
    Holiday,
    ParameterState,
    RuleParameter,
)
from chanjiao.core.models.stamped import TimeStamped
from chanjiao.core.models.workflow import WorkflowStep

__all__ = [
    "AuditAnchor",
    "AuditEntry",
    "AuditHead",
    "Channel",
    "Confidence",
    "Holiday",
    "JobRun",
    "JobState",
    "OutboxMessage",
    "OutboxState",
    "ParameterState",
    "RuleParameter",
    "StoredFile",
    "TimeStamped",
    "Todo",
    "WorkflowStep",
]
