"""The index behind ``articles.search``.

SQLite drops triggers with their table, and Django rebuilds a table to change it. A later
migration that alters the article's table on SQLite must therefore run ``build`` again; the test
that saves an article and searches for it fails until it does.
"""

from __future__ import annotations

from django.db import migrations

SQLITE_BUILD = [
    """
    CREATE VIRTUAL TABLE articles_search USING fts5(
        headline, standfirst, plain_text,
        content='articles_article', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER articles_search_insert AFTER INSERT ON articles_article BEGIN
        INSERT INTO articles_search(rowid, headline, standfirst, plain_text)
        VALUES (new.id, new.headline, new.standfirst, new.plain_text);
    END
    """,
    """
    CREATE TRIGGER articles_search_delete AFTER DELETE ON articles_article BEGIN
        INSERT INTO articles_search(articles_search, rowid, headline, standfirst, plain_text)
        VALUES ('delete', old.id, old.headline, old.standfirst, old.plain_text);
    END
    """,
    """
    CREATE TRIGGER articles_search_update
    AFTER UPDATE OF headline, standfirst, plain_text ON articles_article BEGIN
        INSERT INTO articles_search(articles_search, rowid, headline, standfirst, plain_text)
        VALUES ('delete', old.id, old.headline, old.standfirst, old.plain_text);
        INSERT INTO articles_search(rowid, headline, standfirst, plain_text)
        VALUES (new.id, new.headline, new.standfirst, new.plain_text);
    END
    """,
    "INSERT INTO articles_search(articles_search) VALUES ('rebuild')",
]
SQLITE_DROP = [
    "DROP TRIGGER IF EXISTS articles_search_insert",
    "DROP TRIGGER IF EXISTS articles_search_delete",
    "DROP TRIGGER IF EXISTS articles_search_update",
    "DROP TABLE IF EXISTS articles_search",
]
POSTGRESQL_BUILD = [
    """
    CREATE INDEX articles_search ON articles_article USING gin (
        to_tsvector('english', headline || ' ' || standfirst || ' ' || plain_text)
    )
    """
]
POSTGRESQL_DROP = ["DROP INDEX IF EXISTS articles_search"]


def build(apps, schema_editor):
    drop(apps, schema_editor)
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE_BUILD if is_sqlite else POSTGRESQL_BUILD:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE_DROP if is_sqlite else POSTGRESQL_DROP:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(build, drop)]
