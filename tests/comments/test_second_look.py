"""Somebody thinks that we were wrong: another moderator decides once more, and writes to them."""

from __future__ import annotations

import html
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from comments import erasure, moderation, receipts
from comments.models import Comment, Decision, Notice, Reason, SecondLook, Status
from comments.models.second_look import ANSWERED_WITHIN
from tests.builders import make_comment, make_finding

pytestmark = pytest.mark.django_db

BODY = "Persimmon, the worksheet is at (212) 555-0147."
ANSWER = "I have read it again. It is about the film after all."


def text_of(response):
    return html.unescape(response.content.decode())


@pytest.fixture
def removed(moderator):
    comment = make_comment(name="Marguerite", email="author@example.org", body=BODY)
    moderation.remove(comment, by=moderator, reason=Reason.OFF_TOPIC)
    Notice.objects.update(sent_at=timezone.now())
    return comment


@pytest.fixture
def redacted(moderator):
    comment = make_comment(email="author@example.org", body=BODY)
    make_finding(comment, "(212) 555-0147")
    moderation.approve_redacted(comment, by=moderator)
    Notice.objects.update(sent_at=timezone.now())
    return comment


@pytest.fixture
def other_client(other_moderator):
    client = Client()
    client.force_login(other_moderator)
    return client


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def receipt_of(comment):
    return receipts.address_of(comment, is_proven=True)


def ask(comment, words="It is about the film."):
    return Client().post(f"{receipt_of(comment)}second-look/", {"words": words})


def answer(client, comment, outcome="changes", text=ANSWER, **values):
    comment.refresh_from_db()
    data = {"outcome": outcome, "answer": text, "version": comment.version} | values
    return client.post(f"/moderation/comments/{comment.pk}/second-look/", data)


def state_of(comment):
    comment.refresh_from_db()
    return comment.status, [d.action for d in comment.decisions.order_by("version")]


def test_an_author_asks_and_every_moderator_sees_who_waits_and_why(
    removed, moderator_client, other_client
):
    assert "Ask for a second look" in text_of(Client().get(receipt_of(removed)))
    assert ask(removed).status_code == 302
    page = text_of(Client().get(receipt_of(removed)))
    assert "Another moderator than the first decides, and writes to you by" in page
    assert "Ask for a second look" not in page
    assert "1 author waits for a second look." in text_of(other_client.get("/moderation/"))
    assert "Marguerite on" in text_of(other_client.get("/moderation/second-looks/"))
    mine = text_of(moderator_client.get("/moderation/second-looks/"))
    assert "you decided first, so somebody else looks" in mine
    desk = text_of(other_client.get(f"/moderation/comments/{removed.pk}/"))
    for words in ("It is about the film.", "Persimmon", "Removed (Off topic)", "by moderator"):
        assert words in desk


def test_nothing_stands_there_that_could_not_be_pressed(removed, redacted, other_client):
    dead = ("data-hand-help", "data-add-cut", 'name="note"', 'class="bar"')
    pages = []
    for comment in (removed, redacted):
        ask(comment)
        pages.append(text_of(other_client.get(f"/moderation/comments/{comment.pk}/")))
    assert [part for part in dead if part in pages[0]] == []
    # From what is public more can be cut, so there all of it has its use.
    assert [part for part in dead if part not in pages[1]] == []


def test_who_decided_first_is_refused(removed, moderator_client):
    ask(removed)
    assert answer(moderator_client, removed).status_code == 403
    page = text_of(moderator_client.get(f"/moderation/comments/{removed.pk}/"))
    assert "You decided first, so somebody else takes this second look." in page
    assert 'name="answer"' not in page
    assert state_of(removed) == ("removed", ["remove"])


