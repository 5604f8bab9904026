"""The articles app, and the group of people who may write and publish."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

EDITORS = "Editors"
_CODENAMES = [
    "write_articles",
    "publish_articles",
    "view_article",
    "view_revision",
    "view_publication",
    "view_topic",
    "add_topic",
    "change_topic",
    "view_work",
    "add_work",
    "change_work",
    "view_picture",
    "view_guiderevision",
    "view_organisation",
    "change_organisation",
    "view_directorychange",
]


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        post_migrate.connect(create_group, sender=self)


def create_group(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """The group Editors exists after every migrate; its permissions are only ever added to."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    create_permissions(sender, using=using, verbosity=0)
    group, _created = Group.objects.using(using).get_or_create(name=EDITORS)
    group.permissions.add(
        *Permission.objects.using(using).filter(
            content_type__app_label="articles", codename__in=_CODENAMES
        )
    )
