"""The admin shows what is stored and changes nothing: decisions are made on the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import (
    AddressSearch,
    CaseReply,
    CaseReplyVersion,
    CaseWarnings,
    Comment,
    Decision,
    Finding,
    Notice,
    RestrictionEntry,
    Reveal,
    SiteRuleVersion,
)


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Look, and nothing else."""

    actions = None
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """Lists name no address; a comment's own page does, for whoever answers a request about it.

    What the desk guards is guarded here too: nobody is asked before they look.
    """

    list_display = ["pk", "article", "guarded_name", "status", "queue", "is_urgent", "created_at"]
    list_filter = ["status", "queue", "is_urgent", "decided_by_person"]
    list_select_related = ["article"]
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-pk"]
    raw_id_fields = ["article", "parent", "thread"]
    exclude = ["name", "body", "redacted_name", "redacted_body"]
    readonly_fields = ["guarded_name", "guarded_body"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        return super().get_queryset(request).prefetch_related("findings")

    @admin.display(description=_("name"))
    def guarded_name(self, comment: Comment) -> str:
        return comment.guarded_name

    @admin.display(description=_("comment"))
    def guarded_body(self, comment: Comment) -> str:
        return comment.guarded_body


@admin.register(Finding)
class FindingAdmin(ReadOnlyAdmin):
    """Spans and reasons, never the characters."""

    list_display = ["pk", "comment_id", "type", "field", "start", "end", "score"]
    list_filter = ["type", "field"]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """The audit log of the comment desk."""

    list_display = ["at", "by", "action", "comment_id", "reason", "status_before", "status_after"]
    list_filter = ["action", "reason"]
    list_select_related = ["by"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Which letters went out, and which still wait."""

    list_display = ["pk", "decision_id", "created_at", "sent_at", "given_up_at", "attempts"]


@admin.register(Reveal)
class RevealAdmin(ReadOnlyAdmin):
    """Who looked at guarded characters, and when."""

    list_display = ["at", "by", "type", "comment_id"]
    list_filter = ["type"]
    list_select_related = ["by"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]


@admin.register(AddressSearch)
class AddressSearchAdmin(ReadOnlyAdmin):
    """Who looked for the comments of an address, and when."""

    list_display = ["at", "by", "comment_id"]
    list_select_related = ["by"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]


@admin.register(RestrictionEntry)
class RestrictionEntryAdmin(ReadOnlyAdmin):
    """Who muted, blocked and lifted, from which comment, and why."""

    list_display = ["at", "by", "action", "reason", "ends_at", "comment_id"]
    list_filter = ["action", "reason"]
    list_select_related = ["by"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]


@admin.register(CaseReply)
class CaseReplyAdmin(ReadOnlyAdmin):
    """The saved replies; they are written on the desk."""

    list_display = ["title", "language", "number", "is_archived"]
    list_filter = ["language", "is_archived"]


@admin.register(CaseReplyVersion)
class CaseReplyVersionAdmin(ReadOnlyAdmin):
    """Every text that could ever be sent, and who wrote it."""

    list_display = ["at", "by", "action", "reply_id", "number", "title", "language"]
    list_filter = ["action", "language"]
    list_select_related = ["by"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]


@admin.register(SiteRuleVersion)
class SiteRuleVersionAdmin(ReadOnlyAdmin):
    """Every state of the rules that hold comments, and who made it."""

    list_display = ["at", "by", "rule_id", "number", "kind", "is_on"]
    list_filter = ["kind", "is_on"]
    list_select_related = ["by"]
    date_hierarchy = "at"
    ordering = ["-at", "-pk"]


@admin.register(CaseWarnings)
class CaseWarningsAdmin(ReadOnlyAdmin):
    """Bare numbers, a row for each month."""

    list_display = ["month", "shown", "sent"]
    ordering = ["-month"]
