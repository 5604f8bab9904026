"""The letters to authors: written down with the decision, so that none is lost on its way."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .decision import Decision


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unsent(self) -> NoticeQuerySet:
        """Still to go out. What failed before stands behind, so that it blocks nobody's letter."""
        unsent = self.filter(sent_at__isnull=True, given_up_at__isnull=True)
        return unsent.order_by("attempts", "pk")

    def give_up(self) -> int:
        """Let them stay at home for good, and forget what was only needed to write them."""
        return self.update(given_up_at=timezone.now(), state="")


class Notice(models.Model):
    """The letter about one decision. Its words are made when it is sent and kept nowhere."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="notice")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    """There is no address that takes it, or a later decision made the letter untrue."""
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    """Somebody is sending it since then; nobody else does, unless they seem to have died."""
    state = models.CharField(max_length=10, blank=True)
    """Code of the state or country whose helpers the letter names; forgotten once it is sent."""

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(
                fields=["attempts", "id"],
                condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="notice_unsent",
            )
        ]

    def __str__(self) -> str:
        return f"Notice on decision {self.decision_id}"
