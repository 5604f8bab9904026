"""An author asks that somebody else decides once more: about one decision, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .comment import Comment, Status
from .decision import Action, Decision

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

ANSWERED_WITHIN = timedelta(days=7)
"""What authors are promised."""


class SecondLookQuerySet(models.QuerySet["SecondLook"]):
    def open(self) -> SecondLookQuerySet:
        """Somebody waits for an answer: whoever may be in distress, then the longest first; not
        while they have it withdrawn."""
        still_there = Q(comment__status__in=[Status.REMOVED, Status.PUBLISHED])
        unanswered = self.filter(still_there, outcome__isnull=True).exclude(comment__body="")
        return unanswered.order_by("-is_urgent", "asked_at", "pk")


class SecondLook(models.Model):
    """Asked for by the author; answered by another moderator than the one who decided."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="second_looks")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="second_look")
    """The one in question."""
    words = models.TextField(_("what its author says to it"), blank=True)
    """Erased with the text of the comment."""
    guarded_words = models.TextField(_("what its author says, guarded"), blank=True)
    """For a page of the desk: dots where what could do the worst harm was found."""
    is_urgent = models.BooleanField(_("its author may be in distress"), default=False)
    alarmed_at = models.DateTimeField(_("moderators were told"), null=True, editable=False)
    """When a mail went out because of distress in these words."""
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    outcome = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="answers"
    )
    answer = models.TextField(_("answer"), blank=True)
    """What the moderator writes to the author, in words of their own."""

    objects = SecondLookQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("second look")
        verbose_name_plural = _("second looks")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__isnull=True, answer="")
                | Q(outcome__isnull=False) & ~Q(answer=""),
                name="second_look_is_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"Second look at decision {self.decision_id}"

    @property
    def is_open(self) -> bool:
        return self.outcome_id is None

    @property
    def has_changed_it(self) -> bool:
        return self.outcome is not None and self.outcome.action != Action.UPHOLD

    @property
    def due_at(self) -> datetime:
        return self.asked_at + ANSWERED_WITHIN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and timezone.now() > self.due_at

    @property
    def days(self) -> int:
        """How long its author has waited, in whole days."""
        return (timezone.now() - self.asked_at).days

    def may_be_answered_by(self, user: User | AnonymousUser) -> bool:
        return user.pk != self.decision.by_id
