"""The comments app, and the group of people who may decide."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

MODERATORS = "Moderators"
_CODENAMES = [
    *("moderate", "view_comment", "view_finding", "view_decision", "view_notice", "view_reveal"),
    *("view_helpline", "add_helpline", "change_helpline"),
]


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers them

        post_migrate.connect(create_group, sender=self)


def create_group(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """The group Moderators exists after every migrate; its permissions are only ever added to."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    create_permissions(sender, using=using, verbosity=0)
    group, _created = Group.objects.using(using).get_or_create(name=MODERATORS)
    group.permissions.add(
        *Permission.objects.using(using).filter(
            content_type__app_label="comments", codename__in=_CODENAMES
        )
    )
