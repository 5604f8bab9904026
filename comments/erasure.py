"""Destroying what was written: cut characters, removed texts, addresses. Nothing brings it back.

What readers see stays as it is. Besides the rows themselves, the places where a database keeps
what it has overwritten are emptied too, as far as it lets us: see ``sweep``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from . import moderation
from .models import (
    Comment,
    Decision,
    EarlierText,
    Finding,
    Note,
    Notice,
    Report,
    Restriction,
    SecondLook,
    Status,
    Trait,
    Watch,
)


def destroy_now(
    comment: Comment, *, by: User, version: int | None = None, also: Iterable[Comment] = ()
) -> Decision:
    """Destroy what was cut, or all of a removed comment, before the time for an undo is over.

    ``also`` are other comments that hold the same characters: all of them or none.
    """
    with transaction.atomic():
        decision = _destroy(comment, by=by, version=version)
        for other in also:
            _destroy(other, by=by, version=other.version)
    sweep()
    return decision


def _destroy(comment: Comment, *, by: User, version: int | None) -> Decision:
    decision = moderation.record_destruction(comment, by=by, version=version)
    current = Comment.objects.get(pk=comment.pk)
    if Status(current.status).is_off_the_site:
        erase_all(current)
    else:
        destroy_original(current)
    return decision


def destroy_original(comment: Comment) -> None:
    """What was cut exists no longer; the redacted text is the comment.

    What a report hides was never cut. Nobody decided about it, so this is not for a comment with
    a report that waits: :func:`moderation.record_destruction` and the purge see to that.
    """
    _keep_only(
        comment.redacted_body or comment.body, comment.redacted_name or comment.name, comment
    )


def erase_text(comment: Comment) -> None:
    """Nothing of a removed comment stays but its history."""
    _keep_only("", "", comment)


def erase_all(comment: Comment) -> None:
    erase_text(comment)
    forget_author(comment)


def forget_author(comment: Comment) -> None:
    """Nothing tells any more who wrote it. What staff noted about it goes too, and with the last
    comment of its author what they noted about them.
    """
    author = comment.author_digest
    comment.email = ""
    comment.visitor = None
    comment.author_digest = ""
    comment.save(update_fields=["email", "visitor", "author_digest"])
    Notice.objects.unsent().filter(decision__comment=comment).give_up()
    Watch.objects.filter(comment=comment).delete()
    Note.objects.on(comment).delete()
    if author and not Comment.objects.filter(author_digest=author).exists():
        Note.objects.on_author(author).delete()
        Restriction.objects.of(author).to_forget().forget()


def _keep_only(text: str, name: str, comment: Comment) -> None:
    """Destroy all else that was written; findings go too, for they say what stood where.

    So does the digest of the submission: whoever had the site's key could try numbers against
    it. A page that still shows the old text is stale from now on.
    """
    comment.body, comment.redacted_body = text, ""
    comment.name, comment.redacted_name = name, ""
    comment.hidden_body = comment.hidden_name = ""
    comment.original_destroyed_at = timezone.now()
    comment.submission_digest = uuid4().hex
    comment.version += 1
    comment.save(
        update_fields=[
            "body",
            "redacted_body",
            "name",
            "redacted_name",
            "hidden_body",
            "hidden_name",
            "original_destroyed_at",
            "submission_digest",
            "version",
        ]
    )
    Finding.objects.filter(comment=comment).delete()
    EarlierText.objects.filter(comment=comment).delete()
    SecondLook.objects.filter(comment=comment).update(words="", guarded_words="")
    Report.objects.filter(comment=comment).update(words="", hides=[])


def sweep() -> bool:
    """Rid the database of what it keeps of overwritten rows; whether all of that is gone now.

    SQLite overwrites deleted rows with zeros (``secure_delete``), but what it moves when a page
    splits leaves copies behind, and its journal holds older pages: it is written anew, and the
    journal emptied. PostgreSQL keeps an old row until a vacuum frees its place. Neither can be
    done inside a transaction; whoever destroys calls this after it.
    """
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            for model in (Comment, Finding, EarlierText, SecondLook, Report, Trait, Note):
                cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
            return True
        try:
            # The copy that is made on the way can be as large as the database: not in memory.
            cursor.execute("PRAGMA temp_store=FILE")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, *_pages = cursor.fetchone()
        except OperationalError:  # somebody held the database for longer than we wait
            return False
        finally:
            cursor.execute("PRAGMA temp_store=MEMORY")
        return not busy


def needs_sweeping() -> bool:
    """Whether anything was destroyed in the last day: time enough for a sweep to succeed."""
    since = timezone.now() - timedelta(days=1)
    return Comment.objects.filter(original_destroyed_at__gte=since).exists()
