"""The comments app, and the groups of people who may decide and who write the saved replies."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

MODERATORS = "Moderators"
LEAD_MODERATORS = "Lead moderators"
_CODENAMES = [
    *(
        "moderate",
        "destroy",
        "restrict_authors",
        "view_comment",
        "view_finding",
        "view_decision",
        "view_notice",
        "view_reveal",
        "view_restrictionentry",
    ),
    *("view_helpline", "add_helpline", "change_helpline"),
    *("view_casereply", "view_casereplyversion", "view_casewarnings"),
    *("view_siterule", "view_siteruleversion"),
]
_LEADS = ["edit_case_replies", "edit_site_rules", "search_by_email", "view_addresssearch"]
_GROUPS = {MODERATORS: _CODENAMES, LEAD_MODERATORS: [*_CODENAMES, *_LEADS]}


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers them

        post_migrate.connect(create_groups, sender=self)


def create_groups(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """The groups exist after every migrate; their permissions are only ever added to."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    create_permissions(sender, using=using, verbosity=0)
    for name, codenames in _GROUPS.items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(
            *Permission.objects.using(using).filter(
                content_type__app_label="comments", codename__in=codenames
            )
        )
