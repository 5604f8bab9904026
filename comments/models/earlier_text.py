"""What stood in a comment before its author edited it: for moderators, for a short time."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .comment import Comment


class EarlierText(models.Model):
    """One wording that its author replaced. It goes when the comment's text goes, or before."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="earlier_texts")
    body = models.TextField(_("comment"))
    guarded_body = models.TextField(_("comment, guarded"))
    """For a page of the desk: dots where what could do the worst harm was found."""
    replaced_at = models.DateTimeField(_("replaced"), default=timezone.now)

    class Meta:
        ordering = ["replaced_at", "pk"]
        verbose_name = _("earlier text")
        verbose_name_plural = _("earlier texts")

    def __str__(self) -> str:
        return f"Earlier text of comment {self.comment_id}"
