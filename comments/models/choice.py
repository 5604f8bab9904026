"""How a moderator wants the desk to be."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskChoiceQuerySet(models.QuerySet["DeskChoice"]):
    def hides_hate(self, moderator: User) -> bool:
        return self.filter(by=moderator, hides_hate=True).exists()


class DeskChoice(models.Model):
    by = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    hides_hate = models.BooleanField(_("hateful text starts collapsed"), default=False)

    objects = DeskChoiceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("choice of a moderator")
        verbose_name_plural = _("choices of moderators")

    def __str__(self) -> str:
        return f"Choice {self.pk}"
