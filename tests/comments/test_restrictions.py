"""Mute and block: what an author may still write, what they are told, and who may know."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments import erasure, intake, moderation, notices, receipts, restrictions
from comments.models import Comment, Restriction, RestrictionEntry, Status
from comments.screening import Category, Finding, FindingType, Queue, Screening, Verdict
from tests.builders import make_article, make_comment

from .browsing import form_on, write

pytestmark = pytest.mark.django_db

EMAIL = "writer@example.org"
HARMLESS = "The silence on the tapes stays with you."
DISTRESSED = "I want to kill myself tonight. I have the pills here."


def today():
    return timezone.localdate()


@pytest.fixture(autouse=True)
def _everybody_may_write(settings):
    settings.COMMENT_MODE = "flagged"
    settings.SITE_EMAIL = "office@example.org"


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def theirs(client, article):
    """What the author wrote first, from the browser ``client``."""
    write(client, article, email=EMAIL, body="What they wrote before anything happened.")
    return Comment.objects.get()


@pytest.fixture
def block(theirs, moderator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return restrictions.block(
            theirs, by=moderator, reason="harassment", until=today() + timedelta(days=30)
        )


def send(client, article, **fields):
    fields = {"email": EMAIL, "body": HARMLESS, "choice": "as_is"} | fields
    return write(client, article, **fields)


def act(client, comment, action="mute", **values):
    data = {"action": action, "reason": "off_topic", "until": "", "note": "", "seen": "0"} | values
    return client.post(reverse("comments:restrict", args=[comment.pk]), data)


# Muted ----------------------------------------------------------------------------------


def test_what_a_muted_author_writes_waits_and_says_why(client, article, theirs, moderator):
    assert theirs.is_published
    restrictions.mute(theirs, by=moderator, reason="off_topic")
    assert send(client, article).status_code == 302
    comment = Comment.objects.latest("pk")
    assert (comment.status, comment.queue) == (Status.WAITING, "general")
    assert "muted" in comment.explanation
    theirs.refresh_from_db()
    assert theirs.is_published
    assert mail.outbox == []


def test_an_edit_is_no_way_around_it(client, article, theirs, moderator):
    restrictions.mute(theirs, by=moderator, reason="off_topic")
    token = receipts.token_of(theirs, is_proven=False)
    data = {"body": "Something else entirely.", "version": theirs.version, "as_is": "1"}
    client.post(reverse("comments:receipt-edit", args=[token]), data)
    theirs.refresh_from_db()
    assert theirs.is_waiting


def test_it_holds_whatever_screener_a_site_brings(article, theirs, moderator, settings):
    settings.SCREENER = "tests.comments.test_restrictions.sees_nothing"
    restrictions.mute(theirs, by=moderator, reason="off_topic")
    comment = intake.receive(article=article, name="Jo", email=EMAIL, body=HARMLESS)
    assert comment.is_waiting


def sees_nothing(submission):
    return Screening((), Verdict(None, ""))


def test_a_name_made_public_lets_nothing_of_a_muted_author_out(theirs, moderator):
    restrictions.mute(theirs, by=moderator, reason="off_topic")
    assert intake.is_read_anyway(theirs)


@pytest.mark.parametrize("kind", ["mute", "block"])
def test_it_ends_by_itself_after_its_last_day_and_when_it_is_lifted(
    client, article, theirs, moderator, kind
):
    make = getattr(restrictions, kind)
    restriction = make(theirs, by=moderator, reason="off_topic", until=today() + timedelta(days=2))
    last_moment = restriction.entry.ends_at - timedelta(seconds=1)
    with time_machine.travel(last_moment, tick=False):
        assert Restriction.objects.in_force().of(theirs.author_digest).exists()
    with time_machine.travel(restriction.entry.ends_at, tick=False):
        assert not Restriction.objects.in_force().exists()
        send(client, article, body="Written when it was over.")
    assert Comment.objects.latest("pk").is_published
    restrictions.lift(restriction, by=moderator)
    send(client, article, body="Written when it was lifted.")
    assert Comment.objects.latest("pk").is_published


# Blocked --------------------------------------------------------------------------------


def test_a_blocked_author_is_told_and_gets_the_text_back(client, article, block):
    response = send(client, article)
    page = response.content.decode()
    assert response.status_code == 403
    assert Comment.objects.count() == 1
    assert form_on(response)["body"] == HARMLESS
    assert block.entry.public_wording in page
    assert "office@example.org" in page
    assert str(block.entry.last_day.year) in page
    assert 'role="alert"' in page


def test_the_refusal_speaks_the_language_of_the_text(client, article, block):
    page = send(client, article, body="¿Por qué no se publica lo que yo he escrito?").content
    assert "Correo electrónico" in page.decode()


def test_a_blocked_author_in_distress_is_heard(client, article, block):
    response = send(client, article, body=DISTRESSED)
    assert "/comment/help/" in response["Location"]
    comment = Comment.objects.latest("pk")
    assert comment.is_waiting
    assert comment.is_urgent
    assert comment.body == DISTRESSED


def test_nobody_is_sent_away_while_distress_cannot_be_seen(client, article, block, settings):
    settings.SCREENER = "tests.comments.test_restrictions.fails"
    assert send(client, article).status_code == 302
    assert Comment.objects.latest("pk").is_waiting


def fails(submission):
    fault = Finding(FindingType.FAULT, 0, 0, 1.0, "Broken.", looked_for=Category.DISTRESS)
    return Screening((fault,), Verdict(Queue.GENERAL, "Broken."))


def test_whoever_only_types_the_address_learns_nothing(article, block):
    """Neither from the first comment, nor from a second one of the browser that sent the first."""
    stranger = Client()
    for body in (HARMLESS, "And once more, to see whether the answer is another one."):
        response = send(stranger, article, body=body)
        assert response.status_code == 302
        assert "/receipt/" in response["Location"]
        receipt = stranger.get(response["Location"]).content.decode()
        assert "waits for a moderator" in receipt
        assert "take no comments" not in receipt
        assert Comment.objects.latest("pk").is_waiting
    token = urlsplit(response["Location"]).path.split("/")[2]
    copy = stranger.get(reverse("comments:receipt-copy", args=[token, "json"])).json()
    assert set(copy) == {"comments"}


def test_a_letter_says_why_until_when_and_what_can_be_done(theirs, block):
    [letter] = mail.outbox
    assert letter.to == [EMAIL]
    assert block.entry.public_wording in letter.body
    assert "office@example.org" in letter.body
    assert "/receipt/" in letter.body
    assert theirs.body not in letter.body
    assert theirs.name not in letter.body
    assert "moderator@" not in letter.body
    block.refresh_from_db()
    assert block.told_at


def test_the_letter_speaks_the_language_of_their_last_comment(
    article, theirs, moderator, django_capture_on_commit_callbacks
):
    last = {"language": "es", "created_at": timezone.now()}
    make_comment(article, email=EMAIL, author_digest=theirs.author_digest, **last)
    with django_capture_on_commit_callbacks(execute=True):
        restrictions.block(theirs, by=moderator, reason="threat", until=today())
    assert mail.outbox[0].body.startswith("Hola")


def test_whoever_was_told_is_told_when_it_is_lifted(
    block, moderator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        restrictions.lift(block, by=moderator)
    assert "lifted" in mail.outbox[1].body
    call_command("send_notices")
    assert len(mail.outbox) == 2


def test_a_letter_that_failed_goes_out_later_and_once(theirs, moderator, settings):
    settings.EMAIL_BACKEND = notices.CONSOLE
    settings.PLAIN_HTTP = False
    restrictions.block(theirs, by=moderator, reason="threat", until=today())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for _run in range(2):
        call_command("send_notices")
    assert len(mail.outbox) == 1


def test_who_reads_the_mail_sees_it_on_the_receipt_and_in_the_copy(client, theirs, block):
    token = receipts.token_of(theirs, is_proven=True)
    page = client.get(reverse("comments:receipt", args=[token])).content.decode()
    assert block.entry.public_wording in page
    [told] = client.get(reverse("comments:receipt-copy", args=[token, "json"])).json()[
        "restrictions"
    ]
    assert told["why"] == block.entry.public_wording
    text = client.get(reverse("comments:receipt-copy", args=[token, "txt"])).content.decode()
    assert block.entry.public_wording in text
    assert "moderator" not in json.dumps(told)


# On the desk ----------------------------------------------------------------------------


def test_a_moderator_mutes_and_lifts_and_the_log_knows(moderator_client, moderator, theirs):
    assert act(moderator_client, theirs, note="Third time this week.").status_code == 302
    page = moderator_client.get("/moderation/authors/").content.decode()
    assert "Muted" in page
    assert "Third time this week." in page
    assert EMAIL not in page
    for path in ("/moderation/all/", reverse("comments:show", args=[theirs.pk])):
        assert "Third time this week." in moderator_client.get(path).content.decode()
    restriction = Restriction.objects.get()
    lift = reverse("comments:lift", args=[restriction.pk])
    assert moderator_client.post(lift, {"note": "Enough."}).status_code == 302
    assert moderator_client.post(lift).status_code == 409
    assert [entry.action for entry in RestrictionEntry.objects.all()] == ["mute", "lift"]
    values = str(list(RestrictionEntry.objects.values()))
    assert theirs.author_digest not in values
    assert EMAIL not in values
    call_command("verify_log")


@pytest.mark.parametrize(
    "values",
    [
        {"action": ""},
        {"action": "block", "until": ""},
        {"action": "block", "until": "2001-01-01"},
        {"action": "block", "until": "2999-01-01"},
        {"action": "block", "reason": "", "until": "TOMORROW"},
        {"reason": "because"},
        {"until": "soon"},
        {"note": "Call 555-0147 or write to jo@example.org."},
        {"note": "What they wrote before anything happened."},
    ],
)
def test_what_is_missing_or_unfit_is_said_and_nothing_is_done(moderator_client, theirs, values):
    tomorrow = str(today() + timedelta(days=1))
    values = {name: value.replace("TOMORROW", tomorrow) for name, value in values.items()}
    response = act(moderator_client, theirs, **values)
    assert response.status_code == 422
    assert 'class="error' in response.content.decode()
    assert not RestrictionEntry.objects.exists()


def test_whoever_comes_second_is_told_and_may_go_on(moderator_client, other_moderator, theirs):
    first = restrictions.mute(theirs, by=other_moderator, reason="off_topic")
    tomorrow = str(today() + timedelta(days=1))
    response = act(moderator_client, theirs, "block", until=tomorrow)
    assert response.status_code == 409
    assert "other-moderator" in response.content.decode()
    assert act(moderator_client, theirs, "block", until=tomorrow, seen=first.pk).status_code == 302
    assert [entry.action for entry in RestrictionEntry.objects.all()] == ["mute", "lift", "block"]


def test_without_the_permission_nobody_mutes_or_lifts(moderator_client, moderator, theirs, block):
    moderator.groups.get().permissions.get(codename="restrict_authors").delete()
    assert act(moderator_client, theirs).status_code == 403
    assert moderator_client.post(reverse("comments:lift", args=[block.pk])).status_code == 403
    assert "Lift it" not in moderator_client.get("/moderation/authors/").content.decode()


def test_an_author_whom_nobody_knows_any_more_cannot_be_muted(moderator_client, theirs):
    Comment.objects.update(author_digest="")
    assert act(moderator_client, theirs).status_code == 422


def test_the_database_keeps_one_open_restriction_an_author(theirs, moderator):
    restriction = restrictions.mute(theirs, by=moderator, reason="off_topic")
    entry = RestrictionEntry.objects.create(
        comment=theirs, action="mute", reason="other", by=moderator
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Restriction.objects.create(entry=entry, author_digest=restriction.author_digest)


def test_a_new_one_can_begin_when_the_old_one_is_over(theirs, moderator):
    restrictions.mute(theirs, by=moderator, reason="off_topic", until=today())
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        restrictions.mute(theirs, by=moderator, reason="off_topic")
        assert Restriction.objects.in_force().count() == 1
    assert RestrictionEntry.objects.filter(action="lift").count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_once_one_is_first(article, moderator, other_moderator):
    digest = intake.author_digest(EMAIL)
    comments = [make_comment(article, email=EMAIL, author_digest=digest) for _number in range(2)]
    barrier = Barrier(2)

    def mute(comment, by):
        try:
            barrier.wait()
            restrictions.mute(comment, by=by, reason="off_topic", seen=0)
        except restrictions.Outdated:
            return "outdated"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = pool.map(mute, comments, [moderator, other_moderator])
    assert sorted(outcomes) == ["done", "outdated"]
    assert Restriction.objects.in_force().count() == 1


# What is kept ---------------------------------------------------------------------------


def test_a_block_outlives_delete_all_of_mine_and_is_forgotten_when_it_is_over(
    client, article, theirs, block
):
    token = receipts.token_of(theirs, is_proven=True)
    client.post(reverse("comments:receipt-delete", args=[token]))
    block.refresh_from_db()
    assert block.author_digest
    send(client, article)
    again = Comment.objects.latest("pk")
    assert again.is_waiting
    erasure.erase_all(again)
    with time_machine.travel(block.entry.ends_at, tick=False):
        call_command("purge_personal_data")
    block.refresh_from_db()
    assert block.author_digest == ""
    assert RestrictionEntry.objects.count() == 1


def test_a_mute_without_an_end_of_somebody_who_is_gone_is_forgotten_in_time(theirs, moderator):
    mute = restrictions.mute(theirs, by=moderator, reason="off_topic")
    moderation.remove(theirs, by=moderator, reason="off_topic")
    with time_machine.travel(timezone.now() + timedelta(days=364), tick=False):
        call_command("purge_personal_data")
        assert Restriction.objects.in_force().of(theirs.author_digest).exists()
    with time_machine.travel(timezone.now() + timedelta(days=366), tick=False):
        call_command("purge_personal_data")
    mute.refresh_from_db()
    assert mute.author_digest == ""
    assert mute.closed_at


def test_what_was_over_long_ago_is_forgotten_though_the_author_still_writes(theirs, moderator):
    mute = restrictions.mute(theirs, by=moderator, reason="off_topic", until=today())
    with time_machine.travel(timezone.now() + timedelta(days=367), tick=False):
        make_comment(theirs.article, author_digest=theirs.author_digest, email=EMAIL)
        Comment.objects.update(changed_at=timezone.now())
        call_command("purge_personal_data")
    mute.refresh_from_db()
    assert mute.author_digest == ""


def test_a_visitor_of_no_comment_is_told_of_no_block(block):
    digest = block.author_digest
    assert Restriction.objects.to_tell(digest, None) is None
    assert Restriction.objects.to_tell(digest, uuid4()) is None
    assert Restriction.objects.to_tell("", None) is None
