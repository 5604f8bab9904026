"""The audit log: the database refuses to change it, and the chain tells what was changed anyway."""

from __future__ import annotations

import importlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from io import StringIO
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import ProtectedError

from articles import publishing
from articles.models import Publication
from auditlog import chain, guard
from auditlog.models import Link
from comments import erasure, moderation
from comments.models import (
    AddressSearch,
    Decision,
    RestrictionEntry,
    Reveal,
    SiteRuleVersion,
)
from tests.builders import make_article, make_comment, make_finding

pytestmark = pytest.mark.django_db

migration = importlib.import_module("auditlog.migrations.0002_chain_what_is_there")


def verify(*arguments):
    """What the command printed, and whether it ended well."""
    out = StringIO()
    try:
        call_command("verify_log", *arguments, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}", False
    return out.getvalue(), True


def head():
    return Link.objects.order_by("-pk")[0].digest


@pytest.fixture
def publication(editor):
    return publishing.publish(make_article().revisions.get(), by=editor)


@pytest.fixture
def decision(moderator):
    return moderation.remove(make_comment(), by=moderator, reason="other", note="A short remark.")


@pytest.fixture
def reveal(moderator):
    comment = make_comment(body="My number is 219-09-9999.", status="waiting", queue="pii")
    return moderation.reveal(make_finding(comment, "219-09-9999", type="SSN"), by=moderator)


@pytest.fixture
def entries(publication, decision, reveal):
    """One of each kind, in the order in which they were written."""
    return [publication, decision, reveal]


# The guard -----------------------------------------------------------------------------


def test_decisions_publications_looks_rules_and_acts_on_authors_are_the_log():
    assert set(guard.logs()) == {
        *(Decision, Publication, Reveal, AddressSearch),
        *(SiteRuleVersion, RestrictionEntry),
    }
    assert guard.missing() == []


@pytest.mark.parametrize("model", [Decision, Publication, Reveal])
def test_an_entry_refuses_to_be_saved_again_or_deleted(model, entries):
    entry = model.objects.last()
    with pytest.raises(TypeError, match="never changed"):
        entry.save()
    with pytest.raises(TypeError, match="never deleted"):
        entry.delete()


