"""What a row of the log is, and the chain that all of them stand in."""

from __future__ import annotations

from typing import Any

from django.db import connection, models, transaction

from . import chain

_LOCK = 7_215_301
"""Any number that nothing else on this database locks; PostgreSQL knows such locks by a number."""


class LinkQuerySet(models.QuerySet["Link"]):
    def append(self, entry: models.Model) -> Link:
        """Tie a row that was just written to the one before it, inside its transaction.

        One writer at a time, until it commits, so that no two rows follow the same one. Whoever
        decides on several comments at once locks all of them before the first decision: this lock
        comes last, or two such people could wait for one another.
        """
        if connection.vendor == "postgresql":  # on SQLite a transaction has one writer anyway
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = self.order_by("pk").last()
        previous = last.digest if last else ""
        return self.create(
            kind=entry._meta.label_lower,
            entry=entry.pk,
            previous=previous,
            digest=chain.digest(entry, previous=previous),
        )


class Link(models.Model):
    """The place of one row in the chain. Holds no content, only the digest of it."""

    kind = models.CharField(max_length=60)
    """Which table the row stands in: ``comments.decision``."""
    entry = models.PositiveBigIntegerField()
    """The number of the row there."""
    previous = models.CharField(max_length=64, unique=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "entry"], name="entry_is_linked_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry}"


class Entry(models.Model):
    """A row of the audit log: written once, chained as it is written.

    It holds no visitor's words, so nothing that has to be destroyed ever stands in it. The
    database refuses what these methods refuse, see ``guard``.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError(f"{self._meta.object_name} is never changed; write another one.")
        with transaction.atomic():
            super().save(*args, **kwargs)
            Link.objects.append(self)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{self._meta.object_name} is never deleted.")