def test_another_moderator_puts_it_back_and_writes_why(removed, other_client, committed):
    ask(removed)
    with committed():
        assert answer(other_client, removed).status_code == 302
    assert state_of(removed) == ("published", ["remove", "restore"])
    [letter] = mail.outbox
    assert letter.subject.startswith("A second look at your comment")
    for words in ("The first decision no longer stands.", removed.get_absolute_url(), ANSWER):
        assert words in letter.body
    assert "/receipt/" in letter.body
    page = text_of(Client().get(receipt_of(removed)))
    assert "another moderator changed the first decision" in page
    assert ANSWER in page
    assert "Nobody waits for one." in text_of(other_client.get("/moderation/second-looks/"))


def test_another_moderator_finds_that_it_stands_and_writes_why(removed, other_client, committed):
    ask(removed)
    with committed():
        assert answer(other_client, removed, "stands").status_code == 302
    assert state_of(removed) == ("removed", ["remove", "uphold"])
    assert removed.decisions.latest("version").reason == Reason.OFF_TOPIC
    [letter] = mail.outbox
    for words in ("The first decision stands", Reason.OFF_TOPIC.public_wording, ANSWER):
        assert words in letter.body
    page = text_of(Client().get(receipt_of(removed)))
    assert "another moderator found that the first decision stands" in page


@pytest.mark.parametrize(
    ("outcome", "says", "public"),
    [
        ("changes", "Everybody can read your comment as you wrote it", BODY),
        ("stands", "- phone number\n", "Persimmon, the worksheet is at [phone number removed]."),
    ],
)
def test_what_was_cut_is_looked_at_again_too(
    redacted, other_client, committed, outcome, says, public
):
    ask(redacted)
    with committed():
        answer(other_client, redacted, outcome)
    redacted.refresh_from_db()
    assert redacted.public_body == public
    assert says in mail.outbox[0].body


def test_no_letter_repeats_what_its_author_wrote(removed, other_client, committed):
    ask(removed, "My cousin Thaddeus can tell you.")
    with committed():
        answer(other_client, removed)
    whole = mail.outbox[0].message().as_string()
    assert mail.outbox[0].to == ["author@example.org"]
    for words in ("Persimmon", "555-0147", "Marguerite", "Thaddeus", "other-moderator"):
        assert words not in whole


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Write to the author what you found."),
        ("You wrote: Persimmon, the worksheet is at", "The answer repeats words of the comment."),
        ("His number is 219-09-9999.", "The answer seems to hold personal information."),
        ("x" * 2001, "Keep the answer under 2000 characters."),
    ],
)
def test_an_answer_is_needed_and_repeats_nothing(removed, other_client, text, says):
    ask(removed)
    refused = answer(other_client, removed, text=text)
    assert refused.status_code == 422
    assert says in text_of(refused)
    assert text in text_of(refused)
    assert state_of(removed) == ("removed", ["remove"])
    assert SecondLook.objects.open().count() == 1


def test_of_two_moderators_who_answer_at_once_one_is_told(removed, other_client, lead_client):
    ask(removed)
    assert answer(other_client, removed, "stands").status_code == 302
    late = answer(lead_client, removed, version=removed.version)
    assert late.status_code == 409
    assert state_of(removed) == ("removed", ["remove", "uphold"])


def test_a_stale_page_answers_nothing(redacted, other_client, moderator):
    ask(redacted)
    stale = redacted.version
    moderation.cut_more(
        redacted, [{"field": "body", "start": 0, "end": 9, "type": "PERSON_PRIVATE"}], by=moderator
    )
    answered = answer(other_client, redacted, version=stale)
    assert answered.status_code == 409
    assert SecondLook.objects.open().exists()


@pytest.mark.parametrize("decision", ["approve", "approve_redacted", "restore", "undo", "destroy"])
def test_while_an_author_waits_nobody_decides_past_them(removed, other_client, decision):
    make_finding(removed, "(212) 555-0147")
    ask(removed)
    removed.refresh_from_db()
    data = {"decision": decision, "version": removed.version}
    address = f"/moderation/comments/{removed.pk}/"
    refused = other_client.post(f"{address}decide/", data)
    assert refused.status_code == 422
    if decision == "destroy":
        refused = other_client.post(f"{address}destroy/", data)
        assert refused.status_code == 409
    assert state_of(removed) == ("removed", ["remove"])


