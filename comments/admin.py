"""The admin shows what is stored and changes nothing: decisions are made on the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import Comment, Decision, Finding, Notice


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
    """Lists name no address; a comment's own page does, for whoever answers a request about it."""

    list_display = ["pk", "article", "name", "status", "queue", "is_urgent", "created_at"]
    list_filter = ["status", "queue", "is_urgent", "decided_by_person"]
    list_select_related = ["article"]
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-pk"]
    raw_id_fields = ["article", "parent", "thread"]


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
