"""What a card of the desk shows around a comment, and what it leaves out."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

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


def test_why_it_was_held_is_said_only_while_it_waits(moderator_client):
    because = "It is the first comment from this visitor."
    waits = make_comment(status=Status.WAITING, queue="general", held_because=because)
    public = make_comment(held_because=because)
    assert because in page_of(moderator_client, waits)
    assert because not in page_of(moderator_client, public)


def test_nobody_is_told_to_tick_where_there_is_nothing_to_tick(moderator_client):
    comment = make_comment(status=Status.WAITING, queue="pii")
    page = page_of(moderator_client, comment)
    assert "Nothing is cut yet." in page
    assert "Tick a place" not in page


def test_what_is_just_written_has_no_age_of_zero_minutes(moderator_client):
    comment = make_comment(status=Status.WAITING, queue="pii", created_at=timezone.now())
    page = page_of(moderator_client, comment)
    assert "less than a minute ago" in page
    assert "0\xa0minutes" not in page


@pytest.mark.parametrize(
    ("status", "heading"),
    [(Status.WAITING, "Not decided yet"), (Status.PUBLISHED, "Nothing was changed")],
)
def test_a_refusal_is_headed_by_what_is_so(moderator_client, status, heading):
    comment = make_comment(status=status, queue="general" if status == Status.WAITING else "")
    path = reverse("comments:decide", args=[comment.pk])
    page = moderator_client.post(path, {"decision": "undo", "version": 1}).content.decode()
    assert f"<h2>{heading}</h2>" in page


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("o", "A single character is cut only where it stands alone."),
        ("no", "These characters stand in 11 places of this comment."),
    ],
)
def test_what_stands_everywhere_is_not_cut_everywhere(moderator_client, words, refusal):
    comment = make_comment(body="no way " * 11, status=Status.WAITING, queue="pii")
    path = reverse("comments:cut", args=[comment.pk])
    answer = moderator_client.post(path, {"cut_words": words, "version": 1})
    assert answer.status_code == 422
    assert refusal in answer.content.decode()
