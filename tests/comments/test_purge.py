"""What is erased when its time is over, and what stays."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from comments import moderation
from comments.management.commands import purge_personal_data
from comments.models import Comment, Finding, Lease, Notice, Status
from tests.builders import make_article, make_comment, make_finding

pytestmark = pytest.mark.django_db


def purge() -> str:
    out = StringIO()
    call_command("purge_personal_data", stdout=out)
    return out.getvalue()


@pytest.fixture
def redacted(moderator):
    comment = make_comment(
        body="Call 555-0147 soon.", status=Status.WAITING, queue="pii", visitor=uuid4()
    )
    make_finding(comment, "555-0147")
    moderation.approve_redacted(comment, by=moderator)
    return comment


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=False)


def test_an_original_is_destroyed_when_the_time_for_undo_is_over(redacted):
    with later(hours=23):
        purge()
        redacted.refresh_from_db()
        assert "555-0147" in redacted.body
    with later(hours=25):
        said = purge()
        now = timezone.now()
    redacted.refresh_from_db()
    assert redacted.body == redacted.public_body == "Call [phone number removed] soon."
    assert redacted.redacted_body == ""
    assert redacted.original_destroyed_at == now
    assert not Finding.objects.filter(comment=redacted).exists()
    assert redacted.decisions.get().cuts
    assert said.startswith("1 originals of redactions destroyed")


def test_after_that_an_undo_brings_back_the_state_but_not_the_characters(redacted, moderator):
    with later(hours=25):
        purge()
        moderation.undo(redacted.decisions.get(), by=moderator)
    redacted.refresh_from_db()
    assert redacted.is_waiting
    assert "555-0147" not in redacted.body


def test_addresses_are_forgotten_after_a_year_and_their_letters_given_up(redacted):
    with later(days=366):
        said = purge()
    redacted.refresh_from_db()
    assert redacted.email == ""
    assert redacted.visitor is None
    assert Notice.objects.get().given_up_at
    assert "1 addresses forgotten" in said
    assert redacted.is_published


def test_the_text_of_a_comment_removed_long_ago_goes_and_its_history_stays(moderator):
    comment = make_comment(body="Words that were removed.")
    make_finding(comment, "removed")
    moderation.remove(comment, by=moderator, reason="other")
    with later(days=366):
        purge()
    comment.refresh_from_db()
    assert (comment.body, comment.redacted_body) == ("", "")
    assert comment.is_removed
    assert comment.decisions.count() == 1
    assert not comment.findings.exists()


def test_what_waits_or_is_recent_is_left_alone(moderator):
    waiting = make_comment(
        status=Status.WAITING,
        created_at=timezone.now() - timedelta(days=800),
        changed_at=timezone.now() - timedelta(days=800),
    )
    recent = make_comment()
    moderation.remove(recent, by=moderator, reason="other")
    before = list(Comment.objects.order_by("pk").values())
    purge()
    assert list(Comment.objects.order_by("pk").values()) == before
    assert waiting.email


def test_a_published_comment_keeps_its_text_when_its_address_goes():
    comment = make_comment(changed_at=timezone.now() - timedelta(days=400))
    purge()
    comment.refresh_from_db()
    assert comment.body
    assert comment.email == ""


def test_purging_twice_changes_nothing_more(redacted):
    with later(days=366):
        purge()
        before = list(Comment.objects.values())
        said = purge()
    assert list(Comment.objects.values()) == before
    assert said == (
        "0 originals of redactions destroyed, 0 removed texts erased, "
        "0 answered enquiries erased, 0 withdrawn comments erased, 0 addresses forgotten.\n"
    )


def test_many_are_erased_in_batches(monkeypatch):
    monkeypatch.setattr(purge_personal_data, "BATCH", 3)
    for _number in range(7):
        make_comment(changed_at=timezone.now() - timedelta(days=400))
    assert "7 addresses forgotten" in purge()
    assert not Comment.objects.exclude(email="").exists()


def test_it_prints_no_names_texts_or_addresses(redacted):
    with later(days=366):
        said = purge()
    for private in (redacted.name, "example.org", "Call"):
        assert private not in said


def test_a_page_from_before_the_purge_is_stale_and_says_why(redacted, moderator_client):
    seen = redacted.version
    with later(hours=25):
        purge()
    answer = moderator_client.post(
        f"/moderation/comments/{redacted.pk}/decide/",
        {"decision": "remove", "reason": "other", "version": seen, "note": "Kept."},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "has been erased for good since you opened this page" in page
    assert "Somebody decided first" not in page
    assert "Kept." in page


def test_a_redacted_name_is_destroyed_with_its_time(moderator):
    comment = make_comment(name="Jo 555-0147", status=Status.WAITING, queue="pii")
    make_finding(comment, "555-0147", field="name")
    moderation.approve_redacted(comment, by=moderator)
    with later(hours=25):
        purge()
    comment.refresh_from_db()
    assert comment.name == comment.public_name == "Jo [phone number removed]"
    assert comment.redacted_name == ""


def test_the_name_and_every_trace_of_the_author_go_with_a_removed_text(moderator):
    comment = make_comment(name="Jo 555-0147", author_digest="a" * 64, visitor=uuid4())
    moderation.remove(comment, by=moderator, reason="personal_information")
    with later(days=366):
        purge()
    comment.refresh_from_db()
    kept = (comment.name, comment.body, comment.email, comment.author_digest, comment.visitor)
    assert kept == ("", "", "", "", None)


def test_what_somebody_asks_to_have_erased_is_erased_at_once_and_nothing_else(moderator):
    asked, other = make_comment(), make_comment()
    for comment in (asked, other):
        moderation.remove(comment, by=moderator, reason="other")
    call_command("purge_personal_data", "--comment", str(asked.pk), stdout=StringIO())
    asked.refresh_from_db()
    other.refresh_from_db()
    assert (asked.name, asked.body, asked.email) == ("", "", "")
    assert other.body
    assert asked.decisions.count() == 1


def test_nothing_is_erased_on_request_before_it_is_removed(moderator):
    removed, public = make_comment(), make_comment()
    moderation.remove(removed, by=moderator, reason="other")
    with pytest.raises(CommandError, match=str(public.pk)):
        call_command("purge_personal_data", "--comment", str(removed.pk), str(public.pk))
    removed.refresh_from_db()
    assert removed.body


def test_an_erased_name_is_said_to_be_wherever_it_would_stand(moderator, moderator_client):
    article = make_article()
    erased = make_comment(article)
    reply = make_comment(parent=erased)
    decision = moderation.remove(erased, by=moderator, reason="other")
    call_command("purge_personal_data", "--comment", str(erased.pk), stdout=StringIO())
    pages = {
        "/moderation/": "(name erased) on “",
        f"/moderation/?decided={decision.pk}": "(name erased) on “",
        "/moderation/all/": "answering (name erased)",
        f"/moderation/comments/{erased.pk}/": "(name erased)",
        f"/moderation/comments/{reply.pk}/": "It answers (name erased)",
    }
    for address, words in pages.items():
        assert words in moderator_client.get(address).content.decode(), address
    assert moderator_client.get("/moderation/").content.decode().count("(name erased)") == 1
    page = moderator_client.get(f"/moderation/?decided={decision.pk}").content.decode()
    assert page.count("(name erased)") == 2
    answered = moderator_client.get(f"/moderation/comments/{reply.pk}/").content.decode()
    assert "The text has been erased." in answered


def test_readers_are_told_that_a_name_was_erased_and_the_words_are_not_stored_as_one(
    client, moderator
):
    article = make_article()
    comment = make_comment(article, name="", body="Call 555-0147.")
    make_comment(parent=comment)
    make_finding(comment, "555-0147")
    address = article.get_absolute_url()
    for page in (address, f"{address}feed/", f"{address}comment/?parent={comment.pk}"):
        assert "(name erased)" in client.get(page).content.decode(), page
    moderation.approve_redacted(comment, by=moderator)
    with later(hours=25):
        purge()
    comment.refresh_from_db()
    assert (comment.body, comment.name) == ("Call [phone number removed].", "")


def test_who_had_a_comment_open_is_forgotten(moderator):
    old, new = (make_comment(status=Status.WAITING) for _number in range(2))
    for comment in (old, new):
        Lease.objects.take(comment, by=moderator)
    Lease.objects.filter(comment=old).update(since=timezone.now() - timedelta(minutes=6))
    call_command("purge_personal_data", stdout=StringIO())
    assert [lease.comment for lease in Lease.objects.all()] == [new]
