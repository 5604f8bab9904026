"""By what a waiting comment may be alike to others: digests, for as long as it waits."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .comment import Comment


class Likeness(models.TextChoices):
    """How two comments are alike, the closest first."""

    TEXT = "text", _("same text")
    NEAR = "near", _("nearly the same text")
    LINK = "link", _("same link")
    AUTHOR = "author", _("same author")


class Trait(models.Model):
    """One digest. Two waiting comments that share one are alike, or may be: see ``alike``.

    Only waiting comments have any, so this table stays as small as the queues are, and nothing
    of a text outlives it here.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="traits")
    likeness = models.CharField(max_length=6, choices=Likeness)
    value = models.BigIntegerField()
    """Keyed, so that nobody can try texts against it."""

    class Meta:
        default_permissions = ()
        verbose_name = _("trait of a waiting comment")
        verbose_name_plural = _("traits of waiting comments")
        indexes = [models.Index(fields=["value", "comment"], name="trait_value")]

    def __str__(self) -> str:
        return f"Trait of comment {self.comment_id}"
