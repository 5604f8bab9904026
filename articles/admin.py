"""The admin: topics and works to edit, and everything that staff wrote to look at only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from .models import (
    Article,
    DirectoryChange,
    GuideRevision,
    Organisation,
    Picture,
    Publication,
    Revision,
    Topic,
    Work,
)


class _ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Writing is changed at the desk, where every change leaves a revision behind."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "slug", "description"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Work)
class WorkAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "kind", "season", "year", "creators"]
    list_filter = ["kind"]
    search_fields = ["title", "creators"]


@admin.register(Article)
class ArticleAdmin(_ReadOnlyAdmin):
    list_display = ["headline", "kind", "topic", "published_at", "withdrawn_at"]
    list_filter = ["kind", "topic"]
    list_select_related = ["topic"]
    search_fields = ["headline", "slug"]


@admin.register(Revision)
class RevisionAdmin(_ReadOnlyAdmin):
    list_display = ["headline", "article", "saved_at", "saved_by"]
    list_select_related = ["article", "saved_by"]
    search_fields = ["headline"]


@admin.register(Publication)
class PublicationAdmin(_ReadOnlyAdmin):
    list_display = ["article", "action", "at", "by", "effective_at"]
    list_filter = ["action"]
    list_select_related = ["article", "by"]
    search_fields = ["article__headline"]


@admin.register(Picture)
class PictureAdmin(_ReadOnlyAdmin):
    list_display = ["alt", "credit", "width", "height", "uploaded_at"]
    search_fields = ["alt", "caption", "credit"]


@admin.register(GuideRevision)
class GuideRevisionAdmin(_ReadOnlyAdmin):
    list_display = ["saved_at", "saved_by", "part", "published_at", "published_by"]
    list_filter = ["part"]
    list_select_related = ["saved_by", "published_by"]


@admin.register(Organisation)
class OrganisationAdmin(_ReadOnlyAdmin):
    list_display = ["name", "website", "is_shown"]
    list_filter = ["is_shown"]
    search_fields = ["name"]


@admin.register(DirectoryChange)
class DirectoryChangeAdmin(_ReadOnlyAdmin):
    list_display = ["at", "by", "action", "undoes"]
    list_filter = ["action"]
    list_select_related = ["by", "undoes"]
