"""The audit log, and its guard, which stands again after every migrate."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditlogConfig(AppConfig):
    name = "auditlog"

    def ready(self) -> None:
        post_migrate.connect(guard_the_log, sender=self)


def guard_the_log(using: str, **kwargs: Any) -> None:
    from . import guard

    guard.install(using)