def test_each_decision_can_be_asked_about_once(removed, other_client, moderator):
    assert ask(removed).status_code == 302
    ask(removed)
    answer(other_client, removed, "stands")
    ask(removed)
    assert SecondLook.objects.count() == 1
    removed.refresh_from_db()
    moderation.restore(removed, by=moderator)
    moderation.remove(removed, by=moderator, reason=Reason.THREAT)
    ask(removed)
    assert SecondLook.objects.open().get().decision.reason == Reason.THREAT


def test_there_is_nothing_to_ask_about_a_comment_that_waits_is_public_or_erased():
    erased = make_comment(status=Status.REMOVED, body="")
    for comment in (make_comment(), make_comment(status=Status.WAITING, queue="pii"), erased):
        assert "Ask for a second look" not in text_of(Client().get(receipt_of(comment)))
        ask(comment)
    assert not SecondLook.objects.exists()


def test_what_was_cut_is_kept_for_whoever_looks_again_and_no_longer(redacted, other_moderator):
    ask(redacted)
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        call_command("purge_personal_data", stdout=StringIO())
        redacted.refresh_from_db()
        assert (redacted.body, redacted.email) == (BODY, "author@example.org")
        moderation.answer_second_look(
            SecondLook.objects.get(),
            by=other_moderator,
            changes=False,
            answer=ANSWER,
            version=redacted.version,
        )
    with time_machine.travel(timezone.now() + timedelta(days=402)):
        call_command("purge_personal_data", stdout=StringIO())
    redacted.refresh_from_db()
    assert "555-0147" not in redacted.body
    assert SecondLook.objects.get().words == ""


def test_the_clock_runs_and_overdue_is_said(removed, other_client):
    ask(removed)
    pages = ["/moderation/", "/moderation/second-looks/", f"/moderation/comments/{removed.pk}/"]
    assert not [page for page in pages if "verdue" in text_of(other_client.get(page))]
    with time_machine.travel(timezone.now() + ANSWERED_WITHIN + timedelta(hours=1)):
        assert not [page for page in pages if "verdue" not in text_of(other_client.get(page))]
        assert "waits for 7 days" in text_of(other_client.get("/moderation/second-looks/"))


def test_the_answer_goes_out_although_the_comment_is_decided_again_meanwhile(
    removed, other_client, moderator, committed
):
    ask(removed)
    answer(other_client, removed)
    removed.refresh_from_db()
    with committed():
        moderation.remove(removed, by=moderator, reason=Reason.OFF_TOPIC)
    call_command("send_notices", stdout=StringIO())
    assert sorted(letter.subject.partition(" (")[0] for letter in mail.outbox) == [
        "A second look at your comment",
        "Your comment is not on our site",
    ]


def test_who_decided_first_cannot_undo_what_the_second_look_changed(
    removed, other_client, moderator_client
):
    ask(removed)
    answer(other_client, removed)
    removed.refresh_from_db()
    data = {"decision": "undo", "version": removed.version}
    address = f"/moderation/comments/{removed.pk}/decide/"
    assert moderator_client.post(address, data).status_code == 422
    assert state_of(removed)[0] == "published"
    assert other_client.post(address, data).status_code == 302


def test_nobody_looks_again_at_what_its_author_withdrew(redacted, other_client):
    ask(redacted)
    Client().post(f"{receipt_of(redacted)}withdraw/")
    assert "Nobody waits for one." in text_of(other_client.get("/moderation/second-looks/"))
    assert answer(other_client, redacted).status_code == 422
    Client().post(f"{receipt_of(redacted)}put-back/")
    assert "Nobody waits for one." not in text_of(other_client.get("/moderation/second-looks/"))


