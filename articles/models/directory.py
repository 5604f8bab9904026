"""Other organisations, whom we name where we cannot help ourselves, and who changed the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from ..places import Place, by_name

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

SPOKEN = ("en", "es", "fr", "pt", "ht", "ar", "hi", "ja", "ko", "pl", "ru", "tl", "vi", "zh-hans")
"""Languages that an organisation may answer in."""
_NAMES_OF_OURS = {"ht": _("Haitian Creole"), "tl": _("Tagalog"), "zh-hans": _("Chinese")}
"""What Django has no name for, or a longer one than is needed here."""


def language_name(code: str) -> str:
    """In the language of the page."""
    ours = _NAMES_OF_OURS.get(code)
    return str(ours or get_language_info(code)["name_translated"])


def validate_spoken(codes: object) -> None:
    if not isinstance(codes, list) or not set(codes) <= set(SPOKEN):
        raise ValidationError(_("There is a language in this list that we do not know."))


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def shown(self) -> OrganisationQuerySet:
        """Those that readers see, by name, with the places that they serve."""
        return self.filter(is_shown=True).with_places()

    def with_places(self) -> OrganisationQuerySet:
        return self.order_by(Lower("name"), "pk").prefetch_related("serves")

    def serving(self, place: Place) -> list[Organisation]:
        """Who helps there: with this very place first, then all of the country, then the world."""
        near = list(place.wider)
        found = self.filter(serves__place__in=near).distinct()
        return sorted(found, key=lambda one: min(map(near.index, set(near) & set(one.codes))))


class Organisation(models.Model):
    """One that families can write to where we cannot help."""

    name = models.CharField(_("name"), max_length=160)
    address = models.TextField(
        _("postal address"), max_length=400, blank=True, help_text=_("Line by line.")
    )
    website = models.URLField(_("website"), max_length=200, blank=True)
    languages = models.JSONField(
        _("languages"), default=list, blank=True, validators=[validate_spoken]
    )
    is_shown = models.BooleanField(_("shown to readers"), default=True)

    objects = OrganisationQuerySet.as_manager()

    if TYPE_CHECKING:
        serves: RelatedManager[OrganisationPlace]

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("other organizations")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="organisation_is_listed_once",
                violation_error_message=_("An organization of this name is in the list already."),
            ),
            models.CheckConstraint(
                condition=~Q(address="", website=""),
                name="organisation_can_be_reached",
                violation_error_message=_("Please write an address or a website, or both."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def codes(self) -> list[str]:
        """Of the places that it serves; asks nothing where they were fetched along."""
        return [served.place for served in self.serves.all()]

    @property
    def places(self) -> list[Place]:
        return by_name(self.codes)

    @property
    def address_lines(self) -> list[str]:
        return [line.strip() for line in self.address.splitlines() if line.strip()]

    @property
    def language_names(self) -> list[str]:
        return [language_name(code) for code in self.languages]

    def content(self) -> dict[str, Any]:
        """All that is said about it, to compare it or to keep it in the history."""
        return {
            "name": self.name,
            "places": sorted(self.codes),
            "address": self.address,
            "website": self.website,
            "languages": self.languages,
            "is_shown": self.is_shown,
        }


class OrganisationPlace(models.Model):
    """A state or country that an organisation serves, by its code."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="serves")
    place = models.CharField(max_length=6, db_index=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "place"], name="organisation_serves_a_place_once"
            )
        ]

    def __str__(self) -> str:
        return self.place


class DirectoryChange(models.Model):
    """One entry in the history of the list. Never changed, never deleted."""

    class Action(models.TextChoices):
        ADDED = "added", _("Added")
        CHANGED = "changed", _("Changed")
        REMOVED = "removed", _("Removed")
        IMPORTED = "imported", _("Imported")
        UNDONE = "undone", _("Undone")

    action = models.CharField(max_length=10, choices=Action)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="undone_by"
    )

    if TYPE_CHECKING:
        lines: RelatedManager[DirectoryLine]

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of the list of organizations")
        verbose_name_plural = _("changes of the list of organizations")
        constraints = [
            models.CheckConstraint(
                condition=Q(action="undone", undoes__isnull=False)
                | (~Q(action="undone") & Q(undoes__isnull=True)),
                name="undoing_names_what_it_undoes",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} ({self.at:%Y-%m-%d %H:%M})"


class DirectoryLine(models.Model):
    """What one change did to one organisation: all that was said about it before and after."""

    change = models.ForeignKey(DirectoryChange, on_delete=models.PROTECT, related_name="lines")
    number = models.BigIntegerField()
    """Of the organisation, which may be gone."""
    name = models.CharField(max_length=160)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("line of a change")
        verbose_name_plural = _("lines of a change")
        indexes = [models.Index(fields=["number"], name="directory_line_by_number")]

    def __str__(self) -> str:
        return self.name
