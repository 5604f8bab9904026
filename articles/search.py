"""Full-text search over what is published: FTS5 on SQLite, text search on PostgreSQL.

The migration ``0002_search_index`` keeps the index in step by triggers (SQLite) or as an index
over an expression (PostgreSQL), so nothing here has to be told about a new article.
"""

from __future__ import annotations

import re
from typing import cast

from django.db import connection

from .models import Article, ArticleQuerySet

MAX_LENGTH = 200
_MAX_TERMS = 12
_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\"]")
_WORD_CHARACTER = re.compile(r"[^\W_]")

# To the letter the expression that the migration has indexed, else PostgreSQL reads every row.
_POSTGRESQL_MATCH = (
    "to_tsvector('english', headline || ' ' || standfirst || ' ' || plain_text)"
    " @@ websearch_to_tsquery('english', %s)"
)
_POSTGRESQL_RANK = (
    "ts_rank(setweight(to_tsvector('english', headline), 'A')"
    " || setweight(to_tsvector('english', standfirst), 'B')"
    " || to_tsvector('english', plain_text), websearch_to_tsquery('english', %s))"
)


def search(query: str) -> ArticleQuerySet:
    """Published articles that hold every term, best match first; nothing for an empty query."""
    terms = _terms(query)
    if not terms:
        return Article.objects.none()
    if connection.vendor == "postgresql":
        return _search_postgresql(terms)
    return _search_sqlite(terms)


def _terms(query: str) -> list[str]:
    """What the reader typed, without the signs that either database takes for operators."""
    chunks = _NOT_TEXT.sub(" ", query[:MAX_LENGTH]).split()
    return [chunk.lstrip("-") for chunk in chunks if _WORD_CHARACTER.search(chunk)][:_MAX_TERMS]


def _search_sqlite(terms: list[str]) -> ArticleQuerySet:
    # In quotes every sign is only a sign; the star makes each term the beginning of a word.
    match = " ".join(f'"{term}"*' for term in terms)
    found = Article.objects.published().extra(
        select={"relevance": "bm25(articles_search, 10.0, 4.0, 1.0)"},
        tables=["articles_search"],
        where=["articles_search.rowid = articles_article.id", "articles_search MATCH %s"],
        params=[match],
        order_by=["relevance", "-published_at"],
    )
    return cast("ArticleQuerySet", found)


def _search_postgresql(terms: list[str]) -> ArticleQuerySet:
    # websearch_to_tsquery takes any text without an error.
    query = " ".join(f'"{term}"' for term in terms)
    found = Article.objects.published().extra(  # noqa: S610 - constants, and parameters for them
        select={"relevance": _POSTGRESQL_RANK},
        select_params=[query],
        where=[_POSTGRESQL_MATCH],
        params=[query],
        order_by=["-relevance", "-published_at"],
    )
    return cast("ArticleQuerySet", found)
