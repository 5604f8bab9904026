"""What stands beside a comment at the desk: its thread, its article, what its author wrote else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comments import beside, moderation
from comments.models import Comment, Status
from comments.screening import FindingType
from tests.builders import make_article, make_comment, make_finding

pytestmark = pytest.mark.django_db

DIGEST = "d" * 64


def page_of(client, comment: Comment) -> str:
    return str(client.get(reverse("comments:show", args=[comment.pk])).content.decode())


def waiting(**values) -> Comment:
    return make_comment(status=Status.WAITING, queue="general", **values)


def test_a_reply_stands_in_its_thread_with_what_was_said_just_before():
    now = timezone.now()
    top = make_comment(created_at=now - timedelta(days=3))
    before = [
        make_comment(parent=top, created_at=now - timedelta(hours=30 - number))
        for number in range(beside.BEFORE + 3)
    ]
    parent = before[0]
    reply = waiting(parent=parent, created_at=now - timedelta(hours=2))
    make_comment(parent=top, created_at=now - timedelta(hours=1))
    make_comment(parent=make_comment())
    around = beside.of(Comment.objects.get(pk=reply.pk))
    assert around.thread == [top, parent, *before[-beside.BEFORE :], reply]


def test_a_comment_that_was_public_stands_with_its_answers():
    comment = make_comment()
    answers = [make_comment(parent=comment) for _number in range(beside.ANSWERS + 1)]
    around = beside.of(Comment.objects.get(pk=comment.pk))
    assert around.thread == [comment, *answers[: beside.ANSWERS]]


def test_the_page_shows_the_article_the_thread_and_what_the_author_wrote_else(
    moderator_client, moderator
):
    article = make_article(headline="The first tape", standfirst="Eleven seconds are missing.")
    parent = make_comment(article, name="Thaddeus", body="What did the tape show?")
    earlier = make_comment(
        make_article(headline="The second tape"), author_digest=DIGEST, body="Football, again."
    )
    moderation.remove(earlier, by=moderator, reason="off_topic", note="A remark of mine.")
    comment = waiting(parent=parent, author_digest=DIGEST)
    page = page_of(moderator_client, comment).partition('class="beside"')[2]
    for words in (
        "The first tape",
        "Eleven seconds are missing.",
        "It answers Thaddeus",
        "What did the tape show?",
        "1 other comment from this address",
        "Removed: 1",
        "The second tape",
        "Football, again.",
        "A remark of mine.",
    ):
        assert words in page


def test_a_comment_alone_says_so(moderator_client):
    page = page_of(moderator_client, waiting())
    assert "It answers nobody, and nobody has answered it." in page
    assert "No other comment from this address." in page


def test_guarded_characters_stay_guarded_beside_another_comment(moderator_client):
    number = "219-09-9999"
    parent = make_comment(body=f"Mine is {number}.")
    other = make_comment(body=f"Again: {number}.", author_digest=DIGEST)
    for comment in (parent, other):
        make_finding(comment, number, type=FindingType.SSN)
    page = page_of(moderator_client, waiting(parent=parent, author_digest=DIGEST))
    assert number not in page
    assert page.count("•" * len(number)) == 2


def test_an_author_of_very_many_comments_is_counted_so_far(moderator_client, monkeypatch):
    monkeypatch.setattr(beside, "OTHERS_COUNTED", 3)
    for _number in range(6):
        make_comment(author_digest=DIGEST)
    comment = waiting(author_digest=DIGEST)
    around = beside.of(Comment.objects.get(pk=comment.pk))
    assert (around.total, around.is_more) == (3, True)
    assert "The newest 3 other comments" in page_of(moderator_client, comment)


def test_it_takes_four_queries_however_much_there_is(django_assert_num_queries):
    top = make_comment()
    for _number in range(20):
        make_finding(make_comment(parent=top, author_digest=DIGEST), end=3)
    comment = waiting(parent=top, author_digest=DIGEST)
    comment = Comment.objects.select_related("parent", "thread").get(pk=comment.pk)
    with django_assert_num_queries(4):
        around = beside.of(comment)
        assert len(around.others) == beside.OTHERS
        assert all(one.guarded_body for one in around.thread)
