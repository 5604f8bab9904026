"""Who looked at what is not shown to everybody: append-only records without the thing itself."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from auditlog.models import Entry

from .comment import Comment
from .finding import FIELDS, TYPES, Finding

LASTS = timedelta(minutes=10)
"""How long the characters stay shown on the comment's page to whoever asked for them."""


class Reveal(Entry):
    """One look at the characters of one finding. The span tells which, also after a rescreening."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="reveals")
    type = models.CharField(max_length=20, choices=TYPES)
    field = models.CharField(max_length=4, choices=FIELDS)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("reveal")
        verbose_name_plural = _("reveals")

    def __str__(self) -> str:
        return f"{self.type} of comment {self.comment_id} revealed"

    @property
    def is_fresh(self) -> bool:
        return self.at > timezone.now() - LASTS

    def is_of(self, finding: Finding) -> bool:
        mine = (self.type, self.field, self.start, self.end)
        return mine == (finding.type, finding.field, finding.start, finding.end)


class AddressSearch(Entry):
    """One search for the comments of an e-mail address. Nothing here tells which address: the
    comment is the newest that was found, if one was."""

    comment = models.ForeignKey(
        Comment, null=True, on_delete=models.PROTECT, related_name="searches"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("search by address")
        verbose_name_plural = _("searches by address")

    def __str__(self) -> str:
        return f"Search {self.pk}"
