"""The feed of an article's comments: what is in it, and what is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.utils import timezone

from comments import erasure, moderation
from comments.models import Status
from tests.builders import make_article, make_comment, make_finding

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def _feed(client, article):
    answer = client.get(f"/news/{article.slug}/feed/")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


def _texts(feed, path):
    return [node.text for node in feed.findall(path.replace("a:", ATOM))]


def test_the_feed_carries_public_comments_and_no_others(client, settings):
    settings.SITE_URL = "https://innocence.example.org"
    article = make_article(headline="What the tapes show")
    comment = make_comment(article, name="Marguerite D.", body="Watched it twice.\n\nAnd again.")
    make_comment(article, status=Status.WAITING)
    make_comment(article, status=Status.REMOVED)
    make_comment()
    feed = _feed(client, article)
    assert _texts(feed, "a:title") == ["Comments on “What the tapes show”"]
    assert _texts(feed, "a:entry/a:author/a:name") == ["Marguerite D."]
    assert _texts(feed, "a:entry/a:summary") == ["<p>Watched it twice.</p><p>And again.</p>"]
    assert _texts(feed, "a:entry/a:id") == [
        f"https://innocence.example.org/news/{article.slug}/comments/{comment.pk}/"
    ]


def test_the_feed_shows_the_redacted_text_and_no_address(client):
    comment = make_comment(
        body="Call 020 7946 0958.",
        redacted_body="Call [phone number removed].",
        email="secret@example.org",
    )
    raw = client.get(f"/news/{comment.article.slug}/feed/").content.decode()
    assert "[phone number removed]" in raw
    assert "020 7946" not in raw
    assert "secret" not in raw


def test_a_comment_counts_as_updated_when_it_was_last_decided(client):
    written = datetime(2017, 9, 14, 4, 8, tzinfo=UTC)
    decided = datetime(2017, 9, 16, 12, 0, tzinfo=UTC)
    comment = make_comment(created_at=written, changed_at=decided)
    newer = make_comment(comment.article, created_at=written, changed_at=written)
    feed = _feed(client, comment.article)
    assert _texts(feed, "a:entry/a:published") == ["2017-09-14T04:08:00+00:00"] * 2
    assert _texts(feed, "a:entry/a:updated")[0] == "2017-09-16T12:00:00+00:00"
    assert str(newer.pk) in (_texts(feed, "a:entry/a:id")[1] or "")


def test_the_feed_is_valid_whatever_people_write(client):
    comment = make_comment(
        name="<b>&\"'</b>", body="]]> <![CDATA[ &nbsp; 🙂 https://example.org/?a&b"
    )
    feed = _feed(client, comment.article)
    assert _texts(feed, "a:entry/a:author/a:name") == ["<b>&\"'</b>"]


def test_an_article_without_comments_has_an_empty_feed(client):
    assert _texts(_feed(client, make_article()), "a:entry") == []


def test_the_feed_needs_two_queries_for_a_hundred_comments(client, django_assert_num_queries):
    article = make_article()
    for _number in range(110):
        make_comment(article)
    with django_assert_num_queries(2):
        feed = _feed(client, article)
    assert len(feed.findall(f"{ATOM}entry")) == 100


def test_a_reader_that_has_it_already_is_spared_the_rest(client):
    article = make_article()
    make_comment(article)
    address = f"/news/{article.slug}/feed/"
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304


def test_a_redaction_reaches_the_feed_and_the_page_at_once(client, moderator):
    article = make_article()
    comment = make_comment(article, body="Call 555-0147.")
    make_finding(comment, "555-0147")
    feed, page = f"/news/{article.slug}/feed/", article.get_absolute_url()
    tag = client.get(feed)["ETag"]
    before = _texts(_feed(client, article), "a:entry/a:updated")
    assert "555-0147" in client.get(page).content.decode()
    now = timezone.now()
    for minutes, decide in enumerate(
        (
            lambda: moderation.approve_redacted(comment, by=moderator),
            lambda: moderation.undo(comment.decisions.get(action="approve_redacted"), by=moderator),
            lambda: moderation.approve_redacted(comment, by=moderator),
        ),
        start=1,
    ):
        with time_machine.travel(now + timedelta(minutes=minutes)):
            decide()
        answer = client.get(feed, headers={"if-none-match": tag})
        assert answer.status_code == 200
        assert answer["ETag"] != tag
        assert ("555-0147" in answer.content.decode()) is not comment.is_redacted
        shown = client.get(page, headers={"if-none-match": tag})
        assert shown.status_code == 200
        assert ("555-0147" in shown.content.decode()) is not comment.is_redacted
        after = _texts(_feed(client, article), "a:entry/a:updated")
        assert after > before
        assert _texts(_feed(client, article), "a:updated") == after
        tag, before = answer["ETag"], after


def test_nothing_keeps_an_older_page_of_comments(client):
    comment = make_comment()
    for path in (comment.article.get_absolute_url(), f"/news/{comment.article.slug}/feed/"):
        answer = client.get(path)
        assert "max-age" not in answer.get("Cache-Control", "")
        assert "Last-Modified" not in answer
        assert "Expires" not in answer


def test_destroying_what_was_cut_changes_nothing_for_readers(client, moderator):
    comment = make_comment(body="Call 555-0147.")
    make_finding(comment, "555-0147")
    moderation.approve_redacted(comment, by=moderator)
    before = client.get(f"/news/{comment.article.slug}/feed/")
    erasure.destroy_now(comment, by=moderator)
    after = client.get(f"/news/{comment.article.slug}/feed/")
    assert after["ETag"] == before["ETag"]
