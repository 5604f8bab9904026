"""What staff write: articles, the works they discuss, and the history of both text and state."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from auditlog.models import Entry

from .. import richtext

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


def default_byline() -> str:
    return gettext("%(site_name)s Staff") % {"site_name": settings.SITE_NAME}


class TopicQuerySet(models.QuerySet["Topic"]):
    def in_use(self) -> TopicQuerySet:
        """Those that a published article has, so no list of theirs is empty."""
        return self.filter(pk__in=Article.objects.published().entries().order_by().values("topic"))


class Topic(models.Model):
    """What an article is about, one word or two; its list has an address of its own."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    description = models.CharField(_("description"), max_length=200, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:topic", args=[self.slug])


class Work(models.Model):
    """A book, film, series, podcast or report that a review is about."""

    class Kind(models.TextChoices):
        SERIES = "series", _("Series")
        FILM = "film", _("Film")
        BOOK = "book", _("Book")
        PODCAST = "podcast", _("Podcast")
        REPORT = "report", _("Report")

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    season = models.PositiveSmallIntegerField(_("season"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1800), MaxValueValidator(2200)]
    )
    creators = models.CharField(_("made by"), max_length=200, blank=True)
    where_to_watch = models.CharField(_("where to watch or read"), max_length=200, blank=True)
    running_time = models.CharField(_("running time or length"), max_length=100, blank=True)

    class Meta:
        ordering = ["title", "season"]
        verbose_name = _("work")
        verbose_name_plural = _("works")
        constraints = [
            models.UniqueConstraint(
                "title",
                "kind",
                "year",
                Coalesce("season", 0),
                name="work_is_listed_once",
                violation_error_message=_("This work is in the list already."),
            )
        ]

    def __str__(self) -> str:
        if self.season:
            return _("%(title)s, season %(season)s (%(year)s)") % {
                "title": self.title,
                "season": self.season,
                "year": self.year,
            }
        return f"{self.title} ({self.year})"


