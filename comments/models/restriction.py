"""An author whose new comments wait, or are not taken for a time; and the log of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from auditlog.models import Entry

from .comment import Comment
from .decision import Reason
from .note import LONGEST_NOTE

LONGEST_BLOCK = timedelta(days=365)


class RestrictionAction(models.TextChoices):
    MUTE = "mute", _("Muted")
    BLOCK = "block", _("Blocked")
    LIFT = "lift", _("Lifted")


class RestrictionEntry(Entry):
    """One act on the author of a comment: who, when, what and why.

    The comment tells who that is, for as long as anybody may know: no address stands here, and no
    digest of one.
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+")
    """From which it was done."""
    action = models.CharField(max_length=5, choices=RestrictionAction)
    reason = models.CharField(max_length=24, choices=Reason, blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    """When it ends by itself; a mute may have no end."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    lifts = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="lifted_by"
    )

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("act on an author")
        verbose_name_plural = _("acts on authors")
        constraints = [
            models.CheckConstraint(
                condition=Q(action="lift") | ~Q(reason=""), name="restriction_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(action="block") | Q(ends_at__isnull=False), name="block_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(action="lift", lifts__isnull=False)
                | ~Q(action="lift") & Q(lifts__isnull=True),
                name="lifting_names_what_it_lifts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} from comment {self.comment_id}"

    @property
    def last_day(self) -> date | None:
        return timezone.localdate(self.ends_at - timedelta(seconds=1)) if self.ends_at else None

    @property
    def public_wording(self) -> str:
        return Reason(self.reason).public_wording


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def in_force(self) -> RestrictionQuerySet:
        """That it ends is worked out here: nothing has to run for it."""
        has_not_ended = Q(entry__ends_at__isnull=True) | Q(entry__ends_at__gt=timezone.now())
        return self.filter(has_not_ended, closed_at__isnull=True)

    def over(self) -> RestrictionQuerySet:
        return self.filter(Q(closed_at__isnull=False) | Q(entry__ends_at__lte=timezone.now()))

    def of(self, digest: Any) -> RestrictionQuerySet:
        """On whoever writes under this address."""
        return self.exclude(author_digest="").filter(author_digest=digest)

    def with_entry(self) -> RestrictionQuerySet:
        return self.select_related("entry__by", "entry__lifted_by__by")

    def to_tell(self, digest: str, visitor: UUID | None) -> Restriction | None:
        """The block that whoever sends a comment is told of: their browser wrote under this
        address before it began. To somebody who only types the address it tells nothing.
        """
        theirs = Comment.objects.by_visitor(visitor).filter(author_digest=digest)
        wrote_before = Exists(theirs.filter(created_at__lt=OuterRef("entry__at")))
        return self.filter(wrote_before).block_on(digest)

    def block_on(self, digest: str) -> Restriction | None:
        blocks = self.in_force().of(digest).filter(entry__action=RestrictionAction.BLOCK)
        return blocks.with_entry().first()

    def untold(self) -> RestrictionQuerySet:
        """Blocks of which a letter is to go out: that they began, or that they were lifted."""
        blocks = self.filter(entry__action=RestrictionAction.BLOCK, given_up_at__isnull=True)
        in_force = Restriction.objects.in_force().filter(entry__action=RestrictionAction.BLOCK)
        began = Q(pk__in=in_force.values("pk"), told_at__isnull=True)
        was_lifted = Q(
            ~Exists(in_force.filter(author_digest=OuterRef("author_digest"))),
            entry__lifted_by__isnull=False,
            told_at__isnull=False,
            told_of_end_at__isnull=True,
        )
        return blocks.exclude(author_digest="").filter(began | was_lifted)

    def to_forget(self) -> RestrictionQuerySet:
        """Those that need to know no longer on whom they are: they were over long ago, or nothing
        is left of what the author wrote. One in force stays, but for a mute of long ago.
        """
        before = timezone.now() - timedelta(days=settings.KEEP_PERSONAL_DATA_DAYS)
        is_gone = ~Exists(Comment.objects.filter(author_digest=OuterRef("author_digest")))
        is_over = Q(closed_at__isnull=False) | Q(entry__ends_at__lte=timezone.now())
        was_over = Q(closed_at__lte=before) | Q(entry__ends_at__lte=before)
        is_old = Q(entry__at__lte=before)
        known = self.exclude(author_digest="")
        return known.filter(was_over | is_gone & (is_over | is_old))

    def forget(self) -> int:
        """On whom they are; that they were stays in the log."""
        pks = list(self.values_list("pk", flat=True))
        now = timezone.now()
        closed_at = Coalesce("closed_at", Value(now))
        return Restriction.objects.filter(pk__in=pks).update(author_digest="", closed_at=closed_at)


class Restriction(models.Model):
    """A mute or a block as it stands: on whom, and whether they know. All else is in its entry."""

    entry = models.OneToOneField(
        RestrictionEntry, on_delete=models.PROTECT, related_name="restriction"
    )
    author_digest = models.CharField(max_length=64, blank=True, editable=False)
    """Of the address; emptied when it is over and its time too."""
    closed_at = models.DateTimeField(null=True, blank=True)
    """Lifted, or found to be over when the next one came."""
    told_at = models.DateTimeField(null=True, blank=True)
    """The letter about it has gone out."""
    told_of_end_at = models.DateTimeField(null=True, blank=True)
    """So has the one that it was lifted."""
    claimed_at = models.DateTimeField(null=True, blank=True)
    """Somebody is sending a letter since then, as with a notice."""
    given_up_at = models.DateTimeField(null=True, blank=True)
    """There is no address that takes a letter."""

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        verbose_name = _("restriction")
        verbose_name_plural = _("restrictions")
        permissions = [("restrict_authors", "May mute and block authors")]
        constraints = [
            models.UniqueConstraint(
                fields=["author_digest"],
                condition=Q(closed_at__isnull=True) & ~Q(author_digest=""),
                name="one_open_restriction_an_author",
            )
        ]
        indexes = [models.Index(fields=["author_digest"], name="restriction_author")]

    def __str__(self) -> str:
        return f"Restriction {self.pk}"

    @property
    def is_block(self) -> bool:
        return self.entry.action == RestrictionAction.BLOCK

    @property
    def is_in_force(self) -> bool:
        ends_at: datetime | None = self.entry.ends_at
        return self.closed_at is None and (ends_at is None or ends_at > timezone.now())

    @property
    def lifting(self) -> RestrictionEntry | None:
        return getattr(self.entry, "lifted_by", None)
