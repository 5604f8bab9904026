"""Who has a waiting comment open, so that two people do not read it at once. No lock: whoever
decides first has decided, as the comment's version says."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .comment import Comment

LASTS = timedelta(minutes=5)
"""Then a comment is free again, whatever became of the page."""


class LeaseQuerySet(models.QuerySet["Lease"]):
    def in_force(self) -> LeaseQuerySet:
        return self.filter(since__gt=timezone.now() - LASTS)

    def over(self) -> LeaseQuerySet:
        return self.filter(since__lte=timezone.now() - LASTS)

    def take(self, comment: Comment, *, by: User) -> None:
        """Unless a colleague has it; one's own begins anew."""
        lease = getattr(comment, "lease", None)
        if lease is None or not lease.is_in_force or lease.by_id == by.pk:
            self.bulk_create(
                [Lease(comment=comment, by=by)],
                update_conflicts=True,
                unique_fields=["comment"],
                update_fields=["by", "since"],
            )


class Lease(models.Model):
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="lease")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    objects = LeaseQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("comment that somebody has open")
        verbose_name_plural = _("comments that somebody has open")

    def __str__(self) -> str:
        return f"Comment {self.comment_id} is open"

    @property
    def is_in_force(self) -> bool:
        return self.since > timezone.now() - LASTS
