"""Notes of moderators: seen beside what they are about, by moderators and on request its author."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from auditlog.models import Link
from comments import erasure, intake, moderation, notes, receipts, restrictions
from comments.models import Comment, Note, Status
from tests.builders import make_comment

pytestmark = pytest.mark.django_db

EMAIL = "writer@example.org"
TEXT = "Please read together with the other two."
ABOUT = "Mostly kind, and quick to anger on Fridays."


def theirs(**values):
    digest = intake.author_digest(EMAIL)
    return make_comment(email=EMAIL, author_digest=digest, **values)


def page_of(client, comment):
    return client.get(reverse("comments:show", args=[comment.pk])).content.decode()


def write(client, comment, text=TEXT, **values):
    return client.post(
        reverse("comments:note", args=[comment.pk]), {"text": text, "about": "comment"} | values
    )


def test_a_note_stands_beside_its_comment_and_one_on_the_author_beside_all_of_theirs(
    moderator_client, moderator
):
    one, other, strangers = theirs(), theirs(), make_comment(author_digest="e" * 64)
    assert write(moderator_client, one).status_code == 302
    assert write(moderator_client, one, ABOUT, about="author").status_code == 302
    page = page_of(moderator_client, one)
    assert TEXT in page
    assert ABOUT in page
    assert "by moderator" in page
    page = page_of(moderator_client, other)
    assert TEXT not in page
    assert ABOUT in page
    page = page_of(moderator_client, strangers)
    assert TEXT not in page
    assert ABOUT not in page
    everything = moderator_client.get("/moderation/all/").content.decode()
    assert everything.count(TEXT) == 1
    assert everything.count(ABOUT) == 2


def test_comments_without_a_known_author_share_no_note(moderator_client, moderator):
    one, other = make_comment(author_digest=""), make_comment(author_digest="")
    notes.write(one, text=TEXT, by=moderator)
    assert TEXT not in page_of(moderator_client, other)
    assert write(moderator_client, one, ABOUT, about="author").status_code == 422


@pytest.mark.parametrize(
    "text", ["", "x" * 501, "Call 555-0147 or (212) 555-0147.", "The silence on the tapes stays."]
)
def test_an_unfit_note_comes_back_with_what_was_typed(moderator_client, text):
    response = write(moderator_client, theirs(), text)
    assert response.status_code == 422
    assert text in response.content.decode()
    assert not Note.objects.exists()


def test_only_its_writer_deletes_a_note_and_nothing_stays(
    moderator_client, moderator, other_moderator
):
    comment, logged = theirs(), Link.objects.count()
    note = notes.write(comment, text=TEXT, by=moderator)
    path = reverse("comments:note-delete", args=[note.pk])
    colleague = Client()
    colleague.force_login(other_moderator)
    assert "Delete my note" not in page_of(colleague, comment)
    assert colleague.post(path).status_code == 403
    assert "Delete my note" in page_of(moderator_client, comment)
    assert moderator_client.post(path, {"comment": comment.pk}).status_code == 302
    assert not Note.objects.exists()
    assert Link.objects.count() == logged


def test_no_letter_and_no_public_page_holds_a_note(
    client, moderator, django_capture_on_commit_callbacks
):
    comment = theirs(status=Status.WAITING, queue="general")
    notes.write(comment, text=TEXT, by=moderator)
    notes.write(comment, text=ABOUT, by=moderator, on_author=True)
    with django_capture_on_commit_callbacks(execute=True):
        moderation.approve(comment, by=moderator)
    token = receipts.token_of(comment, is_proven=True)
    pages = [comment.article.get_absolute_url(), reverse("comments:receipt", args=[token])]
    seen = "".join(client.get(path).content.decode() for path in pages)
    seen += "".join(f"{letter.subject}{letter.body}" for letter in mail.outbox)
    assert mail.outbox
    assert TEXT not in seen
    assert ABOUT not in seen


def test_its_author_gets_them_by_the_link_in_a_letter_alone(client, moderator):
    comment = theirs()
    notes.write(comment, text=TEXT, by=moderator)
    notes.write(comment, text=ABOUT, by=moderator, on_author=True)
    for kind in ("json", "txt"):
        for is_proven in (True, False):
            token = receipts.token_of(comment, is_proven=is_proven)
            path = reverse("comments:receipt-copy", args=[token, kind])
            copy = client.get(path).content.decode()
            assert (TEXT in copy, ABOUT in copy) == (is_proven, is_proven)
            assert moderator.username + '"' not in copy


def test_delete_all_of_mine_takes_the_notes_along(client, moderator):
    one, other = theirs(), theirs()
    notes.write(one, text=TEXT, by=moderator)
    notes.write(other, text=ABOUT, by=moderator, on_author=True)
    token = receipts.token_of(one, is_proven=True)
    client.post(reverse("comments:receipt-delete", args=[token]))
    assert not Note.objects.exists()


def test_a_note_on_an_author_stays_while_anything_of_theirs_does(moderator):
    one, other = theirs(), theirs()
    notes.write(one, text=TEXT, by=moderator)
    notes.write(one, text=ABOUT, by=moderator, on_author=True)
    erasure.erase_all(one)
    assert [note.text for note in Note.objects.all()] == [ABOUT]
    erasure.erase_all(other)
    assert not Note.objects.exists()


@pytest.mark.parametrize("path", ["/moderation/all/", "show"])
def test_notes_and_restrictions_cost_two_queries_where_there_are_any_and_none_elsewhere(
    moderator_client, moderator, path
):
    comment = theirs()
    for _number in range(3):
        theirs()
    path = reverse("comments:show", args=[comment.pk]) if path == "show" else path
    moderator_client.get(path)
    with CaptureQueriesContext(connection) as before:
        moderator_client.get(path)
    for other in Comment.objects.all():
        notes.write(other, text=TEXT, by=moderator)
        notes.write(other, text=ABOUT, by=moderator, on_author=True)
    restrictions.mute(comment, by=moderator, reason="off_topic")
    with CaptureQueriesContext(connection) as after:
        moderator_client.get(path)
    assert len(after) == len(before) + 2
