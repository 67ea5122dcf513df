"""The list as it is frozen or would be now, with its checks and what changed since the last."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from chanjiao.core import clock
from chanjiao.publishing.checking import Check, checks, failed, limits, mends
from chanjiao.publishing.choices import PublicationState
from chanjiao.publishing.editions import edition_now
from chanjiao.publishing.models import Quarter, Version
from chanjiao.publishing.queries import edition_of
from chanjiao.publishing.snapshot import Difference, Edition, differences


@dataclass(frozen=True, slots=True)
class Preview:
    edition: Edition
    checks: list[Check]
    before: Version | None
    changed: list[Difference]

    @property
    def failed(self) -> int:
        return failed(self.checks)


def preview(quarter: Quarter) -> Preview:
    """Raises ``LookupError`` when the rules that a list is cut by have not been loaded."""
    frozen = quarter.snapshot
    edition = edition_of(frozen) if frozen else edition_now(quarter, clock.now())
    before = version_before(quarter)
    was = edition_of(before.snapshot).data if before else None
    changed = differences(was, edition.data) if was else None
    found = checks(edition, changed, limits(quarter.as_of))
    if was and was["number"] == edition.data["number"] and not quarter.snapshot:
        found.append(mends(was, edition.data))
    return Preview(edition, found, before, changed or [])


def version_before(quarter: Quarter) -> Version | None:
    """The last published list of this quarter or, when there is none yet, of the one before."""
    rows = (
        Version.objects.filter(publication__state=PublicationState.PUBLISHED)
        .select_related("snapshot", "publication__quarter")
        .order_by("-publication__quarter__year", "-publication__quarter__number", "-number")
    )
    place = (quarter.year, quarter.number)
    return next(
        (
            row
            for row in rows
            if (row.publication.quarter.year, row.publication.quarter.number) <= place
        ),
        None,
    )


def check_missing(quarter: Quarter) -> str | None:
    """Why the list cannot be frozen: the first failed check, in its own words."""
    try:
        found = preview(quarter).checks
    except LookupError as missing:
        return _("规则参数没有载入：%(what)s") % {"what": missing}
    faults = [check for check in found if check.outcome == "fail"]
    return f"{faults[0].name}：{faults[0].detail}" if faults else None
