"""Search: what it finds, in which order, and that nothing typed into it can break it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import publishing
from articles.models import Article
from articles.search import _POSTGRESQL_MATCH, search
from tests.builders import make_article

pytestmark = pytest.mark.django_db


def found(query):
    return [article.slug for article in search(query)]


def test_an_article_is_found_by_the_words_of_headline_standfirst_and_text():
    make_article(slug="tapes", headline="Marimba", standfirst="Ocarina", plain_text="Theremin")
    for word in ("marimba", "OCARINA", "theremin", "marimba theremin"):
        assert found(word) == ["tapes"]
    assert found("marimba bagpipe") == []


def test_a_word_is_found_in_its_other_forms():
    make_article(slug="confessed", plain_text="Zither players confessed falsely.")
    assert found("zithers confessing") == ["confessed"]


def test_accents_do_not_matter_on_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps accents without an extension")
    make_article(slug="accents", headline="Exoneración en Bogotá")
    assert found("exoneracion bogota") == ["accents"]


def test_a_headline_counts_for_more_than_the_text():
    make_article(slug="in-text", plain_text="One zither among many other words here.")
    make_article(slug="in-headline", headline="The zither")
    assert found("zither") == ["in-headline", "in-text"]


def test_only_what_is_published_is_found():
    now = timezone.now()
    make_article(slug="draft", headline="Zither", published_at=None)
    make_article(slug="soon", headline="Zither", published_at=now + timedelta(days=1))
    make_article(slug="gone", headline="Zither", withdrawn_at=now)
    assert found("zither") == []


def test_the_index_follows_a_change_and_a_removal():
    article = make_article(slug="one", headline="Zither")
    article.headline = "Marimba"
    article.save()
    assert (found("zither"), found("marimba")) == ([], ["one"])
    article.revisions.all().delete()
    article.delete()
    assert found("marimba") == []


def test_the_index_follows_publishing(editor):
    content = {"headline": "Plain", "body": "<p>A <b>zither</b></p>"}
    revision = publishing.save_draft(None, by=editor, content=content)
    assert found("zither") == []
    publishing.publish(revision, by=editor)
    assert found("zither") == ["plain"]


@pytest.mark.parametrize(
    "query",
    [
        "", "   ", "*", '"', '""', '"zither', "zither*", "-zither", "--", "NEAR(", "AND", "OR OR",
        "NOT", "a AND", "headline:zither", "zither^2", "(zither", "zither)", "{zither}", "'", "''",
        "\\", "%", "_", "__", ";", "zither; DROP TABLE articles_article", "\x00", "zi\x00ther",
        "\ud800", "🎉" * 300, "ª", "٣", "é" * 1000, "a " * 1000, "<script>", ":*",
        "!", "&|!", "zither:*",
    ],
)  # fmt: skip
def test_nothing_that_is_typed_breaks_the_search(query):
    make_article(headline="Zither")
    assert search(query).count() == len(found(query))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_no_text_at_all_breaks_the_search(query):
    list(search(query))


def test_the_answer_can_be_narrowed_and_counted_like_any_other():
    for number in range(3):
        make_article(headline=f"Zither {number}")
    make_article(headline="Zither", kind="page")
    assert search("zither").entries().count() == 3
    assert search("zither").for_lists().count() == 4
    assert len(search("zither")[:2]) == 2


def test_on_postgresql_the_index_is_used():
    if connection.vendor != "postgresql":
        pytest.skip("about PostgreSQL's planner")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    matching = Article.objects.extra(where=[_POSTGRESQL_MATCH], params=["zither"])
    assert "articles_search" in matching.explain()
