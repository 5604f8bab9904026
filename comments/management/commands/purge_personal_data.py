"""Erase what the privacy page promises to erase; for a timer, once an hour. Prints counts only.

With ``--comment`` it erases at once what somebody asks to have erased, after a moderator has
removed or answered it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from comments import erasure
from comments.models import (
    Comment,
    EarlierText,
    Lease,
    Report,
    Restriction,
    SecondLook,
    Status,
    Watch,
)

_OFF_THE_SITE = [status for status in Status if status.is_off_the_site]
BATCH = 200
"""Comments in one transaction, so that nobody who writes waits long."""


class Command(BaseCommand):
    help = "Erase cut characters, old addresses and the texts of comments removed long ago."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--comment",
            type=int,
            nargs="+",
            metavar="ID",
            help="Erase text, name and address of these removed or answered comments now, and "
            "nothing else.",
        )

    def handle(self, *args: Any, comment: list[int] | None, **options: Any) -> None:
        if comment:
            self._erase_on_request(comment)
            return
        originals = _in_batches(_redacted_for_good(), erasure.destroy_original)
        texts = _in_batches(_removed_long_ago(), erasure.erase_text)
        enquiries = _in_batches(_answered_long_ago(), erasure.erase_all)
        withdrawn = _in_batches(_withdrawn_for_good(), erasure.erase_all)
        people = _in_batches(_addresses_to_forget(), erasure.forget_author)
        self.stdout.write(
            f"{originals} originals of redactions destroyed, {texts} removed texts erased, "
            f"{enquiries} answered enquiries erased, {withdrawn} withdrawn comments erased, "
            f"{people} addresses forgotten."
        )
        Watch.objects.given_up().delete()
        Lease.objects.over().delete()
        Restriction.objects.to_forget().forget()
        earlier, _rows = _replaced_long_ago().delete()
        said = _settled_for_good().update(words="")
        if people or enquiries or withdrawn or earlier or said or erasure.needs_sweeping():
            self._sweep()

    def _erase_on_request(self, pks: list[int]) -> None:
        asked = Comment.objects.filter(pk__in=pks)
        with transaction.atomic():
            comments = list(asked.select_for_update().filter(status__in=_OFF_THE_SITE))
            if missing := sorted(set(pks) - {comment.pk for comment in comments}):
                raise CommandError(
                    "Nothing was erased. Remove these comments at the desk first, or look up their "
                    f"numbers: {', '.join(map(str, missing))}."
                )
            for comment in comments:
                erasure.erase_all(comment)
        self.stdout.write(f"{len(comments)} erased.")
        self._sweep()

    def _sweep(self) -> None:
        if not erasure.sweep() and not connection.in_atomic_block:
            self.stdout.write(
                "The database was too busy to be swept: its file may still hold copies of what was "
                "destroyed. The next run tries again."
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
    redacted = _not_in_question().exclude(redacted_body="", redacted_name="")
    return redacted.filter(changed_at__lte=_undo_is_over())


def _undo_is_over() -> datetime:
    return timezone.now() - timedelta(hours=settings.REDACTION_UNDO_HOURS)


def _removed_long_ago() -> QuerySet[Comment]:
    return _decided_long_ago().filter(status=Status.REMOVED).exclude(body="")


def _withdrawn_for_good() -> QuerySet[Comment]:
    """The time in which its author could put it back is over."""
    withdrawn = Comment.objects.filter(status=Status.WITHDRAWN, changed_at__lte=_undo_is_over())
    return withdrawn.exclude(body="", email="", visitor=None, author_digest="")


def _replaced_long_ago() -> QuerySet[EarlierText]:
    """What an edit replaced; a moderator who has still to decide needs it."""
    decided = EarlierText.objects.exclude(comment__status=Status.WAITING)
    return decided.filter(comment__changed_at__lte=_undo_is_over())


def _settled_for_good() -> QuerySet[Report]:
    """What readers said of a comment, once the decision about it cannot be a slip any more."""
    return Report.objects.filter(settled_by__at__lte=_undo_is_over()).exclude(words="")


def _answered_long_ago() -> QuerySet[Comment]:
    """What a family wrote is needed until the answer cannot be taken back any more, no longer."""
    before = timezone.now() - timedelta(days=settings.CASE_ENQUIRIES_KEPT_DAYS)
    answered = Comment.objects.filter(status=Status.ANSWERED, changed_at__lte=before)
    return answered.exclude(body="", email="", visitor=None, author_digest="")


def _addresses_to_forget() -> QuerySet[Comment]:
    return _decided_long_ago().exclude(email="", visitor=None, author_digest="")


def _decided_long_ago() -> QuerySet[Comment]:
    before = timezone.now() - timedelta(days=settings.KEEP_PERSONAL_DATA_DAYS)
    return _not_in_question().exclude(status=Status.WAITING).filter(changed_at__lte=before)


def _not_in_question() -> QuerySet[Comment]:
    """Whoever takes a second look needs what the first moderator saw, and so does whoever decides
    about a report."""
    unasked = Comment.objects.exclude(pk__in=SecondLook.objects.open().values("comment"))
    return unasked.exclude(status=Status.PUBLISHED, reported_at__isnull=False)
