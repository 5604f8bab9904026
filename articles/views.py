"""The public pages: front, lists, one article, standing pages, search."""

from __future__ import annotations

from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from . import search as searching
from .models import Article, ArticleQuerySet, Topic

PER_PAGE = 10
ON_THE_FRONT = 8


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    newest = list(Article.objects.published().entries().for_lists()[:ON_THE_FRONT])
    context = {"lead": newest[0] if newest else None, "articles": newest[1:]}
    return render(request, "articles/front.html", context)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.published().entries()
    context = {
        "title": _("News"),
        "standfirst": _("What we found, what we learned, and what happened to people we know."),
        "topics": Topic.objects.in_use(),
    }
    return _list(request, articles, context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug)
    articles = Article.objects.published().about(topic)
    context = {
        "title": topic.name,
        "standfirst": topic.description,
        "topic": topic,
        "topics": Topic.objects.in_use(),
    }
    return _list(request, articles, context)


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("Reviews"),
        "standfirst": _("Films, series, books, podcasts and reports: do they get it right?"),
    }
    return _list(request, Article.objects.published().reviews(), context)


@require_safe
@vary_on_headers("Cookie")
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A post or review; the page itself brings in what stands around the text."""
    article = get_object_or_404(
        Article.objects.published().entries().select_related("topic", "picture", "work"), slug=slug
    )
    return render(request, "articles/detail.html", {"article": article})


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(
        Article.objects.published().pages().select_related("picture"), slug=slug
    )
    return render(request, "articles/page.html", {"article": article})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[: searching.MAX_LENGTH]
    found = searching.search(query)
    return _list(request, found, {"query": query}, template="articles/search.html")


def _list(
    request: HttpRequest,
    articles: ArticleQuerySet,
    context: dict[str, Any],
    template: str = "articles/list.html",
) -> HttpResponse:
    paginator = Paginator(articles.for_lists(), PER_PAGE)
    try:
        page = paginator.page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404 from error
    return render(request, template, {**context, "page": page, "articles": list(page)})
