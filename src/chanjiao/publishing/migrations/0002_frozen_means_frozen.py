"""Triggers by which the database itself refuses to change what was frozen or published.

Links to people may still be cleared when an account goes; content, dates and reasons may not.
"""

from django.db import migrations

GUARDED = {
    "publishing_snapshot": (
        "seal", "content_id", "material_id", "number", "version", "as_of", "headcount", "companies", "lines",
        "posts", "rows", "asked", "answered", "tools", "frozen_at",
    ),
    "publishing_snapshotfile": ("snapshot_id", "format", "file_id", "seal"),
    "publishing_snapshotrow": (
        "snapshot_id", "kind", "position", "group", "occupation", "name", "title", "company",
        "industry", "education", "skill_level", "headcount", "companies", "pay_low", "pay_high",
    ),
    "publishing_version": (
        "publication_id", "number", "snapshot_id", "correction", "changed_rows", "published_at",
    ),
}
FUNCTION = "publishing_refuse_change"
SAID = "what was frozen or published is not changed; publish a correction instead"


def guard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger AS $$ "
            f"BEGIN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$ LANGUAGE plpgsql"
        )
    for table, columns in GUARDED.items():
        listed = ", ".join(schema_editor.quote_name(column) for column in columns)
        body = {
            "postgresql": f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
            "sqlite": f"FOR EACH ROW BEGIN SELECT RAISE(ABORT, '{SAID}'); END",
        }[vendor]
        schema_editor.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {listed} ON {table} {body}"
        )


def unguard(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in GUARDED:
        place = f" ON {table}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen{place}")
    if is_postgresql:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {FUNCTION}()")


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
