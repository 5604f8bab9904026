"""Several people at the desk in the same second."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from articles import publishing
from articles.models import Article

WRITERS = 6

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("transactional_db"),
]


def all_at_once(work):
    """Call ``work`` in as many threads at the same moment; what each returned or raised."""
    barrier = Barrier(WRITERS)

    def run(number):
        try:
            barrier.wait(timeout=10)
            return work(number)
        except Exception as error:  # what a thread raised is the result under test
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def test_of_many_who_save_on_one_base_exactly_one_is_kept_and_the_others_are_told():
    content = {"headline": "First", "body": "<p>First.</p>"}
    first = publishing.save_draft(None, by=None, content=content)

    def save(number):
        text = {"headline": f"Version {number}", "body": "<p>Mine.</p>"}
        return publishing.save_draft(first.article, by=None, content=text, base=first.pk)

    results = all_at_once(save)
    told = [result for result in results if isinstance(result, publishing.Outdated)]
    assert len(told) == WRITERS - 1
    assert first.article.revisions.count() == 2


def test_many_new_articles_with_one_headline_all_get_an_address():
    def write(number):
        return publishing.save_draft(None, by=None, content={"headline": "The same words"})

    results = all_at_once(write)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert Article.objects.filter(slug__startswith="the-same-words").count() == WRITERS


def test_an_article_published_by_many_at_once_has_one_first_publication():
    content = {"headline": "First", "body": "<p>First.</p>"}
    revision = publishing.save_draft(None, by=None, content=content)
    all_at_once(lambda _number: publishing.publish(revision, by=None))
    actions = sorted(entry.action for entry in revision.article.publications.all())
    assert actions == ["published", *["revised"] * (WRITERS - 1)]
