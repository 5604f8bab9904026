"""What was decided on a comment, by moderators and by its author: an append-only history.

It holds no visitor's words.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from auditlog.models import Entry

from .case_reply import CaseReplyVersion
from .comment import QUEUES, Comment, Status


class Action(models.TextChoices):
    APPROVE = "approve", _("Approved")
    APPROVE_REDACTED = "approve_redacted", _("Approved redacted")
    REMOVE = "remove", _("Removed")
    RESTORE = "restore", _("Put back")
    ANSWER = "answer", _("Answered by letter")
    MOVE = "move", _("Moved")
    UNSURE = "unsure", _("Passed on")
    UNDO = "undo", _("Undone")
    DESTROY = "destroy", _("Destroyed for good")
    EDIT = "edit", _("Edited")
    WITHDRAW = "withdraw", _("Withdrawn")
    UPHOLD = "uphold", _("Looked at again: it stands")
    LEAVE = "leave", _("Left as it is")


SILENT = (Action.MOVE, Action.UNSURE, Action.DESTROY, Action.LEAVE)
"""Decisions after which a comment is what it was before anything was asked, so its author hears
nothing."""

BY_AUTHORS = (Action.EDIT, Action.WITHDRAW)
"""What only the author of a comment does. They may also undo their withdrawal, and destroy."""


class Reason(models.TextChoices):
    """Why a comment was removed. ``public_wording`` is what its author reads."""

    PERSONAL_INFORMATION = "personal_information", _("Personal information")
    HATE_SPEECH = "hate_speech", _("Hate speech")
    THREAT = "threat", _("Threat")
    HARASSMENT = "harassment", _("Harassment")
    PROFANITY = "profanity", _("Profanity")
    MISLEADING = "misleading", _("Misleading")
    ADVERTISING = "advertising", _("Advertising")
    COPYRIGHT = "copyright", _("Copyright")
    CONFIDENTIAL = "confidential", _("Confidential")
    ELECTIONEERING = "electioneering", _("Electioneering")
    OFF_TOPIC = "off_topic", _("Off topic")
    CASE_ENQUIRY = "case_enquiry", _("Case enquiry")
    OTHER = "other", _("Other")

    @property
    def public_wording(self) -> str:
        return str(_PUBLIC_WORDING[self])


_PUBLIC_WORDING = {
    Reason.PERSONAL_INFORMATION: _(
        "It held personal information, such as a phone number, an address or the name of "
        "somebody who is not a public person. Comments can be read by anyone, for years."
    ),
    Reason.HATE_SPEECH: _(
        "It spoke of people with contempt because of who they are. This has to be a place "
        "where everybody can read and write."
    ),
    Reason.THREAT: _("It could be read as a threat against somebody."),
    Reason.HARASSMENT: _(
        "It attacked a person rather than what that person said or did, or would not leave "
        "somebody alone."
    ),
    Reason.PROFANITY: _("Its language was coarser than we can publish here."),
    Reason.MISLEADING: _(
        "It stated as a fact something that is known to be wrong or that nobody can check, "
        "in a way that could hurt people."
    ),
    Reason.ADVERTISING: _("It offered something for sale, or asked readers to go elsewhere."),
    Reason.COPYRIGHT: _("It repeated a long text or a work that belongs to somebody else."),
    Reason.CONFIDENTIAL: _(
        "It told something that a court, an agreement or the safety of a person keeps confidential."
    ),
    Reason.ELECTIONEERING: _(
        "It campaigned for or against a candidate or a party. As a charity we may not publish that."
    ),
    Reason.OFF_TOPIC: _("It was about something other than the article and the talk below it."),
    Reason.CASE_ENQUIRY: _(
        "It asked us to look at a case. We cannot do that in comments: what you tell us there "
        "would be public, and could be used against the person you want to help."
    ),
    Reason.OTHER: _("It did not fit our comment policy."),
}


class DecisionQuerySet(models.QuerySet["Decision"]):
    def with_number(self) -> DecisionQuerySet:
        """Decisions that know on how many comments they were taken at once."""
        along = Decision.objects.filter(along_with=OuterRef("pk")).order_by().values("along_with")
        count = along.annotate(count=Count("pk")).values("count")
        number = {"number": Coalesce(Subquery(count), 0) + 1}
        return self.annotate(**number)

    def doubts_of(self, moderator: User) -> DecisionQuerySet:
        """Where this person was unsure, and did not take that back."""
        return self.filter(action=Action.UNSURE, by=moderator, undone_by=None)


class Decision(Entry):
    """One entry in a comment's history: who, when, what and why.

    ``cuts`` are the spans that are out of the public text after this decision; what stood
    before is what an undo brings back. Spans and types only, never characters.
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="decisions")
    action = models.CharField(max_length=20, choices=Action)
    reason = models.CharField(max_length=24, choices=Reason, blank=True)
    case_reply = models.ForeignKey(
        CaseReplyVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """What was sent, to the version; only an answer has one."""
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Who decided on the staff's side; nobody where the comment's author did."""
    at = models.DateTimeField(default=timezone.now)
    cuts = models.JSONField(default=list, blank=True)
    """``[{"field": "body", "start": 12, "end": 24, "type": "PHONE"}]``: offsets of that time."""
    status_before = models.CharField(max_length=10, choices=Status)
    queue_before = models.CharField(max_length=10, choices=QUEUES, blank=True)
    cuts_before = models.JSONField(default=list, blank=True)
    status_after = models.CharField(max_length=10, choices=Status)
    queue_after = models.CharField(max_length=10, choices=QUEUES, blank=True)
    version = models.PositiveIntegerField()
    """The comment's version that this decision made."""
    held_for = models.JSONField(default=dict, blank=True)
    """``{"PHONE": true, "HATE": false}``, of a decision that ends the waiting: what screening had
    held the comment for, and whether any of it is cut now. The findings themselves are destroyed
    with the text, and nobody could say any more how often they were right."""
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    along_with = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="along",
        db_index=False,
    )
    """The decision on the comment that the moderator read, where this one was taken with it."""

    number: int = 1
    """On how many comments it was taken at once, where the query asked."""

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [
            models.Index(fields=["-at", "-id"], name="decision_newest_first"),
            models.Index(
                fields=["along_with"],
                condition=Q(along_with__isnull=False),
                name="decision_along",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["comment", "version"], name="one_decision_a_version"),
            models.CheckConstraint(
                condition=~Q(action="remove") | ~Q(reason=""), name="removal_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(action="answer", case_reply__isnull=False)
                | ~Q(action="answer") & Q(case_reply__isnull=True),
                name="answer_names_the_reply",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False) & ~Q(action__in=["edit", "withdraw"])
                | Q(by__isnull=True, action__in=["edit", "withdraw", "undo", "destroy"]),
                name="decision_is_a_persons_or_its_authors",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} on comment {self.comment_id}"

    @property
    def is_grouped(self) -> bool:
        """Taken with one press on several comments."""
        return self.number > 1 or self.along_with_id is not None

    @property
    def who(self) -> str:
        """Who decided, as the log names them."""
        return self.by.get_username() if self.by else gettext("its author")
