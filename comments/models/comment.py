"""A visitor's text under an article, and the questions that are asked of many of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, Func, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article

from .. import plaintext, screening, wording

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from .decision import Decision
    from .finding import Finding
    from .note import Note
    from .report import Report
    from .restriction import Restriction
    from .reveal import AddressSearch, Reveal
    from .trait import Trait

THREADS_PER_PAGE = 20
LONGEST_HELD_BECAUSE = 200
LONGEST_NAME = 500
DOT = "•"
"""What stands for one guarded character."""

QUEUES = [
    (screening.Queue.PII.value, _("Personal information")),
    (screening.Queue.HATE.value, _("Hate speech")),
    (screening.Queue.CASES.value, _("Case enquiries")),
    (screening.Queue.SPAM.value, _("Spam")),
    (screening.Queue.GENERAL.value, _("Everything else")),
]
REPORTED = "reported"
LANES = [*QUEUES, (REPORTED, _("Reported"))]
"""Where moderators find what waits for them: the queues, and what is public but was reported."""


class Status(models.TextChoices):
    WAITING = "waiting", _("Waits for a moderator")
    PUBLISHED = "published", _("Published")
    REMOVED = "removed", _("Removed")
    ANSWERED = "answered", _("Answered by letter")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")

    @property
    def is_off_the_site(self) -> bool:
        """Decided, and not for readers: no text is needed for it to stand."""
        return self in {Status.REMOVED, Status.ANSWERED, Status.WITHDRAWN}


WAITING_ORDER = ("rank", "created_at", "pk")
REPORTED_ORDER = ("report_rank", "reported_at", "pk")
NEWEST_FIRST = ("-created_at", "-pk")
FIRST_CALM_RANK = 2
"""From there on nobody seems to be in distress."""
Place = tuple[Any, ...]
"""What one comment has in the fields of an order: where it stands."""


class CommentQuerySet(models.QuerySet["Comment"]):
    def published(self) -> CommentQuerySet:
        """Public now: approved by a person, or by the policy table."""
        return self.filter(status=Status.PUBLISHED)

    def waiting(self) -> CommentQuerySet:
        """For a moderator: distress first, then what harms most, then whoever waited longest."""
        return self.filter(status=Status.WAITING).order_by(*WAITING_ORDER)

    def in_queue(self, queue: str) -> CommentQuerySet:
        return self.waiting().filter(queue=queue)

    def reported(self) -> CommentQuerySet:
        """Public, and a moderator has still to decide about a report: what cannot wait first."""
        reported = self.published().filter(reported_at__isnull=False)
        return reported.order_by(*REPORTED_ORDER)

    def in_lane(self, lane: str) -> CommentQuerySet:
        """A queue, or what was reported."""
        return self.reported() if lane == REPORTED else self.in_queue(lane)

    def partly_hidden(self) -> CommentQuerySet:
        """Of which readers do not see all until a moderator has decided about a report."""
        return self.reported().exclude(hidden_body="", hidden_name="")

    def behind(self, place: Place, *, back: bool = False) -> CommentQuerySet:
        """What comes after this place in the order of the set; before it, nearest first, with
        ``back``. The place is what one comment has in the fields that the set is ordered by.
        """
        order = [str(name) for name in self.query.order_by]
        names = [name.removeprefix("-") for name in order]
        rest = self.reverse() if back else self
        return rest.filter(_Beyond(names, place, falls=order[0].startswith("-") is not back))

    def by_visitor(self, visitor: UUID | None) -> CommentQuerySet:
        """Written from the browser that carries this visitor's cookie."""
        return self.filter(visitor=visitor) if visitor else self.none()

    def by_author_of(self, comment: Comment, *, is_proven: bool) -> CommentQuerySet:
        """All that whoever wrote this one may do as they like with.

        Anybody can type somebody's address. Only who reads its mail has proven it; otherwise the
        same browser has to have sent them too.
        """
        if not comment.author_digest:
            return self.filter(pk=comment.pk)
        same_address = self.filter(author_digest=comment.author_digest)
        if is_proven:
            return same_address
        if comment.visitor is None:
            return self.filter(pk=comment.pk)
        return same_address.filter(visitor=comment.visitor)

    def threads_under(self, article: Article, *, visitor: UUID | None = None) -> CommentQuerySet:
        """Top comments under an article that have something to show, oldest first.

        That is a published one, the visitor's own waiting one, or one with such a reply.
        """
        seen = _seen_by(visitor)
        replies = Comment.objects.filter(seen, thread=OuterRef("pk"))
        return (
            self.filter(article=article, parent__isnull=True)
            .filter(seen | Exists(replies))
            .order_by("created_at", "pk")
        )

    def with_replies_of(self, threads: list[int]) -> CommentQuerySet:
        """The flat list that ``threads.grow`` makes trees of: these threads, oldest first.

        Removed and waiting comments are in it, since others may hang below them.
        """
        return self.filter(Q(pk__in=threads) | Q(thread__in=threads)).order_by("created_at", "pk")

    def approved_by_a_person(self) -> CommentQuerySet:
        """Public because a moderator said so, not because nothing was found."""
        return self.published().filter(decided_by_person=True)


