"""Where somebody in distress finds help now; staff keep the list."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class HelpLine(models.Model):
    """A telephone line, chat or page with people who listen."""

    country = models.CharField(
        _("country"), max_length=80, help_text=_("As its people read it: United States, México.")
    )
    name = models.CharField(_("name"), max_length=120)
    how = models.CharField(
        _("how to reach it"),
        max_length=200,
        help_text=_("In one sentence: Call or text 988, at any hour."),
    )
    phone = models.CharField(
        _("number to call"),
        max_length=40,
        blank=True,
        help_text=_("A telephone calls it at a touch."),
    )
    website = models.URLField(_("website"), blank=True)
    position = models.PositiveSmallIntegerField(
        _("place in the list"), default=10, help_text=_("Smaller numbers come first.")
    )
    is_shown = models.BooleanField(_("shown to visitors"), default=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")
        ordering = ["position", "country", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(phone="", website=""), name="help_line_can_be_reached"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.country})"
