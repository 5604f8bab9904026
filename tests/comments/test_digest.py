"""Mail to moderators: counts, ages and links, at their hours, and at once for distress."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from comments import moderation, notices
from comments.models import Comment, Reason, Status
from comments.models.second_look import ANSWERED_WITHIN
from tests.builders import make_article, make_comment, make_finding, make_user

pytestmark = pytest.mark.django_db

PLANTED = [
    "Thaddeus",
    "thaddeus@example.org",
    "lantern-festival",
    "555-0147",
    "The seventh tape",
    "A private remark",
]


def send(*arguments):
    mail.outbox.clear()
    out = StringIO()
    call_command("send_digest", *arguments, stdout=out)
    return out.getvalue()


def waiting(queue="general", **values):
    """A comment by Thaddeus, full of what must not be in any mail."""
    article = values.pop("article", None) or make_article(headline="The seventh tape")
    written = timezone.now() - timedelta(hours=values.pop("hours", 1), minutes=1)
    comment = make_comment(
        article,
        status=Status.WAITING,
        queue=queue,
        name="Thaddeus",
        email="thaddeus@example.org",
        body="We met at the lantern-festival. Call 555-0147.",
        created_at=written,
        **values,
    )
    make_finding(comment, "555-0147")
    return comment


def test_each_moderator_is_told_how_much_waits_for_how_long_and_where(
    moderator, other_moderator, settings
):
    settings.SITE_URL, settings.SITE_NAME = "https://site.example.org", "Northlight"
    for hours in (2, 30):
        waiting("hate", hours=hours)
    waiting("cases", hours=5)
    assert send() == "2 sent.\n"
    assert [letter.to for letter in mail.outbox] == [[moderator.email], [other_moderator.email]]
    letter = mail.outbox[0]
    assert letter.subject == "3 comments wait (Northlight)"
    body = str(letter.body).replace("\xa0", " ")
    assert "Hate speech: 2 wait, the oldest for 1 day\n" in body
    assert "https://site.example.org/moderation/hate/" in body
    assert "Case enquiries: 1 waits, for 5 hours\n" in body
    assert "Spam" not in body
    assert "distress" not in body


def test_no_mail_to_a_moderator_holds_a_text_a_name_or_an_address_of_anybody_else(
    moderator, other_moderator
):
    comment = waiting("pii", is_urgent=True)
    removed = waiting()
    moderation.remove(removed, by=moderator, reason=Reason.OTHER, note="A private remark")
    moderation.ask_second_look(removed, words="Thaddeus was at the lantern-festival.")
    letters = []
    for arguments in ([], ["--distress"]):
        send(*arguments)
        letters += mail.outbox
    assert len(letters) == 4
    for letter in letters:
        whole = (letter.message().as_string() + str(letter.body)).replace(letter.to[0], "")
        others = {moderator.email, other_moderator.email} - set(letter.to)
        assert [words for words in [*PLANTED, *others] if words in whole] == []
        assert not letter.cc + letter.bcc
    assert f"/moderation/comments/{comment.pk}/" in str(letters[-1].body)


def test_where_nothing_waits_no_mail_goes_out(moderator):
    make_comment()
    assert send() == "Nothing to tell.\n"
    assert send("--distress") == "Nothing to tell.\n"
    assert mail.outbox == []


def test_second_looks_and_letters_that_did_not_go_out_are_told(moderator):
    removed = waiting()
    moderation.remove(removed, by=moderator, reason=Reason.OTHER)
    look = moderation.ask_second_look(removed)
    send()
    body = str(mail.outbox[0].body)
    assert "1 author waits for a second look" in body
    assert "(overdue)" not in body
    assert "1 letter to an author has not gone out yet." in body
    look.asked_at -= ANSWERED_WITHIN + timedelta(hours=1)
    look.save()
    send()
    assert "(overdue)" in str(mail.outbox[0].body)


def test_distress_is_told_at_once_and_once(moderator):
    calm, urgent = waiting(), waiting(is_urgent=True)
    assert send("--distress") == "1 sent.\n"
    body = str(mail.outbox[0].body)
    assert f"/moderation/comments/{urgent.pk}/" in body
    assert f"/moderation/comments/{calm.pk}/" not in body
    assert send("--distress") == "Nothing to tell.\n"
    Comment.objects.filter(pk=calm.pk).update(is_urgent=True)
    send("--distress")
    assert f"/moderation/comments/{calm.pk}/" in str(mail.outbox[0].body)
    send()
    assert "2 writers may be in distress" in str(mail.outbox[0].body)


def test_what_a_moderator_has_read_meanwhile_alarms_nobody(moderator):
    moderation.approve(waiting(is_urgent=True), by=moderator)
    assert send("--distress") == "Nothing to tell.\n"


def test_only_who_may_moderate_and_has_an_address_gets_mail(moderator, editor):
    gone, silent = make_user("gone", "Moderators"), make_user("silent", "Moderators")
    gone.is_active = False
    gone.save()
    silent.email = ""
    silent.save()
    make_user("admin", is_superuser=True)
    waiting()
    send()
    assert [letter.to for letter in mail.outbox] == [[moderator.email]]


def test_that_nobody_can_be_told_is_an_error_and_distress_stays_to_be_told():
    waiting(is_urgent=True)
    for arguments in ([], ["--distress"], ["--distress"]):
        with pytest.raises(CommandError, match="Nobody who may moderate has an e-mail address"):
            send(*arguments)


def test_a_mail_that_fails_keeps_no_colleague_from_theirs_and_all_that_fail_are_tried_again(
    moderator, other_moderator, monkeypatch, caplog
):
    waiting(is_urgent=True)
    take = mail.EmailMessage.send
    refused = {moderator.email, other_moderator.email}

    def refuse(letter, fail_silently=False):
        if letter.to[0] in refused:
            raise ConnectionRefusedError(f"for {letter.to}")
        return take(letter, fail_silently)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with pytest.raises(CommandError, match="2 could not be sent"):
        send("--distress")
    refused.remove(other_moderator.email)
    with pytest.raises(CommandError, match="1 could not be sent"):
        send("--distress")
    assert [letter.to for letter in mail.outbox] == [[other_moderator.email]]
    assert send("--distress") == "Nothing to tell.\n"
    assert "example.org" not in caplog.text


def test_without_a_mail_server_nothing_is_printed_that_belongs_into_no_log(
    moderator, settings, capsys
):
    settings.EMAIL_BACKEND, settings.PLAIN_HTTP = notices.CONSOLE, False
    waiting(is_urgent=True)
    for arguments in ([], ["--distress"]):
        with pytest.raises(CommandError, match="EMAIL_URL is not set"):
            send(*arguments)
    assert capsys.readouterr().out == ""
    assert not Comment.objects.filter(alarmed_at__isnull=False).exists()
