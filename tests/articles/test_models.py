"""What an article says about itself, and that the database says the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from tests.builders import make_article

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("withdrawn", [None, -HOUR])
@pytest.mark.parametrize("published", [None, -HOUR, HOUR])
def test_the_database_puts_an_article_into_the_state_that_it_says_itself(published, withdrawn):
    now = timezone.now()
    article = make_article(
        published_at=published and now + published, withdrawn_at=withdrawn and now + withdrawn
    )
    mine = Article.objects.filter(pk=article.pk)
    assert [state for state in Article.State if mine.in_state(state)] == [article.state]
    assert [state for state, number in mine.count_by_state().items() if number] == [article.state]
    assert mine.published().exists() == article.is_published


@pytest.mark.parametrize(
    ("values", "accepts"),
    [
        ({}, True),
        ({"kind": "review"}, True),
        ({"kind": "page"}, False),
        ({"comments_open": False}, False),
        ({"comments_close_at": HOUR}, True),
        ({"comments_close_at": -HOUR}, False),
        ({"published_at": None}, False),
        ({"published_at": HOUR}, False),
        ({"withdrawn_at": -HOUR}, False),
    ],
)
def test_an_article_takes_comments_while_it_is_public_and_open(values, accepts):
    now = timezone.now()
    moments = {
        name: now + value if isinstance(value, timedelta) else value
        for name, value in values.items()
    }
    assert make_article(**moments).accepts_comments is accepts
