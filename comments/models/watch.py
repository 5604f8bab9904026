"""An author who wants to hear by e-mail when somebody replies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article

from .comment import Comment, CommentQuerySet, Status

KEPT_UNCONFIRMED = timedelta(days=7)


class WatchQuerySet(models.QuerySet["Watch"]):
    def confirmed(self) -> WatchQuerySet:
        return self.filter(confirmed_at__isnull=False)

    def due(self) -> WatchQuerySet:
        """A letter is to go out: the one that asks to confirm, or one about new replies."""
        to_ask = Q(confirmed_at__isnull=True, asked_by_letter_at__isnull=True)
        is_there = Q(
            comment__status=Status.PUBLISHED, comment__article__in=Article.objects.published()
        )
        new = _new_replies(OuterRef("comment"), OuterRef("confirmed_at")).exclude(
            author_digest=OuterRef("comment__author_digest")
        )
        return self.exclude(comment__email="").filter(to_ask | (is_there & Exists(new)))

    def given_up(self) -> WatchQuerySet:
        """Asked for, and never confirmed."""
        before = timezone.now() - KEPT_UNCONFIRMED
        return self.filter(confirmed_at__isnull=True, asked_at__lte=before)


class Watch(models.Model):
    """Asked for with the comment or on its receipt; on only once the address has confirmed it."""

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="watch")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by_letter_at = models.DateTimeField(null=True, blank=True)
    """The letter with the link to confirm has gone out."""
    confirmed_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    """Somebody is sending a letter since then, as with a notice."""

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("watch for replies")
        verbose_name_plural = _("watches for replies")

    def __str__(self) -> str:
        return f"Watch of comment {self.comment_id}"

    @property
    def new_replies(self) -> CommentQuerySet:
        """Public since this was confirmed, by somebody else, and not told yet."""
        others = _new_replies(self.comment_id, self.confirmed_at)
        return others.exclude(author_digest=self.comment.author_digest).order_by("created_at", "pk")


def _new_replies(comment: Any, since: Any) -> CommentQuerySet:
    untold = Comment.objects.published().filter(parent_told_at__isnull=True)
    return untold.filter(parent=comment, changed_at__gte=since)
