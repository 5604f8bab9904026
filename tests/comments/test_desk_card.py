"""What a card of the desk shows around a comment, and what it leaves out."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import reverse

from comments.models import Status
from tests.builders import make_comment, make_finding

pytestmark = pytest.mark.django_db

MARKS = "Click a mark to keep or cut it"
WORDS = "Select words to cut them."


def page_of(client, comment) -> str:
    answer: HttpResponse = client.get(reverse("comments:show", args=[comment.pk]))
    return answer.content.decode()


def test_the_help_speaks_of_marks_only_where_there_is_one(moderator_client):
    plain = make_comment(status=Status.WAITING, queue="pii")
    found = make_comment(body="Call 555-0147.", status=Status.WAITING, queue="pii")
    make_finding(found, "555-0147")
    for comment, said, unsaid in ((plain, WORDS, MARKS), (found, MARKS, WORDS)):
        page = page_of(moderator_client, comment)
        assert said in page
        assert unsaid not in page


def test_the_help_is_collapsed_with_the_text_that_it_is_about(moderator_client):
    moderator_client.post(reverse("comments:hateful-text"), {"hides": "1"})
    comment = make_comment(status=Status.WAITING, queue="hate")
    make_finding(comment, "silence", type="HATE")
    veil = (
        page_of(moderator_client, comment).partition('class="veil"')[2].partition("</details>")[0]
    )
    assert "data-hand-help" in veil


def test_in_a_list_the_keys_are_told_to_screen_readers_alone(moderator_client):
    comment = make_comment(status=Status.WAITING, queue="pii")
    hidden = 'class="hand-help__keys visually-hidden"'
    assert hidden in moderator_client.get("/moderation/pii/").content.decode()
    assert hidden not in page_of(moderator_client, comment)