def test_what_an_author_says_goes_with_everything_else_of_theirs(removed):
    ask(removed, "Thaddeus can tell you.")
    [copy] = Client().get(f"{receipt_of(removed)}copy.json").json()["comments"]
    assert copy["second_looks"][0]["your_words"] == "Thaddeus can tell you."
    Client().post(f"{receipt_of(removed)}delete/")
    assert SecondLook.objects.get().words == ""
    assert not SecondLook.objects.open().exists()


def test_a_page_without_a_second_look_answers_none(removed, other_client):
    assert answer(other_client, removed).status_code == 404
    ask(removed)
    address = f"/moderation/comments/{removed.pk}/second-look/"
    assert other_client.get(address).status_code == 405


def test_too_many_words_come_back(removed):
    refused = ask(removed, "x" * 1001)
    assert refused.status_code == 422
    assert "x" * 1001 in text_of(refused)
    assert not SecondLook.objects.exists()


def test_no_second_look_is_closed_without_words(removed, other_moderator):
    ask(removed)
    with pytest.raises(IntegrityError, match="second_look_is_answered_in_words"):
        SecondLook.objects.update(outcome=Decision.objects.get())


def test_a_list_says_which_comments_wait_for_a_second_look(removed, other_client):
    ask(removed)
    assert "Its author asked for a second look." in text_of(other_client.get("/moderation/all/"))
    assert Comment.objects.get().is_removed


# What they say ----------------------------------------------------------------------------


def test_a_number_of_the_worst_kind_in_what_they_say_is_dots_at_the_desk(removed, other_client):
    words = "It is about the film. My social security number is 512-58-4401."
    ask(removed, words)
    page = text_of(other_client.get(f"/moderation/comments/{removed.pk}/"))
    assert "It is about the film. My social security number is" in page
    assert "512-58-4401" not in page
    assert "•••••••••••" in page
    assert SecondLook.objects.get().words == words


def test_figures_are_dots_where_screening_failed(removed, other_client, settings):
    settings.SCREENER = "tests.comments.screeners.raises"
    ask(removed, "It was on channel 13 in 1998.")
    page = text_of(other_client.get(f"/moderation/comments/{removed.pk}/"))
    assert "It was on channel •• in ••••." in page


def test_who_asks_in_distress_sees_help_first_and_comes_first(removed, redacted, other_client):
    ask(redacted)
    asked = ask(removed, "If you do not put it back I will kill myself tonight.")
    assert asked.status_code == 302
    assert f"/news/{removed.article.slug}/comment/help/" in asked["Location"]
    assert "988" in text_of(Client().get(asked["Location"]))
    assert list(SecondLook.objects.open().values_list("comment", flat=True)) == [
        removed.pk,
        redacted.pk,
    ]
    assert "In distress" in text_of(other_client.get("/moderation/second-looks/"))
    assert "In distress" in text_of(other_client.get("/moderation/"))
    assert "The writer may be in danger" in text_of(
        other_client.get(f"/moderation/comments/{removed.pk}/")
    )


def test_moderators_are_told_at_once_of_distress_in_what_an_author_says(removed, moderator):
    moderator.email = "moderator@example.org"
    moderator.save()
    ask(removed, "If you do not put it back I will kill myself tonight.")
    mail.outbox.clear()
    for _twice in range(2):
        call_command("send_digest", "--distress", stdout=StringIO())
    (alarm,) = mail.outbox
    assert f"/moderation/comments/{removed.pk}/#second-look" in alarm.body
    assert "kill" not in alarm.body


def test_what_they_said_goes_with_the_text(removed):
    ask(removed, "It is about the film of 1998.")
    erasure.erase_text(removed)
    look = SecondLook.objects.get()
    assert (look.words, look.guarded_words) == ("", "")
