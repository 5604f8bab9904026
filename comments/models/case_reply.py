"""Letters that staff have written beforehand for people who ask us to look at a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

LONGEST_TITLE = 80
LONGEST_TEXT = 4000


class CaseReply(models.Model):
    """A saved letter as it stands now. All that it ever was is in its versions."""

    title = models.CharField(
        _("title"),
        max_length=LONGEST_TITLE,
        help_text=_("For moderators; it is not part of the letter."),
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)
    is_archived = models.BooleanField(_("archived"), default=False)
    number = models.PositiveIntegerField(default=1)
    """Of its newest version."""

    if TYPE_CHECKING:
        versions: RelatedManager[CaseReplyVersion]

    class Meta:
        verbose_name = _("saved reply")
        verbose_name_plural = _("saved replies")
        permissions = [("edit_case_replies", "May write the saved replies to case enquiries")]

    def __str__(self) -> str:
        return self.title


class CaseReplyVersionQuerySet(models.QuerySet["CaseReplyVersion"]):
    def to_send(self) -> CaseReplyVersionQuerySet:
        """The newest of every reply in use; the oldest reply of a language is offered first."""
        newest = self.filter(number=models.F("reply__number"), is_archived=False)
        return newest.select_related("reply").order_by("language", "reply")


class CaseReplyVersion(models.Model):
    """One saved state of a letter, by whom and when. Never changed, never deleted."""

    class Action(models.TextChoices):
        SAVED = "saved", _("Saved")
        RESTORED = "restored", _("Restored from an older version")
        ARCHIVED = "archived", _("Archived")
        BROUGHT_BACK = "brought_back", _("Taken out of the archive")

    reply = models.ForeignKey(CaseReply, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=12, choices=Action, default=Action.SAVED)
    title = models.CharField(max_length=LONGEST_TITLE)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.TextField()
    is_archived = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Nobody for what came with the program."""

    objects = CaseReplyVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of a saved reply")
        verbose_name_plural = _("versions of saved replies")
        constraints = [
            models.UniqueConstraint(fields=["reply", "number"], name="case_reply_counts_versions"),
            models.CheckConstraint(condition=Q(number__gte=1), name="case_reply_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A version is never changed; save another one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("A version is never deleted.")

    @property
    def is_current(self) -> bool:
        """Whether this is what a moderator may send now."""
        return self.number == self.reply.number and not self.is_archived
