"""Hours that were times of the clock become minutes after the opening, and no booking is lost."""

from datetime import date, time

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = [("fairs", "0002_intentions")], [("fairs", "0003_hours_from_the_opening")]


@pytest.fixture
def old(transactional_db):
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps.get_model
    latest = MigrationExecutor(connection)
    latest.migrate([key for key in latest.loader.graph.leaf_nodes() if key[0] == "fairs"])


def test_hours_are_counted_from_a_booths_first_one(old):
    body = old("organisations", "Organisation").objects.create(name="甲", name_key="甲")
    fair = old("fairs", "Fair").objects.create(
        name="秋", kind="general", held_on=date(2026, 10, 20), starts_at=time(9), host=body,
        ends_at=time(12), apply_until=date(2026, 10, 1), cancel_until=date(2026, 10, 1),
    )  # fmt: skip
    booth = old("fairs", "Booth").objects.create(fair=fair, company=body)
    for hour in (time(8, 30), time(9, 10)):  # laid out before the fair was moved to nine
        old("fairs", "Slot").objects.create(booth=booth, starts_at=hour, minutes=40, seats=1)
    executor = MigrationExecutor(connection)
    executor.migrate(AFTER)
    new = executor.loader.project_state(AFTER).apps.get_model
    assert list(new("fairs", "Slot").objects.values_list("after", flat=True)) == [0, 40]
