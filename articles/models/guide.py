"""How we consider cases: what staff say about it, part by part, in English and in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..places import Place, validate_codes

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class GuideRevisionQuerySet(models.QuerySet["GuideRevision"]):
    def published(self) -> GuideRevisionQuerySet:
        """Those that readers have seen, the one they see now first."""
        return self.filter(published_at__isnull=False).order_by("-published_at", "-pk")

    def with_points(self) -> GuideRevisionQuerySet:
        return self.prefetch_related("points")


class GuideRevision(models.Model):
    """One saved state of the whole guide, by whom and when. What it says never changes afterwards.

    Readers see the one that was published last. Going back to an older one saves it again as the
    newest, so that nothing in between is lost.
    """

    class Part(models.TextChoices):
        """What is edited, and saved, at one time."""

        CAN = "can", _("What we can consider")
        CANNOT = "cannot", _("What we cannot consider")
        PLACES = "places", _("Where we work")
        STAGES = "stages", _("What happens, step by step")
        SEND = "send", _("What to send")
        NEVER_SEND = "never-send", _("What never to send")
        WHERE = "where", _("Where to write")
        NEVER_ASKED = "never-asked", _("What we never ask for")
        CHECK = "check", _("The five questions")

    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    """Nobody for what came with the installation."""
    part = models.CharField(_("what changed"), max_length=12, choices=Part, blank=True)
    """Empty where everything was new, or an older state was brought back."""
    published_at = models.DateTimeField(_("published"), null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    places = models.JSONField(
        _("where we work"), default=list, blank=True, validators=[validate_codes]
    )
    """Codes of states and countries; none where the organisation does not say."""
    address = models.TextField(
        _("address for letters about cases"),
        max_length=400,
        blank=True,
        help_text=_("Line by line. Left empty, it is the address in the site’s settings."),
    )
    where_en = models.TextField(_("about writing to us, in English"), max_length=1000, blank=True)
    where_es = models.TextField(_("about writing to us, in Spanish"), max_length=1000, blank=True)
    how_long_en = models.TextField(_("how long it takes, in English"), max_length=1000, blank=True)
    how_long_es = models.TextField(_("how long it takes, in Spanish"), max_length=1000, blank=True)

    needs_conviction = models.BooleanField(_("the person has been convicted"), default=True)
    needs_appeal_over = models.BooleanField(_("the first appeal is over"), default=True)
    needs_evidence = models.BooleanField(
        _("there is, or may be, something that the court has not heard"), default=True
    )
    needs_prison = models.BooleanField(_("the person is still in prison"), default=False)

    objects = GuideRevisionQuerySet.as_manager()

    if TYPE_CHECKING:
        points: RelatedManager[GuidePoint]

    class Meta:
        ordering = ["-saved_at", "-pk"]
        get_latest_by = ["saved_at", "pk"]
        verbose_name = _("state of how we consider cases")
        verbose_name_plural = _("how we consider cases")
        constraints = [
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | Q(published_at__isnull=False),
                name="guide_published_by_somebody_at_some_time",
            )
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="guide_newest_first")]

    def __str__(self) -> str:
        return f"{self.get_part_display() or self._meta.verbose_name} ({self.saved_at:%Y-%m-%d})"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def postal_address(self) -> list[str]:
        """Where letters about cases go, line by line; empty on a site that has not said it."""
        own = [line.strip() for line in self.address.splitlines() if line.strip()]
        return own or list(settings.SITE_POSTAL_ADDRESS)

    def serves(self, place: Place) -> bool:
        """Whether we look at cases from there; from everywhere where nothing was said."""
        return not self.places or not set(place.wider).isdisjoint(self.places)


class GuidePoint(models.Model):
    """One entry of an ordered part: a short title and a plain sentence, in both languages."""

    class Section(models.TextChoices):
        CAN = "can", _("What we can consider")
        CANNOT = "cannot", _("What we cannot consider")
        STAGES = "stages", _("What happens, step by step")
        SEND = "send", _("What to send")
        NEVER_SEND = "never-send", _("What never to send")
        NEVER_ASKED = "never-asked", _("What we never ask for")

    revision = models.ForeignKey(GuideRevision, on_delete=models.CASCADE, related_name="points")
    section = models.CharField(max_length=12, choices=Section)
    position = models.PositiveSmallIntegerField()
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    text_en = models.TextField(_("sentence in English"), max_length=600, blank=True)
    title_es = models.CharField(_("title in Spanish"), max_length=120, blank=True)
    text_es = models.TextField(_("sentence in Spanish"), max_length=600, blank=True)
    duration_en = models.CharField(_("how long, in English"), max_length=80, blank=True)
    duration_es = models.CharField(_("how long, in Spanish"), max_length=80, blank=True)
    lines = models.PositiveSmallIntegerField(
        _("blank lines"),
        default=3,
        validators=[MaxValueValidator(30)],
        help_text=_("To write on, in the printed letter guide."),
    )

    class Meta:
        ordering = ["section", "position"]
        verbose_name = _("point")
        verbose_name_plural = _("points")
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "section", "position"], name="one_point_in_each_position"
            ),
            models.CheckConstraint(
                condition=~Q(title_en="", title_es=""), name="point_has_a_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title_en or self.title_es
