"""The Atom feed of posts and reviews."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from .models import Article
from .seo import absolute

NEWEST = 20


@require_safe
@conditional_page
def entries(request: HttpRequest) -> HttpResponse:
    """The newest twenty; addresses come from SITE_URL, whatever host the reader asked."""
    feed = Atom1Feed(
        title=settings.SITE_NAME,
        link=absolute(reverse("articles:front")),
        description=_("News and reviews"),
        subtitle=_("News and reviews"),
        language=get_language() or settings.LANGUAGE_CODE,
        feed_url=absolute(reverse("articles:feed")),
        author_name=settings.SITE_NAME,
    )
    articles = Article.objects.published().entries().for_lists()
    for article in articles[:NEWEST]:
        address = absolute(article.get_absolute_url())
        feed.add_item(
            title=article.headline,
            link=address,
            description=article.standfirst,
            unique_id=address,
            pubdate=article.published_at,
            updateddate=article.revised_at or article.published_at,
            author_name=article.byline,
            categories=[article.topic.name] if article.topic else [],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
