"""How many visitors were shown the way to us before they posted a case: a bare number a month."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CaseWarnings(models.Model):
    """One row a month. Nothing in it tells who it was, or what they wrote."""

    month = models.DateField(_("month"), unique=True)
    """Its first day, on the site's clock."""
    shown = models.PositiveIntegerField(_("warnings shown"), default=0)
    sent = models.PositiveIntegerField(_("sent all the same"), default=0)
    """Of those that were shown in this month, whenever it was sent."""

    class Meta:
        verbose_name = _("warnings about cases in a month")
        verbose_name_plural = _("warnings about cases")
        constraints = [
            models.CheckConstraint(condition=Q(sent__lte=F("shown")), name="sent_after_a_warning")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def met(self) -> int:
        """Whoever read the warning and did not send the enquiry."""
        return self.shown - self.sent
