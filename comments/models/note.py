"""What colleagues tell one another about a comment or its author: no decision, and not kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .comment import Comment

LONGEST_NOTE = 500


class NoteQuerySet(models.QuerySet["Note"]):
    def on(self, comment: Any) -> NoteQuerySet:
        """On the comment itself."""
        return self.filter(comment=comment, author_digest="")

    def on_author(self, digest: Any) -> NoteQuerySet:
        """On whoever writes under this address."""
        return self.exclude(author_digest="").filter(author_digest=digest)


class Note(models.Model):
    """Shown on the desk beside the comment, or beside all that its author wrote.

    It is no row of the log: its writer can delete it, and it goes with what it is about.
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="notes")
    """The one that it was written beside."""
    author_digest = models.CharField(max_length=64, blank=True, editable=False)
    """As that of the comment, where the note is on its author; empty for one on the comment."""
    text = models.CharField(_("note"), max_length=LONGEST_NOTE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = ()
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [
            models.Index(
                fields=["author_digest"], condition=~Q(author_digest=""), name="note_on_author"
            )
        ]

    def __str__(self) -> str:
        return f"Note {self.pk}"

    @property
    def is_on_author(self) -> bool:
        return bool(self.author_digest)
