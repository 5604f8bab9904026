"""The number to call in each country when a life is in danger; staff keep the list."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EmergencyNumber(models.Model):
    """What a country's people dial. It stands with the help lines that name the same country.

    Whoever may keep the help lines may keep these, so they have no permissions of their own.
    """

    country = models.CharField(
        _("country"),
        max_length=80,
        help_text=_("The same words as its help lines have: United States, México."),
    )
    number = models.CharField(
        _("emergency number"),
        max_length=12,
        validators=[
            RegexValidator(
                r"\A[0-9]+(?: [0-9]+)*\Z",
                _("Digits only, as somebody would dial them there, such as 911."),
            )
        ],
        help_text=_("As somebody dials it there. Please look it up; never try it."),
    )
    position = models.PositiveSmallIntegerField(
        _("place in the list"), default=10, help_text=_("Smaller numbers come first.")
    )
    is_shown = models.BooleanField(_("shown to visitors"), default=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("emergency number")
        verbose_name_plural = _("emergency numbers")
        ordering = ["position", "country"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                Lower("country"),
                name="emergency_number_once_a_country",
                violation_error_message=_("This country has an emergency number already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.number}"
