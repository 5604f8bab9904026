"""The nouns of what staff write: articles and their history, how we consider cases, who else helps."""

from __future__ import annotations

from .article import (
    Article,
    ArticleQuerySet,
    Picture,
    Publication,
    Revision,
    Topic,
    Work,
    Writing,
    default_byline,
)

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Picture",
    "Publication",
    "Revision",
    "Topic",
    "Work",
    "Writing",
    "default_byline",
]