@pytest.mark.parametrize("model", [Decision, Publication, Reveal, Link])
def test_the_database_refuses_to_change_a_row_of_the_log(model, entries):
    table, pk = model._meta.db_table, model.objects.order_by("pk").last().pk
    before = model.objects.order_by("pk").values().last()
    statements = [f"UPDATE {table} SET id = id WHERE id = {pk}", f"DELETE FROM {table}"]
    connection.check_constraints()  # what is still to be checked would keep TRUNCATE waiting
    if connection.vendor == "postgresql":
        statements += [f"TRUNCATE {table} CASCADE"]
    else:
        statements += [f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = {pk}"]
    for statement in statements:
        with (
            pytest.raises(IntegrityError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model.objects.filter(pk=pk).update(id=pk)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model.objects.filter(pk=pk)._raw_delete("default")
    assert model.objects.order_by("pk").values().last() == before


def test_what_the_log_speaks_of_cannot_be_deleted_under_it(entries, moderator):
    publication, decision, reveal = entries
    for gone in (decision.comment, reveal.comment, publication.article, moderator):
        with pytest.raises(ProtectedError):
            gone.delete()


def test_a_destruction_leaves_the_log_as_it_is(decision, moderator):
    before = Decision.objects.values().get(pk=decision.pk)
    erasure.destroy_now(decision.comment, by=moderator)
    decision.comment.refresh_from_db()
    assert decision.comment.body == ""
    assert Decision.objects.values().get(pk=decision.pk) == before
    assert verify()[1]


def test_a_guard_that_is_gone_is_reported_and_stands_again_after_migrate():
    guard.lift()
    told, is_whole = verify()
    assert not is_whole
    assert "comments_decision_no_" in told
    assert "trigger is missing" in told
    call_command("migrate", verbosity=0)
    assert guard.missing() == []
    assert verify()[1]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite switches no trigger off.")
def test_a_trigger_that_is_switched_off_is_reported():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE comments_decision DISABLE TRIGGER comments_decision_no_change")
    assert guard.missing() == ["comments_decision_no_change"]


# The chain -----------------------------------------------------------------------------


def test_every_row_is_tied_to_the_one_before_whatever_its_table(entries):
    links = list(Link.objects.order_by("pk"))
    assert [(link.kind, link.entry) for link in links[-3:]] == [
        (entry._meta.label_lower, entry.pk) for entry in entries
    ]
    assert [link.previous for link in links] == ["", *(link.digest for link in links[:-1])]
    told, is_whole = verify()
    assert is_whole
    assert f"the last is comments.reveal {entries[-1].pk}. Head: {head()}" in told


def test_the_digest_is_of_what_the_database_holds(entries):
    for entry in entries:
        stored = type(entry).objects.get(pk=entry.pk)
        assert chain.content(entry) == chain.content(stored)
        assert chain.digest(stored, previous="") != chain.digest(stored, previous="0")


def test_the_spelling_of_a_row_is_one_whatever_the_zone_and_leaves_out_what_is_empty():
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    there = at.astimezone(timezone(timedelta(hours=-5)))
    one = Decision(pk=7, comment_id=3, by_id=2, action="remove", reason="other", at=at, version=2)
    other = Decision(pk=7, comment_id=3, by_id=2, action="remove", reason="other", at=there)
    other.version = 2
    assert chain.content(one) == chain.content(other)
    assert chain.content(one) == (
        '{"action":"remove","at":"2026-03-01T12:00:00.000000+00:00","by_id":2,"comment_id":3,'
        '"id":7,"reason":"other","version":2}'
    )


def test_a_changed_row_is_named(entries):
    publication, decision, _reveal = entries
    guard.lift()
    Decision.objects.filter(pk=decision.pk).update(note="Another remark.")
    Publication.objects.filter(pk=publication.pk).update(by=decision.by)
    guard.install()
    told, is_whole = verify()
    assert not is_whole
    assert told.splitlines()[:2] == [
        f"articles.publication {publication.pk}: does not say any more what was written.",
        f"comments.decision {decision.pk}: does not say any more what was written.",
    ]
    assert told.endswith("The log is broken in 2 places.")


def test_a_deleted_row_and_a_taken_out_link_are_named(entries):
    _publication, decision, reveal = entries
    guard.lift()
    Reveal.objects.filter(pk=reveal.pk)._raw_delete("default")
    Link.objects.filter(kind="comments.decision", entry=decision.pk).delete()
    guard.install()
    told, is_whole = verify()
    assert not is_whole
    assert f"comments.reveal {reveal.pk}: deleted." in told
    assert f"comments.reveal {reveal.pk}: does not follow articles.publication" in told
    assert f"comments.decision {decision.pk}: stands in the table, but was never written" in told


def test_a_row_slipped_past_the_chain_is_named(decision):
    Decision.objects.bulk_create(
        [
            Decision(
                comment=decision.comment,
                action="restore",
                by=decision.by,
                version=99,
                status_before="removed",
                status_after="published",
            )
        ]
    )
    told, is_whole = verify()
    assert not is_whole
    assert "stands in the table, but was never written to the log" in told


def test_a_log_written_anew_is_whole_but_for_the_digest_noted_before(entries):
    _publication, decision, _reveal = entries
    noted = head()
    assert verify("--head", noted)[1]
    guard.lift()
    Decision.objects.filter(pk=decision.pk).update(note="Another remark.")
    Link.objects.all().delete()
    migration.chain_what_is_there(apps, None)
    guard.install()
    assert verify()[1]
    told, is_whole = verify("--head", noted)
    assert not is_whole
    assert "The digest noted is not in the log" in told


def test_an_older_digest_says_how_much_came_since(entries, moderator):
    noted = head()
    moderation.restore(entries[1].comment, by=moderator)
    told, is_whole = verify("--head", f" {noted.upper()}\n")
    assert is_whole
    assert f"is that of comments.reveal {entries[-1].pk}; 1 rows since." in told


def test_the_migration_chains_what_was_there_before_and_can_be_taken_back(entries):
    was = list(Link.objects.order_by("pk").values_list("kind", "entry", "digest"))
    migration.let_go(apps, SimpleNamespace(connection=connection))
    assert Link.objects.count() == 0
    migration.chain_what_is_there(apps, None)
    assert sorted(Link.objects.values_list("kind", "entry")) == sorted(
        (kind, entry) for kind, entry, _digest in was
    )
    guard.install()
    assert verify()[1]


def test_the_chain_comes_after_every_table_of_the_log_has_its_columns():
    """On a fresh site rows are written by migrations, and chained by the last of ours."""
    plan = MigrationExecutor(connection).loader.graph.forwards_plan(
        ("auditlog", "0002_chain_what_is_there")
    )
    assert {app for app, _name in plan} >= {"articles", "comments"}
    assert Link.objects.filter(kind="articles.publication").exists()


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_make_one_chain(moderator):
    comments = [make_comment() for _number in range(24)]
    before = Link.objects.count()
    barrier = Barrier(4)

    def decide(mine):
        try:
            barrier.wait(timeout=20)
            for comment in mine:
                moderation.remove(comment, by=moderator, reason="other")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(decide, [comments[number::4] for number in range(4)]))
    assert Decision.objects.count() == Link.objects.count() - before == 24
    assert verify()[1]


def test_a_decision_that_is_rolled_back_leaves_no_link(moderator):
    comment = make_comment()
    before = Link.objects.count()
    with transaction.atomic():
        moderation.remove(comment, by=moderator, reason="other")
        assert Link.objects.count() == before + 1
        transaction.set_rollback(True)
    assert Link.objects.count() == before
