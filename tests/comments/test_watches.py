"""Letters about replies: asked for, confirmed once, ended in one click, with no word of others."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from io import StringIO
from smtplib import SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from comments import intake, moderation, notices, receipts, watches
from comments.models import Comment, Status, Watch
from tests.builders import make_article, make_comment
from tests.comments.browsing import form_on, step, write

pytestmark = pytest.mark.django_db

EMAIL = "ines@example.org"
PLANTED = ["Thaddeus", "thaddeus@example.org", "lantern-festival", "Ines", "Watched it twice."]


@pytest.fixture(autouse=True)
def _nobody_waits(settings):
    settings.COMMENT_MODE = "flagged"


def text_of(response):
    return html.unescape(response.content.decode())


def asked(client=None, article=None, **fields):
    """A comment whose author ticked the box."""
    said = {"name": "Ines", "email": EMAIL, "tell_me": "on"}
    write(client or Client(), article or make_article(), **said | fields)
    return Comment.objects.latest("pk")


def reply_to(comment, **values):
    defaults: dict[str, Any] = {
        "name": "Thaddeus",
        "email": "thaddeus@example.org",
        "body": "We met at the lantern-festival.",
        "author_digest": intake.author_digest("thaddeus@example.org"),
    }
    return make_comment(parent=comment, **defaults | values)


def send():
    mail.outbox.clear()
    call_command("send_notices", stdout=StringIO())
    return mail.outbox


def links_in(letter):
    return [urlsplit(url).path for url in re.findall(r"https?://\S+", str(letter.body))]


def confirmed(**fields):
    comment = asked(**fields)
    [letter] = send()
    [receipt] = [path for path in links_in(letter) if path.startswith("/receipt/")]
    Client().post(f"{receipt}replies/", {"tell": "on"})
    return comment


def test_nobody_is_told_of_replies_who_did_not_ask(client):
    write(client, make_article())
    reply_to(Comment.objects.get())
    assert send() == []
    assert not Watch.objects.exists()


def test_a_ticked_box_brings_one_letter_that_asks_and_nothing_before_it_is_confirmed():
    comment = asked()
    [letter] = send()
    assert letter.to == [EMAIL]
    assert letter.subject.startswith("Shall we tell you when somebody replies?")
    reply_to(comment)
    assert send() == []
    [receipt] = [path for path in links_in(letter) if path.startswith("/receipt/")]
    page = text_of(Client().get(receipt))
    assert "Tell me when somebody replies" in page
    assert not Watch.objects.confirmed().exists()
    Client().post(f"{receipt}replies/", {"tell": "on"})
    assert "Stop letters about replies" in text_of(Client().get(receipt))
    assert send() == []
    reply = reply_to(comment)
    [letter] = send()
    assert reply.get_absolute_url() in links_in(letter)
    assert send() == []


def test_several_replies_are_one_letter():
    comment = confirmed()
    replies = [reply_to(comment) for _time in range(3)]
    [letter] = send()
    assert letter.subject.startswith("New replies to your comment")
    assert links_in(letter)[:3] == [reply.get_absolute_url() for reply in replies]


def test_no_such_letter_holds_a_word_a_name_or_an_address_of_anybody():
    comment = confirmed()
    question = mail.outbox[0]
    reply_to(comment)
    for letter in [question, *send()]:
        whole = letter.message().as_string().replace(f"To: {EMAIL}", "")
        assert [words for words in PLANTED if words in whole] == []


def test_one_click_in_the_mail_program_ends_them():
    comment = confirmed()
    reply_to(comment)
    [letter] = send()
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter.extra_headers["List-Unsubscribe"]
    assert re.fullmatch(r"<https?://[^<>]+/stop/>", address)
    path = urlsplit(address.strip("<>")).path
    robot = Client(enforce_csrf_checks=True)
    assert robot.get(path).status_code == 200
    assert Watch.objects.exists()
    assert robot.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Watch.objects.exists()
    reply_to(comment)
    assert send() == []
    assert robot.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_the_link_that_ends_them_does_nothing_else_and_never_ends_itself():
    comment = confirmed()
    path = receipts.stop_address_of(comment)
    token = path.split("/")[2]
    assert Client().get(f"/receipt/{token}/").status_code == 404
    assert Client().post(f"/receipt/{token}/withdraw/").status_code == 404
    receipt = receipts.token_of(comment, is_proven=True)
    assert Client().post(f"/receipt/{receipt}/stop/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=4000)):
        assert "You get no more letters" in text_of(Client().post(path))


def test_on_the_receipt_they_go_on_and_off(client):
    write(client, make_article(), name="Ines", email=EMAIL)
    comment = Comment.objects.get()
    here = receipts.address_of(comment, is_proven=False)
    client.post(f"{here}replies/", {"tell": "on"})
    assert "We send you one with a link first" in text_of(client.get(here))
    assert not Watch.objects.confirmed().exists()
    by_mail = receipts.address_of(comment, is_proven=True)
    client.post(f"{by_mail}replies/", {"tell": "on"})
    assert Watch.objects.confirmed().exists()
    client.post(f"{here}replies/", {"tell": "off"})
    assert not Watch.objects.exists()
    assert "Tell me when somebody replies" in text_of(client.get(here))


def test_it_is_confirmed_once_for_one_browser_and_address(client):
    first = asked(client)
    Client().post(f"{receipts.address_of(first, is_proven=True)}replies/", {"tell": "on"})
    again = asked(client)
    elsewhere = asked(Client())
    another = asked(client, email="other@example.org")
    confirmed = {watch.comment for watch in Watch.objects.confirmed()}
    assert confirmed == {first, again}
    assert {elsewhere, another}.isdisjoint(confirmed)


def test_who_is_asked_too_often_is_not_asked(client):
    for _time in range(5):
        asked()
    assert len(send()) == 3
    assert Watch.objects.count() == 3


@pytest.mark.parametrize(
    "happens",
    [
        lambda comment, reply, by: moderation.remove(reply, by=by, reason="other"),
        lambda comment, reply, by: moderation.remove(comment, by=by, reason="other"),
        lambda comment, reply, by: moderation.withdraw(comment),
        lambda comment, reply, by: Comment.objects.filter(pk=reply.pk).update(
            author_digest=comment.author_digest
        ),
        lambda comment, reply, by: Comment.objects.filter(pk=reply.pk).update(
            status=Status.WAITING, queue="hate"
        ),
        lambda comment, reply, by: _withdraw(comment.article),
    ],
)
def test_nobody_is_told_of_what_is_not_there_to_read_or_is_their_own(moderator, happens):
    comment = confirmed()
    reply = reply_to(comment)
    happens(comment, reply, moderator)
    assert [letter for letter in send() if "repl" in letter.subject] == []


def _withdraw(article):
    article.withdrawn_at = timezone.now()
    article.save()


def test_a_reply_that_waited_is_told_once_it_is_public(moderator):
    comment = confirmed()
    reply = reply_to(comment, status=Status.WAITING, queue="general")
    assert send() == []
    moderation.approve(reply, by=moderator)
    subjects = [letter.subject.partition(" (")[0] for letter in send()]
    assert sorted(subjects) == ["Somebody replied to your comment", "Your comment is on our site"]


def test_what_was_there_before_is_no_news():
    comment = asked()
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        reply_to(comment, changed_at=timezone.now())
    Client().post(f"{receipts.address_of(comment, is_proven=True)}replies/", {"tell": "on"})
    assert send() == []


def test_a_mail_server_that_is_away_costs_no_letter(monkeypatch, caplog):
    comment = confirmed()
    reply_to(comment)

    def refuse(letter, fail_silently=False):
        raise ConnectionRefusedError(f"for {letter.to}")

    with monkeypatch.context() as away:
        away.setattr("django.core.mail.EmailMessage.send", refuse)
        with pytest.raises(CommandError, match="1 could not be sent"):
            call_command("send_notices", stdout=StringIO())
    assert "example.org" not in caplog.text
    assert len(send()) == 1


def test_a_question_that_does_not_get_through_counts_for_nothing(monkeypatch):
    asked()

    def refuse(letter, fail_silently=False):
        raise ConnectionRefusedError

    with monkeypatch.context() as away:
        away.setattr("django.core.mail.EmailMessage.send", refuse)
        for _run in range(5):
            with pytest.raises(CommandError):
                call_command("send_notices", stdout=StringIO())
    assert len(send()) == 1


def test_an_address_that_takes_no_letters_is_left_alone(monkeypatch):
    asked()

    def refuse(letter, fail_silently=False):
        raise SMTPRecipientsRefused({letter.to[0]: (550, b"no such user")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    call_command("send_notices", stdout=StringIO())
    assert not Watch.objects.exists()


def test_of_two_senders_one_tells():
    comment = confirmed()
    reply_to(comment)
    watch = Watch.objects.get()
    Watch.objects.update(claimed_at=timezone.now())
    assert watches.deliver(watch.pk) is notices.Outcome.TAKEN
    Watch.objects.update(claimed_at=None)
    assert watches.deliver(watch.pk) is notices.Outcome.SENT
    assert watches.deliver(watch.pk) is notices.Outcome.TAKEN
    assert Watch.objects.get().claimed_at is None


def test_a_wish_that_nobody_confirms_is_forgotten_and_so_is_one_without_an_address(settings):
    asked()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        call_command("purge_personal_data", stdout=StringIO())
    assert not Watch.objects.exists()
    comment = confirmed()
    Client().post(f"{receipts.address_of(comment, is_proven=True)}delete/")
    assert not Watch.objects.exists()


@pytest.mark.parametrize("is_ticked", [True, False])
def test_the_box_stays_as_it_was_on_every_way_through_the_form(client, is_ticked):
    article = make_article()
    box: dict[str, Any] = {"tell_me": "on"} if is_ticked else {}
    refused = write(client, article, email="", **box)
    assert ("checked" in text_of(refused).split('name="tell_me"')[1].split(">")[0]) == is_ticked
    body = "My number is (212) 555-0147. I watched it twice."
    warned = write(client, article, body=body, email=EMAIL, **box)
    assert warned["X-Comment-Step"] == "warning"
    again = step(client, warned, choice="edit")
    assert ("checked" in text_of(again).split('name="tell_me"')[1].split(">")[0]) == is_ticked
    warned = write(client, article, body=body, email=EMAIL, **box)
    step(client, warned, choice="redact")
    assert Watch.objects.exists() == is_ticked
    assert form_on(client.get(article.get_absolute_url()))["body"] == ""
