"""What search engines and other sites are told about an article, in their vocabulary."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .models import Article, Picture, Work, default_byline

_ITEM_TYPES = {
    Work.Kind.SERIES: "TVSeries",
    Work.Kind.FILM: "Movie",
    Work.Kind.BOOK: "Book",
    Work.Kind.PODCAST: "PodcastSeries",
    Work.Kind.REPORT: "Report",
}
# Inside a script element these could end it, or begin a comment.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def absolute(address: str) -> str:
    """An address of ours as other sites have to write it."""
    return urljoin(f"{settings.SITE_URL}/", address)


def structured_data(article: Article) -> dict[str, Any]:
    """schema.org: NewsArticle, or Review of a work."""
    address = absolute(article.get_absolute_url())
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Review" if article.is_review else "NewsArticle",
        "headline": article.headline,
        "description": article.standfirst,
        "url": address,
        "mainEntityOfPage": address,
        "inLanguage": get_language() or settings.LANGUAGE_CODE,
        "author": _author(article.byline),
        "publisher": _organisation(),
        "isAccessibleForFree": True,
    }
    if article.published_at:
        data["datePublished"] = article.published_at.isoformat()
        data["dateModified"] = (article.revised_at or article.published_at).isoformat()
    if article.topic:
        data["articleSection" if not article.is_review else "about"] = article.topic.name
    if article.picture:
        data["image"] = _image(article.picture)
    if article.is_review and article.work:
        data["itemReviewed"] = _work(article.work)
        data["reviewBody"] = article.verdict or article.standfirst
    return data


def as_script_text(data: dict[str, Any]) -> SafeString:
    """JSON that cannot leave the script element it stands in."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))


def open_graph(article: Article) -> list[tuple[str, str]]:
    """The properties that other sites show when somebody shares the address."""
    properties = [
        ("og:type", "website" if article.is_page else "article"),
        ("og:site_name", settings.SITE_NAME),
        ("og:title", article.headline),
        ("og:description", article.standfirst),
        ("og:url", absolute(article.get_absolute_url())),
    ]
    if article.picture:
        properties += [
            ("og:image", absolute(article.picture.file.url)),
            ("og:image:width", str(article.picture.width)),
            ("og:image:height", str(article.picture.height)),
            ("og:image:alt", article.picture.alt),
        ]
    if not article.is_page and article.published_at:
        properties.append(("article:published_time", article.published_at.isoformat()))
        if article.revised_at:
            properties.append(("article:modified_time", article.revised_at.isoformat()))
        if article.topic:
            properties.append(("article:section", article.topic.name))
    return [(name, content) for name, content in properties if content]


def _author(byline: str) -> dict[str, str]:
    # "Northlight Staff" is the house speaking; any other byline names people.
    is_house = byline == default_byline() or byline.casefold().endswith(" staff")
    kind = "Organization" if is_house else "Person"
    return {"@type": kind, "name": byline}


def _organisation() -> dict[str, str]:
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"}


def _image(picture: Picture) -> dict[str, Any]:
    image = {
        "@type": "ImageObject",
        "url": absolute(picture.file.url),
        "width": picture.width,
        "height": picture.height,
        "caption": picture.caption or picture.alt,
    }
    if picture.credit:
        image["creditText"] = picture.credit
    return image


def _work(work: Work) -> dict[str, Any]:
    item: dict[str, Any] = {
        "@type": _ITEM_TYPES[Work.Kind(work.kind)],
        "name": work.title,
        "datePublished": str(work.year),
    }
    if work.kind == Work.Kind.SERIES and work.season:
        item |= {
            "@type": "TVSeason",
            "name": str(work),
            "seasonNumber": work.season,
            "partOfSeries": {"@type": "TVSeries", "name": work.title},
        }
    return item
