"""A case enquiry is answered by letter: what that does, what it sends, and how it is taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from comments import moderation, notices, replies
from comments.models import CaseReplyVersion, Comment, Decision, Finding, Notice, Status
from comments.screening import FindingType
from tests.builders import make_case_reply, make_comment, make_finding

pytestmark = pytest.mark.django_db

BODY = "Please help my brother, the persimmon witness lied."


@pytest.fixture
def enquiry():
    comment = make_comment(
        status=Status.WAITING,
        queue="cases",
        name="Ruth",
        email="ruth@example.org",
        body=BODY,
        author_digest="d" * 64,
    )
    make_finding(comment, "Please help my brother", type=FindingType.CASE_ENQUIRY)
    return comment


@pytest.fixture
def reply():
    return make_case_reply()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    def run(decide, *args, **values):
        with django_capture_on_commit_callbacks(execute=True):
            return decide(*args, **values)

    return run


def later(**delta):
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=False)


def purge(*arguments: object) -> None:
    call_command("purge_personal_data", *arguments, stdout=StringIO())


def test_an_answer_sends_the_saved_reply_and_closes_the_comment(
    enquiry, reply, moderator, committed, settings
):
    settings.SITE_EMAIL = "office@example.org"
    decision = committed(moderation.answer, enquiry, by=moderator, reply=reply)
    enquiry.refresh_from_db()
    assert enquiry.status == Status.ANSWERED
    assert enquiry.get_status_display() == "Answered by letter"
    assert not enquiry.is_published
    assert decision.case_reply == reply
    [letter] = mail.outbox
    assert letter.to == ["ruth@example.org"]
    assert letter.reply_to == ["office@example.org"]
    assert letter.body.startswith("Hello Ruth,\n\n")
    assert "persimmon" not in letter.message().as_string()
    expected = notices.case_reply(reply.text, language="en", name="Ruth")
    body = re.sub(r"http\S+/receipt/\S+", str(notices.HIDDEN_LINK), str(letter.body))
    assert (letter.subject, body) == (expected.subject, expected.body)


def test_an_answer_in_spanish_is_spanish_from_subject_to_foot(
    enquiry, moderator, committed, settings
):
    settings.SITE_NAME = "Northlight"
    reply = make_case_reply(language="es", text="Hola {name}:")
    decision = committed(moderation.answer, enquiry, by=moderator, reply=reply)
    committed(moderation.undo, decision, by=moderator)
    assert "Hola Ruth:" in mail.outbox[0].body
    for letter in mail.outbox:
        assert "With kind regards" not in letter.body
        assert "Hello" not in letter.body


def test_the_log_names_the_reply_and_its_version_and_none_of_the_comments_words(
    enquiry, reply, moderator
):
    replies.save(reply.reply, by=moderator, number=1, title="By post", language="en", text="Write.")
    newer = CaseReplyVersion.objects.get(reply=reply.reply, number=2)
    moderation.answer(enquiry, by=moderator, reply=newer, note="Sent at once.")
    assert Decision.objects.get().case_reply == newer
    with pytest.raises(moderation.UnfitNote):
        moderation.answer(enquiry, by=moderator, reply=newer, note=BODY)


def test_a_letter_that_waited_is_what_was_sent_even_after_an_edit(
    enquiry, reply, moderator, settings
):
    decision = moderation.answer(enquiry, by=moderator, reply=reply)
    replies.save(reply.reply, by=moderator, number=1, title="New", language="es", text="Otra cosa.")
    notices.deliver(decision.notice.pk)
    assert "This page says what to send" in mail.outbox[0].body


def test_the_state_is_kept_only_until_the_letter_is_sent(enquiry, reply, moderator):
    decision = moderation.answer(enquiry, by=moderator, reply=reply, state="US-OH")
    assert Notice.objects.get().state == "US-OH"
    notices.deliver(decision.notice.pk)
    assert Notice.objects.get().state == ""


def test_the_state_of_a_letter_that_stays_at_home_is_forgotten_too(enquiry, reply, moderator):
    decision = moderation.answer(enquiry, by=moderator, reply=reply, state="US-OH")
    moderation.undo(decision, by=moderator)
    assert Notice.objects.get().state == ""


def test_undo_before_the_letter_went_out_withdraws_it(enquiry, reply, moderator, committed):
    decision = moderation.answer(enquiry, by=moderator, reply=reply)
    committed(moderation.undo, decision, by=moderator)
    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.queue) == (Status.WAITING, "cases")
    call_command("send_notices", stdout=StringIO())
    assert mail.outbox == []


def test_undo_after_the_letter_went_out_says_so_in_another(enquiry, reply, moderator, committed):
    decision = committed(moderation.answer, enquiry, by=moderator, reply=reply)
    committed(moderation.undo, decision, by=moderator)
    assert len(mail.outbox) == 2
    assert "That decision no longer stands" in mail.outbox[1].body
    assert "waits for a moderator" in mail.outbox[1].body


def test_an_archived_or_older_version_is_not_sent(enquiry, reply, moderator):
    for change in (
        lambda: replies.save(
            reply.reply, by=moderator, number=1, title="New", language="en", text="New."
        ),
        lambda: replies.archive(reply.reply, by=moderator),
    ):
        change()
        for version in CaseReplyVersion.objects.filter(reply=reply.reply, number__lt=3):
            if version.is_current:
                continue
            with pytest.raises(moderation.NotAllowed) as refusal:
                moderation.answer(enquiry, by=moderator, reply=version)
            assert refusal.value.field == "case_reply"
    assert not Decision.objects.exists()


def test_nothing_is_answered_without_a_letter_an_address_or_a_second_time(
    enquiry, reply, moderator
):
    with pytest.raises(moderation.NotAllowed):
        moderation.answer(enquiry, by=moderator, reply=None)
    with pytest.raises(moderation.NotAllowed):
        moderation.answer(make_comment(email=""), by=moderator, reply=reply)
    moderation.answer(enquiry, by=moderator, reply=reply)
    with pytest.raises(moderation.NotAllowed):
        moderation.answer(enquiry, by=moderator, reply=reply)
    with pytest.raises(moderation.NotAllowed):
        moderation.remove(enquiry, by=moderator, reason="case_enquiry")


def test_somebody_who_decided_first_is_not_overruled(enquiry, reply, moderator):
    moderation.approve(Comment.objects.get(pk=enquiry.pk), by=moderator)
    with pytest.raises(moderation.Stale):
        moderation.answer(enquiry, by=moderator, reply=reply)


def test_an_answered_enquiry_is_erased_when_its_time_is_over(
    enquiry, reply, moderator, committed, settings
):
    settings.CASE_ENQUIRIES_KEPT_DAYS = 30
    decision = committed(moderation.answer, enquiry, by=moderator, reply=reply)
    with later(days=29):
        purge()
    enquiry.refresh_from_db()
    assert enquiry.body == BODY
    with later(days=31):
        purge()
        enquiry.refresh_from_db()
        assert (enquiry.body, enquiry.name, enquiry.email) == ("", "", "")
        assert (enquiry.author_digest, enquiry.visitor) == ("", None)
        assert not Finding.objects.exists()
        assert enquiry.status == Status.ANSWERED
        with pytest.raises(moderation.CannotUndo):
            moderation.undo(decision, by=moderator)
        before = list(Comment.objects.values())
        purge()
        assert list(Comment.objects.values()) == before


def test_an_answered_enquiry_can_be_erased_on_request(enquiry, reply, moderator):
    with pytest.raises(CommandError):
        purge("--comment", str(enquiry.pk))
    moderation.answer(enquiry, by=moderator, reply=reply)
    purge("--comment", str(enquiry.pk))
    enquiry.refresh_from_db()
    assert (enquiry.body, enquiry.email) == ("", "")


def test_a_comment_that_waits_for_its_answer_is_not_erased(enquiry):
    with later(days=31):
        purge()
    enquiry.refresh_from_db()
    assert enquiry.body == BODY
