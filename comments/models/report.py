"""A reader says that something is wrong with a published comment: never who that reader is."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .comment import Comment
from .decision import Decision


class ReportReason(models.TextChoices):
    PERSONAL_INFORMATION = "personal_information", _("It tells something private about a person")
    IMPERSONATION = "impersonation", _("It is written in my name, and not by me")
    THREAT = "threat", _("It threatens somebody")
    HATE_SPEECH = "hate_speech", _("It holds people in contempt for who they are")
    HARASSMENT = "harassment", _("It attacks a person, or will not leave them alone")
    MISLEADING = "misleading", _("It says something wrong that could hurt people")
    ADVERTISING = "advertising", _("It advertises")
    OTHER = "other", _("Something else")


_CANNOT_WAIT = {ReportReason.PERSONAL_INFORMATION, ReportReason.THREAT, ReportReason.HATE_SPEECH}

URGENT_RANK = 0
"""Of a report whose writer may be in distress."""


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> ReportQuerySet:
        """No moderator has decided about them yet."""
        return self.filter(settled_by__isnull=True)

    def settled(self) -> ReportQuerySet:
        return self.filter(settled_by__isnull=False)


class Report(models.Model):
    """Settled by the next decision of a moderator about the comment, and open again once that is
    undone. It holds no address, no cookie and no digest of either.
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="reports")
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    """Of the form: the same report sent twice is one."""
    reason = models.CharField(_("reason"), max_length=24, choices=ReportReason)
    about_me = models.BooleanField(_("about whoever reports it"), default=False)
    words = models.TextField(_("words"), blank=True)
    """For moderators alone. Erased once it is settled for good, and with the comment's text."""
    is_urgent = models.BooleanField(_("in distress"), default=False)
    """Its words read as if whoever wrote them were in distress."""
    hides = models.JSONField(default=list, blank=True)
    """What readers do not see while it is open: spans and types as in ``Decision.cuts``. One of
    the type FAULT stands for a field of which screening could not tell what is personal."""
    at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="settled"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = ()
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self) -> str:
        return f"Report {self.pk} of comment {self.comment_id}"

    @property
    def rank(self) -> int:
        """What counts before age: smaller comes first."""
        if self.is_urgent:
            return URGENT_RANK
        if self.about_me:
            return 1
        return 2 if self.reason in _CANNOT_WAIT else 3
