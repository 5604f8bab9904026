"""The sitemap: every published article, page, topic and list, under SITE_URL."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from .models import Article, ArticleQuerySet, Topic


class _OurSitemap(Sitemap):  # type: ignore[type-arg]
    """Says SITE_URL in every address, whatever host the reader asked."""

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        home = urlsplit(settings.SITE_URL)
        # All that is asked of a site is its domain, and django.contrib.sites is not installed.
        ours: Any = SimpleNamespace(domain=home.netloc)
        return super().get_urls(page, ours, home.scheme)


class Articles(_OurSitemap):
    def items(self) -> ArticleQuerySet:
        return Article.objects.published().defer("body", "plain_text").order_by("pk")

    def lastmod(self, article: Article) -> datetime | None:
        return article.revised_at or article.published_at


class Lists(_OurSitemap):
    def items(self) -> list[str]:
        named = [reverse(f"articles:{name}") for name in ("front", "news", "reviews")]
        return named + [topic.get_absolute_url() for topic in Topic.objects.in_use()]

    def location(self, address: str) -> str:
        return address


class BesideCases(_OurSitemap):
    """The five questions and the letter guide, where the page that they belong to is there."""

    def items(self) -> list[str]:
        if not Article.objects.published().pages().exclude(words_beside="").exists():
            return []
        return [
            reverse(f"articles:{name}", args=[language])
            for name in ("cases-check", "cases-letter")
            for language, _name in settings.LANGUAGES
        ]

    def location(self, address: str) -> str:
        return address


@require_safe
@conditional_page
def sitemap(request: HttpRequest) -> TemplateResponse:
    return views.sitemap(request, {"lists": Lists, "articles": Articles, "cases": BesideCases})
