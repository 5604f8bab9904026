"""Comments on the page of an article: their order, their pages, their tombstones."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from time import thread_time
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from comments import moderation, visitors
from comments.models import Comment, Status
from comments.templatetags.comments import comment_counts, count_of
from tests.builders import make_article, make_comment

pytestmark = pytest.mark.django_db


def _page(article, query="", client=None):
    answer = (client or Client()).get(f"{article.get_absolute_url()}{query}")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def _shown(page):
    return [int(pk) for pk in re.findall(r'<li id="comment-(\d+)"', page)]


def _place(page, *parts):
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_the_order_is_count_notice_form_thread():
    comment = make_comment()
    page = _page(comment.article)
    _place(page, "1 comment", 'class="notice', 'id="comment-form"', f'id="comment-{comment.pk}"')


def test_a_comment_shows_its_name_its_date_as_its_permalink_and_its_text(settings):
    settings.TIME_ZONE = "America/New_York"
    written = datetime(2017, 9, 14, 8, 8, tzinfo=UTC)
    comment = make_comment(name="Marguerite D.", body="Watched it twice.", created_at=written)
    page = _page(comment.article)
    permalink = f'href="/news/{comment.article.slug}/comments/{comment.pk}/"'
    _place(
        page,
        "Marguerite D.",
        permalink,
        "September 14, 2017, 4:08 a.m.",
        "<p>Watched it twice.</p>",
    )
    assert 'datetime="2017-09-14T04:08:00-04:00"' in page
    assert f'href="/news/{comment.article.slug}/comment/?parent={comment.pk}"' in page


def test_replies_stand_below_and_say_whom_they_answer_where_indentation_ends():
    top = make_comment(name="Ada")
    reply = make_comment(parent=top, name="Bo")
    deeper = make_comment(parent=reply, name="Cy")
    deepest = make_comment(parent=deeper, name="Di")
    page = _page(top.article)
    assert _shown(page) == [top.pk, reply.pk, deeper.pk, deepest.pk]
    assert page.count("in reply to") == 1
    _place(page, f'id="comment-{deepest.pk}"', f'href="#comment-{deeper.pk}">in reply to Cy')


def test_a_removed_comment_leaves_one_line_with_the_reason_and_no_text(moderator):
    removed = make_comment(name="Somebody", body="Buy my loans.")
    reply = make_comment(parent=removed)
    moderation.remove(removed, by=moderator, reason="off_topic")
    page = _page(removed.article)
    assert "Removed by a moderator: off topic." in page
    assert "Buy my loans." not in page
    assert "Somebody" not in page
    assert _shown(page) == [removed.pk, reply.pk]


def test_a_removed_comment_without_replies_leaves_nothing():
    removed = make_comment(status=Status.REMOVED, body="Buy my loans.")
    page = _page(removed.article)
    assert _shown(page) == []
    assert "No comments yet" in page


def test_a_redacted_place_is_set_apart_before_and_after_the_original_is_gone():
    place = '<bdi class="cut" dir="ltr">[phone number removed]</bdi>'
    redacted = make_comment(
        body="Call 020 7946 0958.", redacted_body="Call [phone number removed]."
    )
    destroyed = make_comment(
        body="Call [phone number removed].", original_destroyed_at=timezone.now()
    )
    for comment in (redacted, destroyed):
        page = _page(comment.article)
        assert place in page
        assert "020 7946" not in page


def test_nobody_can_write_a_redaction_himself():
    comment = make_comment(body="They took it out: [phone number removed]")
    page = _page(comment.article)
    assert "[phone number removed]" in page
    assert 'class="cut"' not in page


def test_twenty_threads_at_a_time_and_a_link_to_the_rest():
    article = make_article()
    tops = [make_comment(article).pk for _number in range(45)]
    first, second, third = (_page(article, query) for query in ("", "?comments=2", "?comments=3"))
    assert [_shown(page) for page in (first, second, third)] == [tops[:20], tops[20:40], tops[40:]]
    more = f'rel="next" href="{article.get_absolute_url()}?comments=2#thread"'
    assert more in first
    assert f'hx-get="/news/{article.slug}/comments/?comments=2"' in first
    assert "See earlier comments" not in first
    assert f'rel="prev" href="{article.get_absolute_url()}#thread"' in second
    assert f'rel="prev" href="{article.get_absolute_url()}?comments=2#thread"' in third
    assert "See more comments" not in third
    assert "45 comments" in third


@pytest.mark.parametrize("odd", ["0", "-1", "x", "", "9999999", "99999999999999999999", "²", "%00"])
def test_a_page_that_is_not_there_is_the_first(odd):
    comment = make_comment()
    assert _shown(_page(comment.article, f"?comments={odd}")) == [comment.pk]


def test_replies_are_not_counted_as_threads():
    top = make_comment()
    for _number in range(30):
        make_comment(parent=top)
    page = _page(top.article)
    assert len(_shown(page)) == 31
    assert "31 comments" in page
    assert "See more" not in page


def test_a_waiting_comment_is_for_its_author_only_and_cannot_be_answered():
    own = uuid4()
    comment = make_comment(status=Status.WAITING, visitor=own, body="Mine.")
    author = Client()
    answer = HttpResponse()
    visitors.remember(answer, own)
    author.cookies[visitors.COOKIE] = answer.cookies[visitors.COOKIE].value
    page = _page(comment.article, client=author)
    assert "Waits for a moderator. Only you can see it." in page
    assert "Mine." in page
    assert f"?parent={comment.pk}" not in page
    assert "Mine." not in _page(comment.article)


def test_a_closed_article_has_a_sentence_instead_of_a_form_and_no_reply_links():
    comment = make_comment(make_article(comments_open=False))
    page = _page(comment.article)
    assert "takes no more comments" in page
    assert "comment-form" not in page
    assert ">Reply" not in page
    assert _shown(page) == [comment.pk]


def test_counts_come_in_one_query_for_all_articles(django_assert_num_queries):
    busy, quiet = make_article(), make_article()
    make_comment(busy)
    make_comment(busy, status=Status.WAITING)
    make_comment(busy, status=Status.REMOVED)
    with django_assert_num_queries(1):
        counts = comment_counts([busy, quiet])
    assert counts == {busy.pk: 1, quiet.pk: 0}
    assert count_of(counts, busy) == 1


def _thousand(article, shape):
    """A thousand published comments: in twenty threads, or as one chain of replies."""
    begin = timezone.now() - timedelta(days=1)
    made: list[Comment] = []
    for number in range(1000):
        if shape == "chain":
            parent = made[-1] if made else None
        else:
            parent = made[number % 20] if number >= 20 else None
        made.append(
            Comment(
                pk=10_000 + number,
                article=article,
                parent=parent,
                thread=(made[0] if shape == "chain" else parent) if parent else None,
                name=f"Reader {number}",
                email="reader@example.org",
                body="The silence on the tapes stays with you. " * 5,
                status=Status.PUBLISHED,
                created_at=begin + timedelta(seconds=number),
                submission_digest=uuid4().hex,
            )
        )
    Comment.objects.bulk_create(made)


@pytest.mark.parametrize("shape", ["threads", "chain"])
def test_a_thousand_comments_cost_no_more_queries_than_one(
    client, django_assert_max_num_queries, shape
):
    article = make_article()
    make_comment(article)
    with django_assert_max_num_queries(8) as few:
        _page(article, client=client)
    _thousand(article, shape)
    begin = thread_time()
    with django_assert_max_num_queries(8) as many:
        page = _page(article, client=client)
    assert thread_time() - begin < 3
    assert len(many) == len(few)
    assert len(_shown(page)) >= 960
