"""The public comments of one article as an Atom feed."""

from __future__ import annotations

from django.conf import settings
from django.db.models.functions import Coalesce, Greatest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from articles.models import Article

from .models import Comment

NEWEST = 100


@require_safe
@conditional_page
def article_comments(request: HttpRequest, slug: str) -> HttpResponse:
    """The hundred that were published or changed last; addresses come from SITE_URL."""
    article = get_object_or_404(Article.objects.published().entries(), slug=slug)
    page = f"{settings.SITE_URL}{article.get_absolute_url()}"
    feed = Atom1Feed(
        title=_("Comments on “%(headline)s”") % {"headline": article.headline},
        link=f"{page}#comments",
        description="",
        language=get_language() or settings.LANGUAGE_CODE,
        feed_url=f"{settings.SITE_URL}{reverse('comments:feed', args=[slug])}",
        feed_guid=f"{page}#comments",
    )
    published = Comment.objects.published().filter(article=article).defer("email")
    changed_last = Greatest("changed_at", Coalesce("hiding_changed_at", "changed_at"))
    for comment in published.order_by(changed_last.desc(), "-pk")[:NEWEST]:
        address = reverse("comments:permalink", args=[slug, comment.pk])
        feed.add_item(
            title=_("Comment by %(name)s") % {"name": comment.public_name},
            link=f"{settings.SITE_URL}{address}",
            unique_id=f"{settings.SITE_URL}{address}",
            description=comment.public_html,
            author_name=comment.public_name,
            pubdate=comment.created_at,
            updateddate=comment.updated_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
