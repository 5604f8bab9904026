"""What staff write: articles, how we consider cases, and who else helps, each with its history."""

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
from .directory import (
    DirectoryChange,
    DirectoryLine,
    Organisation,
    OrganisationPlace,
    OrganisationQuerySet,
)
from .guide import GuidePoint, GuideRevision, GuideRevisionQuerySet

__all__ = [
    "Article",
    "ArticleQuerySet",
    "DirectoryChange",
    "DirectoryLine",
    "GuidePoint",
    "GuideRevision",
    "GuideRevisionQuerySet",
    "Organisation",
    "OrganisationPlace",
    "OrganisationQuerySet",
    "Picture",
    "Publication",
    "Revision",
    "Topic",
    "Work",
    "Writing",
    "default_byline",
]
