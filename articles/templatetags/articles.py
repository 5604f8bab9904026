"""What the templates of articles ask for beyond the article itself.

The article page is also rendered by the view that takes comments, which knows the article and
nothing else; so the page fetches what stands around the text through these tags.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles import richtext, seo
from articles.models import Article, Picture
from articles.pictures import RENDITION_WIDTHS

RELATED = 3

register = template.Library()


@register.simple_tag
def related_articles(article: Article) -> list[Article]:
    """The newest other entries about the same topic; one query, none without a topic."""
    if article.topic is None:
        return []
    same = Article.objects.published().about(article.topic).exclude(pk=article.pk)
    return list(same.for_lists()[:RELATED])


@register.simple_tag(takes_context=True)
def structured_data(context: RequestContext, article: Article) -> SafeString:
    """The JSON-LD of an article."""
    return format_html(
        '<script type="application/ld+json" nonce="{}">{}</script>',
        str(context["request"].csp_nonce),
        seo.as_script_text(seo.structured_data(article)),
    )


@register.simple_tag
def open_graph(article: Article) -> list[tuple[str, str]]:
    return seo.open_graph(article)


@register.inclusion_tag("articles/_picture.html")
def picture(picture: Picture, sizes: str, first: bool = False) -> dict[str, Any]:
    """An image in the widths we keep. ``first`` is the one that the reader waits for."""
    smaller = [width for width in RENDITION_WIDTHS if width < picture.width]
    candidates = [(picture.rendition(width), width) for width in smaller]
    if len(smaller) < len(RENDITION_WIDTHS):
        # A rendition is never enlarged: the next width up is the picture in its own size.
        next_width = RENDITION_WIDTHS[len(smaller)]
        candidates.append((picture.rendition(next_width), picture.width))
    srcset = ", ".join(f"{address} {width}w" for address, width in candidates)
    return {"picture": picture, "srcset": srcset, "sizes": sizes, "first": first}


@register.filter
def with_site_words(text: str) -> SafeString:
    """A standing page's text with the organisation's name and address in place.

    A ``body`` is clean HTML and arrives here marked safe; anything else is escaped first.
    """
    words: dict[str, str | list[str]] = {
        "site_name": settings.SITE_NAME,
        "postal_address": settings.SITE_POSTAL_ADDRESS
        or [_("(Our postal address will be here soon.)")],
    }
    return mark_safe(richtext.with_words_in_place(conditional_escape(text), words))


@register.filter
def absolute(address: str) -> str:
    return seo.absolute(address)
