"""Hateful text starts collapsed to its kind, for moderators who choose that."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from comments.models import Status
from comments.screening import FindingType
from tests.builders import make_comment, make_finding

pytestmark = pytest.mark.django_db

WORDS = "All of them are vermin."


@pytest.fixture
def hateful():
    comment = make_comment(status=Status.WAITING, queue="hate", body=WORDS, author_digest="d" * 64)
    make_finding(comment, WORDS, type=FindingType.HATE)
    return comment


def pages(client, *comments):
    for path in ("/moderation/hate/", "/moderation/all/"):
        yield client.get(path).content.decode()
    for comment in comments:
        yield client.get(reverse("comments:show", args=[comment.pk])).content.decode()


def outside(page: str) -> str:
    """What stands on a page before anything is opened."""
    return re.sub(r'<details class="veil">.*?</details>', "", page, flags=re.DOTALL)


def choose(client, hides: str):
    return client.post("/moderation/hateful-text/", {"hides": hides})


def test_hateful_text_is_shown_until_a_moderator_chooses_otherwise(moderator_client, hateful):
    for page in pages(moderator_client, hateful):
        assert "vermin" in page
        assert "veil" not in page


def test_whoever_chose_it_sees_the_kind_and_opens_the_text(moderator_client, hateful):
    assert choose(moderator_client, "1").url == "/moderation/hate/"
    for page in pages(moderator_client, hateful):
        assert "Collapsed: hate speech. Show the text" in page
        assert "vermin" in page
        assert "vermin" not in outside(page)
        assert 'name="decision" value="remove"' in page
    choose(moderator_client, "0")
    for page in pages(moderator_client, hateful):
        assert "vermin" in outside(page)


def test_it_is_collapsed_beside_other_comments_too(moderator_client, hateful):
    choose(moderator_client, "1")
    reply = make_comment(parent=hateful, status=Status.WAITING)
    other = make_comment(author_digest=hateful.author_digest, status=Status.WAITING)
    for comment in (reply, other):
        *_lists, page = pages(moderator_client, comment)
        assert "vermin" in page
        assert "vermin" not in outside(page)


def test_a_colleague_and_a_mere_hint_are_left_alone(moderator_client, lead_client, hateful):
    choose(lead_client, "1")
    for page in pages(moderator_client, hateful):
        assert "vermin" in outside(page)
    hateful.findings.update(score=0.1)
    for page in pages(lead_client, hateful):
        assert "vermin" in outside(page)


def test_the_choice_costs_one_query_and_only_where_something_is_hateful(
    moderator_client, hateful, django_assert_num_queries
):
    choose(moderator_client, "1")
    for _number in range(3):
        make_comment(status=Status.WAITING, queue="pii", parent=make_comment())
        other = make_comment(status=Status.WAITING, queue="hate", parent=make_comment())
        make_finding(other, "silence", type=FindingType.THREAT)
    with django_assert_num_queries(9):
        moderator_client.get("/moderation/pii/")
    with django_assert_num_queries(10):
        moderator_client.get("/moderation/hate/")