class Picture(models.Model):
    """A hero image: re-encoded on upload, so it carries no place or camera; see ``pictures``."""

    file = models.ImageField(
        _("image"), upload_to="pictures/", width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField(
        _("alternative text"),
        max_length=250,
        help_text=_("What the image shows, for readers who cannot see it."),
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=120, blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt

    def rendition(self, width: int) -> str:
        """The address of the WebP file of that width, beside the original's JPEG."""
        path = PurePosixPath(self.file.url)
        return str(path.with_name(f"{path.stem}-{width}.webp"))


class Writing(models.Model):
    """The text of an article: what a revision saves and a publication copies onto the article."""

    headline = models.CharField(_("headline"), max_length=160)
    standfirst = models.CharField(
        _("standfirst"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences under the headline, and in lists."),
    )
    byline = models.CharField(_("byline"), max_length=160, default=default_byline)
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    body = models.TextField(_("text"), blank=True)
    picture = models.ForeignKey(
        Picture,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    work = models.ForeignKey(
        Work,
        verbose_name=_("work"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    pull_quote = models.CharField(_("pull quote"), max_length=300, blank=True)
    verdict = models.CharField(
        _("our verdict"), max_length=300, blank=True, help_text=_("One sentence, for a review.")
    )
    public_names = models.TextField(
        _("names made public by this article"),
        blank=True,
        help_text=_("One name a line. A comment that repeats them is not held for it."),
    )
    sanitizer_version = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        abstract = True

    def content(self) -> dict[str, Any]:
        """Every field of the text by its name, to compare it or copy it elsewhere."""
        return {
            field.attname: getattr(self, field.attname) for field in Writing._meta.concrete_fields
        }


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> ArticleQuerySet:
        """What a visitor may read now; a scheduled article joins by itself when its time comes."""
        return self.in_state(Article.State.PUBLISHED)

    def in_state(self, state: Article.State) -> ArticleQuerySet:
        """Those whose ``state`` is this one."""
        return self.filter(_state_conditions()[state])

    def count_by_state(self) -> dict[str, int]:
        return self.aggregate(
            **{
                state.value: Count("pk", filter=condition)
                for state, condition in _state_conditions().items()
            }
        )

    def entries(self) -> ArticleQuerySet:
        """Posts and reviews, newest first; standing pages belong to no list."""
        return self.exclude(kind=Article.Kind.PAGE).order_by("-published_at", "-pk")

    def reviews(self) -> ArticleQuerySet:
        return self.entries().filter(kind=Article.Kind.REVIEW)

    def pages(self) -> ArticleQuerySet:
        return self.filter(kind=Article.Kind.PAGE).order_by("headline")

    def about(self, topic: Topic) -> ArticleQuerySet:
        return self.entries().filter(topic=topic)

    def for_lists(self) -> ArticleQuerySet:
        """With what a list shows of each article, in the same query."""
        return self.select_related("topic", "picture", "work").defer("body", "plain_text")

    def with_last_change(self) -> ArticleQuerySet:
        """With when and by whom each was saved last, and which text readers have seen."""
        newest = Revision.objects.filter(article=OuterRef("pk"))
        shown = Publication.objects.filter(article=OuterRef("pk"), revision__isnull=False)
        return self.annotate(
            last_saved_at=Subquery(newest.values("saved_at")[:1]),
            last_saved_by=Subquery(newest.values("saved_by__username")[:1]),
            newest_revision=Subquery(newest.values("pk")[:1]),
            shown_revision=Subquery(shown.values("revision")[:1]),
        )


def _state_conditions() -> dict[Article.State, Q]:
    """``Article.state`` as the database understands it."""
    now = timezone.now()
    here = Q(withdrawn_at__isnull=True)
    return {
        Article.State.DRAFT: here & Q(published_at__isnull=True),
        Article.State.SCHEDULED: here & Q(published_at__gt=now),
        Article.State.PUBLISHED: here & Q(published_at__lte=now),
        Article.State.WITHDRAWN: ~here,
    }


class Article(Writing):
    """One piece of writing by staff. Its own text is what the public reads.

    While it has never been public it mirrors the newest revision, so lists can name it.
    """

    class Kind(models.TextChoices):
        POST = "post", _("Post")
        REVIEW = "review", _("Review")
        PAGE = "page", _("Page")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SCHEDULED = "scheduled", _("Scheduled")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class CommentMode(models.TextChoices):
        SITE = "", _("As everywhere on the site")
        NEWCOMERS = "newcomers", _("First comments wait for a moderator")
        ALL = "all", _("Every comment waits for a moderator")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.POST)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    plain_text = models.TextField(blank=True, editable=False)
    """The words of ``body`` without its tags, and ``words_beside``, for search and reading time."""
    words_beside = models.TextField(blank=True, editable=False)
    """What stands on the page besides the text, where it does; see ``cases.guide``."""
    published_at = models.DateTimeField(_("publication date"), null=True, blank=True)
    revised_at = models.DateTimeField(_("last revised"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    comments_open = models.BooleanField(_("takes comments"), default=True)
    comments_close_at = models.DateTimeField(_("takes comments until"), null=True, blank=True)
    comment_mode = models.CharField(
        _("who waits for a moderator"),
        max_length=10,
        choices=CommentMode,
        blank=True,
        default=CommentMode.SITE,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ArticleQuerySet.as_manager()

    if TYPE_CHECKING:
        revisions: RelatedManager[Revision]
        publications: RelatedManager[Publication]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [
            ("write_articles", "May write, preview and save articles"),
            ("publish_articles", "May publish, schedule and withdraw articles"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="review") | Q(work__isnull=False), name="review_names_its_work"
            ),
            models.CheckConstraint(
                condition=~Q(kind="page") | Q(comments_open=False), name="page_takes_no_comments"
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="article_newest_first"),
            models.Index(fields=["topic", "-published_at"], name="article_by_topic"),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        if self.is_page:
            return reverse("articles:page", args=[self.slug])
        return reverse("articles:detail", args=[self.slug])

    def take_text_of(self, revision: Revision) -> None:
        """Say what the revision says; nothing is saved."""
        for name, value in revision.content().items():
            setattr(self, name, value)
        self.index_words()

    def index_words(self) -> None:
        """Renew what search knows; nothing is saved."""
        words = (richtext.plain_text(self.body), self.words_beside)
        self.plain_text = "\n".join(part for part in words if part)

    @property
    def state(self) -> Article.State:
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        if self.published_at is None:
            return self.State.DRAFT
        return self.State.PUBLISHED if self.published_at <= timezone.now() else self.State.SCHEDULED

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_page(self) -> bool:
        return self.kind == self.Kind.PAGE

    @property
    def is_review(self) -> bool:
        return self.kind == self.Kind.REVIEW

    @property
    def accepts_comments(self) -> bool:
        """Whether a visitor may comment now."""
        return (
            self.is_published
            and not self.is_page
            and self.comments_open
            and (self.comments_close_at is None or self.comments_close_at > timezone.now())
        )

    @property
    def names(self) -> frozenset[str]:
        """The names that this article makes public."""
        return frozenset(name.strip() for name in self.public_names.splitlines() if name.strip())

    @property
    def reading_minutes(self) -> int:
        """At 230 words a minute, the usual rate of silent reading in English."""
        return max(1, round(len(self.plain_text.split()) / 230))


class Revision(Writing):
    """One saved state of an article's text, by whom and when. Never changed afterwards."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Nobody for the standing pages that came with the installation."""

    class Meta:
        ordering = ["-saved_at", "-pk"]
        get_latest_by = ["saved_at", "pk"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")

    def __str__(self) -> str:
        return f"{self.headline} ({self.saved_at:%Y-%m-%d %H:%M})"


class Publication(Entry):
    """One entry in an article's history. Never changed, never deleted."""

    class Action(models.TextChoices):
        PUBLISHED = "published", _("Published")
        SCHEDULED = "scheduled", _("Scheduled")
        REVISED = "revised", _("Revised")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        RESTORED = "restored", _("Back on the site")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="publications")
    action = models.CharField(max_length=10, choices=Action)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    effective_at = models.DateTimeField(null=True)
    """When readers saw or will see it; differs from ``at`` for a scheduled article."""

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.article_id}"
