"""Triggers with which the database itself refuses to change or delete a row of the log."""

from __future__ import annotations

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from .models import Entry, Link

_REFUSAL = "The audit log is append-only."

_SQLITE = {
    "{table}_no_update": "CREATE TRIGGER IF NOT EXISTS {name} BEFORE UPDATE ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    "{table}_no_delete": "CREATE TRIGGER IF NOT EXISTS {name} BEFORE DELETE ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
}
_POSTGRESQL = {
    "{table}_no_change": "CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION auditlog_refuse()",
    "{table}_no_truncate": "CREATE OR REPLACE TRIGGER {name} BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION auditlog_refuse()",
}
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION auditlog_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""


def logs() -> list[type[Entry]]:
    """Every kind of row that the log is made of."""
    return [model for model in apps.get_models() if issubclass(model, Entry)]


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """After every migrate: SQLite forgets the triggers of a table that a migration rebuilds."""
    connection = connections[using]
    there = connection.introspection.table_names()
    if Link._meta.db_table not in there:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table in _tables():
            if table in there:
                for name, statement in _triggers(connection).items():
                    cursor.execute(statement.format(name=name.format(table=table), table=table))


def lift(using: str = DEFAULT_DB_ALIAS) -> None:
    """Let rows be changed: for a migration that has to, and for tests that empty the database."""
    connection = connections[using]
    on_table = " ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for table in _tables():
            for name in _triggers(connection):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}".format(table=table))


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Triggers that are not there, or are switched off."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
    wanted = (name.format(table=table) for table in _tables() for name in _triggers(connection))
    return [name for name in wanted if name not in there]


def _tables() -> list[str]:
    models_: list[type[models.Model]] = [Link, *logs()]
    return [model._meta.db_table for model in models_]


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