class _Row(Func):
    template = "(%(expressions)s)"


class _Beyond(Func):
    """Rows compared as wholes, all columns in one direction. Only so does either database begin in
    the middle of an index; written out with AND and OR it reads all that comes before.
    """

    template = "%(expressions)s"
    output_field = models.BooleanField()

    def __init__(self, names: Iterable[str], place: Place, *, falls: bool) -> None:
        super().__init__(
            _Row(*names), _Row(*map(Value, place)), arg_joiner=" < " if falls else " > "
        )


def _seen_by(visitor: UUID | None) -> Q:
    seen = Q(status=Status.PUBLISHED)
    if visitor:
        seen |= Q(status=Status.WAITING, visitor=visitor)
    return seen


class Comment(models.Model):
    """Plain text by a visitor; a reply has a parent, and a thread is its topmost ancestor."""

    had_reveals: bool = True
    had_searches: bool = True
    had_earlier_texts: bool = True
    had_notes: bool = True
    had_restrictions: bool = True
    """Whether there are any, where the query asked; where it did not, there may be."""
    candidates: str | None = None
    """Which others may be alike, where the query asked: see ``alike``."""
    kept_notes: Sequence[Note] = ()
    restrictions: Sequence[Restriction] = ()
    """What staff keep about it and its author, for a page of the desk: see ``about``."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    thread = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The top comment above a reply; empty for a top comment itself."""

    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    """As the visitor wrote it; marks in the place of what was cut may make it longer."""
    redacted_name = models.CharField(_("redacted name"), max_length=LONGEST_NAME, blank=True)
    """What the public reads instead of ``name`` after a redaction of the name."""
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    """Never shown on a public page. Emptied by ``purge_personal_data``."""
    body = models.TextField(_("comment"))
    """What the visitor wrote, as plain text."""
    redacted_body = models.TextField(_("redacted text"), blank=True)
    """What the public reads instead of ``body`` after a redaction."""
    hidden_name = models.CharField(max_length=LONGEST_NAME, blank=True, editable=False)
    hidden_body = models.TextField(blank=True, editable=False)
    """What the public reads in the place of all these while a report hides anything."""
    hiding_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When that began or ended last."""
    original_destroyed_at = models.DateTimeField(null=True, blank=True, editable=False)
    """Since then ``body`` is the redacted text itself; older spans point nowhere."""

    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, blank=True, editable=False
    )
    """Told by its small words when it came in."""

    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.WAITING)
    queue = models.CharField(_("queue"), max_length=10, choices=QUEUES, blank=True)
    """The queue it waits or waited in; empty when it was published at once."""
    is_urgent = models.BooleanField(_("in distress"), default=False)
    is_serious = models.BooleanField(_("serious"), default=False)
    """Surely hateful, a threat, or information with which somebody can be robbed."""
    rank = models.GeneratedField(
        expression=Case(
            When(is_urgent=True, is_serious=True, then=0),
            When(is_urgent=True, then=1),
            When(is_serious=True, then=FIRST_CALM_RANK),
            default=FIRST_CALM_RANK + 1,
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    """What counts in a queue before age: smaller comes first."""
    held_because = models.CharField(max_length=LONGEST_HELD_BECAUSE, blank=True)
    """The verdict in one sentence, without the visitor's words."""
    decided_by_person = models.BooleanField(default=False)
    """Its present state is a moderator's decision, not the policy table's."""
    version = models.PositiveIntegerField(default=1)
    """Grows with every decision; a page that carries an older one is stale."""

    created_at = models.DateTimeField(_("written"), default=timezone.now)
    changed_at = models.DateTimeField(_("last decided or published"), default=timezone.now)

    reported_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When the first of the reports came that wait for a moderator; empty where none waits."""
    report_rank = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    """The smallest rank of these reports: what counts among reported comments before age."""

    alarmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    """Since then moderators know by mail that its writer may be in distress."""
    parent_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    """Since then the author of the answered comment knows of this reply, if they asked to."""

    visitor = models.UUIDField(null=True, blank=True, editable=False)
    """From the signed cookie of the browser it was posted with."""
    author_digest = models.CharField(max_length=64, blank=True, editable=False)
    """Keyed digest of the e-mail: tells whether two comments have one author, not who."""
    submission_digest = models.CharField(max_length=64, unique=True, editable=False)
    """Keyed digest of the form's key and its content: the same submission twice is one comment."""

    objects = CommentQuerySet.as_manager()

    if TYPE_CHECKING:
        findings: RelatedManager[Finding]
        decisions: RelatedManager[Decision]
        replies: RelatedManager[Comment]
        reports: RelatedManager[Report]
        reveals: RelatedManager[Reveal]
        searches: RelatedManager[AddressSearch]
        traits: RelatedManager[Trait]

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [
            ("moderate", "May read the queues and decide on comments"),
            ("destroy", "May destroy what was cut or removed at once"),
            ("search_by_email", "May look for the comments of an e-mail address"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="waiting") | ~Q(queue=""), name="waiting_comment_has_a_queue"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, thread__isnull=True)
                | Q(parent__isnull=False, thread__isnull=False),
                name="reply_has_a_thread",
            ),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True, report_rank__isnull=True)
                | Q(reported_at__isnull=False, report_rank__isnull=False),
                name="reported_comment_has_a_rank",
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "queue", "rank", "created_at", "id"],
                condition=Q(status="waiting"),
                name="comment_queue",
            ),
            models.Index(
                fields=["status", "rank", "created_at", "id"],
                condition=Q(status="waiting"),
                name="comment_waiting",
            ),
            models.Index(
                fields=["status", "queue", "created_at"],
                condition=Q(status="waiting"),
                name="comment_oldest",
            ),
            models.Index(
                fields=["status", "report_rank", "reported_at", "id"],
                condition=Q(reported_at__isnull=False),
                name="comment_reported",
            ),
            models.Index(
                fields=["article", "created_at", "id"],
                condition=Q(parent__isnull=True),
                name="comment_threads",
            ),
            models.Index(
                fields=["article", "-created_at", "-id"], name="comment_newest_of_article"
            ),
            models.Index(fields=["thread", "created_at", "id"], name="comment_thread_replies"),
            models.Index(fields=["-created_at", "-id"], name="comment_newest_first"),
            models.Index(fields=["status", "-created_at", "-id"], name="comment_newest_of_state"),
            models.Index(
                fields=["author_digest", "-created_at", "-id"], name="comment_newest_of_author"
            ),
            models.Index(fields=["visitor"], name="comment_visitor"),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk}"

    def get_absolute_url(self) -> str:
        """The permalink; it finds the page of the thread that the comment stands on."""
        return reverse("comments:permalink", args=[self.article.slug, self.pk])

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def is_waiting(self) -> bool:
        return self.status == Status.WAITING

    @property
    def is_removed(self) -> bool:
        return self.status == Status.REMOVED

    @property
    def is_answered(self) -> bool:
        return self.status == Status.ANSWERED

    @property
    def hate_found(self) -> list[Finding]:
        """What was found of hate speech and threats, beyond mere hints."""
        hate = screening.Category.HATE
        return [f for f in self.findings.all() if f.category is hate and not f.is_hint]

    @property
    def is_reported(self) -> bool:
        """It is public, and a report about it waits for a moderator."""
        return self.is_published and self.reported_at is not None

    @property
    def open_reports(self) -> list[Report]:
        """What readers say that a moderator has still to decide about, the oldest first."""
        reports = self.reports.all() if self.is_reported else []
        return [report for report in reports if report.settled_by_id is None]

    @property
    def lane(self) -> str:
        """Where moderators find it; nothing where it does not wait for them."""
        if self.is_reported:
            return REPORTED
        return self.queue if self.is_waiting else ""

    @property
    def place_in_lane(self) -> Place:
        if self.is_reported:
            return self.report_rank, self.reported_at, self.pk
        return self.rank, self.created_at, self.pk

    @property
    def is_withdrawn(self) -> bool:
        return self.status == Status.WITHDRAWN

    @property
    def was_cut_before_storing(self) -> bool:
        """Its writer had personal details taken out; nobody else ever saw them."""
        cut_at = self.original_destroyed_at
        return cut_at is not None and cut_at <= self.created_at

    @property
    def is_redacted(self) -> bool:
        return bool(self.redacted_body or self.redacted_name)

    @property
    def is_hidden(self) -> bool:
        """In part, until a moderator has decided about a report."""
        return bool(self.hidden_body or self.hidden_name)

    @property
    def updated_at(self) -> datetime:
        """When readers saw another text last."""
        return max(self.changed_at, self.hiding_changed_at or self.changed_at)

    @property
    def explanation(self) -> str:
        """``held_because`` in the language of the site."""
        return wording.explanation(self.held_because)

    def guarded(self, field: str) -> str:
        """The body or the name for a page of the desk, with dots in the place of what could do
        the worst harm, unless its finding ``is_revealed``. As long as the text itself.
        """
        text = str(getattr(self, field))
        findings = self.findings.all() if self.pk else []
        critical = [f for f in findings if f.field == field and f.is_critical]
        if not critical:
            return text
        hidden = {at for f in critical if not f.is_revealed for at in range(f.start, f.end)}
        hidden -= {at for f in critical if f.is_revealed for at in range(f.start, f.end)}
        return "".join(
            DOT if at in hidden and not char.isspace() else char for at, char in enumerate(text)
        )

    @property
    def guarded_name(self) -> str:
        return self.guarded("name")

    @property
    def guarded_body(self) -> str:
        return self.guarded("body")

    @cached_property
    def minors(self) -> list[tuple[int, int]]:
        """Where the body speaks of a child."""
        return screening.minors(self.body)

    def is_beside_child(self, field: str, start: int, end: int) -> bool:
        """Whether these characters stand near one; screening asks the same of what it finds."""
        is_in_body = field == screening.Field.BODY
        return is_in_body and screening.is_beside(start, end, self.minors, self.body)

    @property
    def public_name(self) -> str:
        """Under which a reader sees it once it is published."""
        return self.hidden_name or self.redacted_name or self.written_name

    @property
    def listed_name(self) -> str:
        """As the desk calls it where it is not decided on: what was cut from a name stays cut."""
        return self.redacted_name or self.guarded_name or self.written_name

    @property
    def written_name(self) -> str:
        """As the visitor wrote it; where nothing is kept of it, words that say so."""
        return self.name or gettext("(name erased)")

    @property
    def public_body(self) -> str:
        """What a reader may see once it is published."""
        return self.hidden_body or self.redacted_body or self.body

    @property
    def public_html(self) -> SafeString:
        """The same for a page: paragraphs, links, and redacted places set apart."""
        is_cut = self.is_redacted or self.is_hidden or self.original_destroyed_at is not None
        return plaintext.to_html(self.public_body, set_apart=wording.marks() if is_cut else ())
