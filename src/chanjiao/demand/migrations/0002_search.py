"""Text search over ``search_text`` with what each database does best.

PostgreSQL: a GIN index over the terms as lexemes, so no parser or locale decides what a Chinese
word is. SQLite: an FTS5 table kept by triggers. A later migration that rebuilds the table on
SQLite drops the triggers with it and has to run ``search_triggers`` again.
"""

from django.db import migrations

TABLE, INDEX = "demand_jobdemand", "demand_jobdemand_terms"
POSTGRESQL = (
    f"CREATE INDEX {INDEX} ON {TABLE} USING gin "
    "(array_to_tsvector(string_to_array(search_text, ' '))) WITH (fastupdate = off)",
)
SQLITE = (
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5("
    f"search_text, content='{TABLE}', content_rowid='id', "
    "tokenize=\"unicode61 remove_diacritics 0 tokenchars '+#.'\", prefix='1 2', detail='none')",
)
TRIGGERS = (
    f"CREATE TRIGGER {INDEX}_added AFTER INSERT ON {TABLE} BEGIN "
    f"INSERT INTO {INDEX}(rowid, search_text) VALUES (new.id, new.search_text); END",
    f"CREATE TRIGGER {INDEX}_gone AFTER DELETE ON {TABLE} BEGIN "
    f"INSERT INTO {INDEX}({INDEX}, rowid, search_text) "
    "VALUES ('delete', old.id, old.search_text); END",
    f"CREATE TRIGGER {INDEX}_changed AFTER UPDATE OF search_text ON {TABLE} "
    "WHEN old.search_text IS NOT new.search_text BEGIN "
    f"INSERT INTO {INDEX}({INDEX}, rowid, search_text) "
    "VALUES ('delete', old.id, old.search_text); "
    f"INSERT INTO {INDEX}(rowid, search_text) VALUES (new.id, new.search_text); END",
)


def build(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        statements = POSTGRESQL
    else:
        statements = (*SQLITE, *TRIGGERS, f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")
    for statement in statements:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}", params=None)
        return
    for name in ("added", "gone", "changed"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {INDEX}_{name}", params=None)
    schema_editor.execute(f"DROP TABLE IF EXISTS {INDEX}", params=None)


class Migration(migrations.Migration):
    dependencies = [("demand", "0001_initial")]
    operations = [migrations.RunPython(build, drop)]
