"""Erase what the privacy page promises to erase; for a timer, once an hour. Prints counts only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from comments.models import Comment, Finding, Notice, Status

BATCH = 200
"""Comments in one transaction, so that nobody who writes waits long."""


class Command(BaseCommand):
    help = "Erase cut characters, old addresses and the texts of comments removed long ago."

    def handle(self, *args: Any, **options: Any) -> None:
        originals = _in_batches(_redacted_for_good(), _destroy_original)
        texts = _in_batches(_removed_long_ago(), _erase_text)
        people = _in_batches(_addresses_to_forget(), _forget_author)
        self.stdout.write(
            f"{originals} originals of redactions destroyed, {texts} removed texts erased, "
            f"{people} addresses forgotten."
        )


def _in_batches(due: QuerySet[Comment], erase: Callable[[Comment], None]) -> int:
    """Do it to every comment that is due, each looked at again under its lock."""
    total = 0
    while True:
        with transaction.atomic():
            batch = list(due.select_for_update().order_by("pk")[:BATCH])
            for comment in batch:
                erase(comment)
        total += len(batch)
        if len(batch) < BATCH:
            return total


def _redacted_for_good() -> QuerySet[Comment]:
    """The time to undo the redaction is over."""
    since = timezone.now() - timedelta(hours=settings.REDACTION_UNDO_HOURS)
    return Comment.objects.exclude(redacted_body="").filter(changed_at__lte=since)


def _destroy_original(comment: Comment) -> None:
    _keep_only(comment.redacted_body, comment)


def _removed_long_ago() -> QuerySet[Comment]:
    return _decided_long_ago().filter(status=Status.REMOVED).exclude(body="")


def _erase_text(comment: Comment) -> None:
    _keep_only("", comment)


def _addresses_to_forget() -> QuerySet[Comment]:
    return _decided_long_ago().exclude(Q(email="") & Q(visitor__isnull=True))


def _forget_author(comment: Comment) -> None:
    comment.email = ""
    comment.visitor = None
    comment.save(update_fields=["email", "visitor"])
    Notice.objects.unsent().filter(decision__comment=comment).update(given_up_at=timezone.now())


def _decided_long_ago() -> QuerySet[Comment]:
    before = timezone.now() - timedelta(days=settings.KEEP_PERSONAL_DATA_DAYS)
    return Comment.objects.exclude(status=Status.WAITING).filter(changed_at__lte=before)


def _keep_only(text: str, comment: Comment) -> None:
    """Destroy all else that was written; findings go too, for they say what stood where.

    A page that still shows the old text is stale from now on.
    """
    comment.body = text
    comment.redacted_body = ""
    comment.original_destroyed_at = timezone.now()
    comment.version += 1
    comment.save(update_fields=["body", "redacted_body", "original_destroyed_at", "version"])
    Finding.objects.filter(comment=comment).delete()
