"""The page behind the link that somebody gets with their comment, and what they can do there."""

from __future__ import annotations

import html
import json
import logging
import re
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail, signing
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, transaction
from django.test import Client
from django.utils import timezone

from comments import authors, intake, moderation, notices, receipts, waits
from comments.models import Action, Comment, Decision, EarlierText, Notice, Reason, Status
from innocence.logs import WordlessFormatter
from tests.builders import make_article, make_comment, make_finding
from tests.comments.browsing import write

pytestmark = pytest.mark.django_db

EMAIL = "ines@example.org"
CLEAN = "It made me think of my teacher."
PHONE = "The worksheet is at (212) 555-0147."


@pytest.fixture(autouse=True)
def _known_visitors_only_wait_for_a_reason(settings):
    settings.COMMENT_MODE = "flagged"


def text_of(response):
    return html.unescape(response.content.decode())


def receipt_of(comment, *, is_proven=False):
    return receipts.address_of(comment, is_proven=is_proven)


def fresh(**values):
    """Written a moment ago from somebody's browser."""
    defaults: dict[str, Any] = {
        "email": EMAIL,
        "author_digest": intake.author_digest(values.get("email", EMAIL)),
        "created_at": timezone.now(),
        "body": "I watched it twice.",
    }
    return make_comment(**defaults | values)


def path_in(letter):
    """Of the receipt, as a letter gives it."""
    address = re.search(r"https?://\S+/receipt/\S+", letter.body)
    assert address
    return urlsplit(address[0]).path


def edit(client, comment, body, **values):
    data = {"body": body, "version": comment.version} | values
    return client.post(f"{receipt_of(comment)}edit/", data)


def history(comment):
    return [(d.action, d.by_id and "moderator") for d in comment.decisions.order_by("version")]


# The link -------------------------------------------------------------------------------


def test_who_posts_is_led_to_a_page_that_says_what_happens_next(client):
    answer = write(client, make_article(comment_mode="all"))
    assert answer["Location"].startswith("/receipt/")
    page = text_of(client.get(answer["Location"]))
    assert "Your comment waits for a moderator" in page
    assert "We write to your e-mail address as soon as it is decided." in page
    assert "Watched it twice." in page


def test_the_page_is_for_nobody_but_whoever_has_the_link(client):
    comment = fresh()
    for address in (receipt_of(comment), f"{receipt_of(comment)}copy.txt", "/receipt/nothing/"):
        answer = client.get(address)
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "same-origin"


def test_the_link_holds_a_number_and_nothing_about_the_person(client):
    comment = fresh()
    token = receipts.token_of(comment, is_proven=True)
    said = signing.b64_decode(token.split(":")[0].encode())
    assert json.loads(said) == [comment.pk, 1]


def test_a_link_that_is_not_whole_is_answered_kindly(client):
    whole = receipt_of(fresh())
    for address in (
        f"{whole[:-3]}/",
        "/receipt/x/",
        "/receipt/WzEsMF0:1a:x/",
        f"{whole[:-3]}/edit/",
    ):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "It may have lost its end on the way" in text_of(answer)


def test_a_link_that_has_ended_opens_nothing_and_offers_another(client):
    comment = fresh()
    address = receipt_of(comment)
    with time_machine.travel(timezone.now() + receipts.LASTS + timedelta(minutes=1)):
        for method, path in [("get", ""), ("get", "copy.txt"), ("post", "withdraw/")]:
            answer = getattr(client, method)(f"{address}{path}")
            assert answer.status_code == 410
            assert "This link has ended" in text_of(answer)
            assert comment.body not in text_of(answer)
        assert "The link is on its way" in text_of(client.post(f"{address}link/"))
        [letter] = mail.outbox
        assert comment.body in text_of(client.get(path_in(letter)))
    comment.refresh_from_db()
    assert comment.is_published


def test_nothing_acts_when_a_program_opens_every_link(client):
    comment = fresh()
    before = Comment.objects.values().get()
    for path in (
        "",
        "edit/",
        "withdraw/",
        "put-back/",
        "delete/",
        "copy.json",
        "copy.txt",
        "link/",
    ):
        client.get(f"{receipt_of(comment)}{path}")
    assert Comment.objects.values().get() == before
    assert not Decision.objects.exists()
    assert mail.outbox == []


def test_forms_from_elsewhere_do_nothing():
    comment = fresh()
    client = Client(enforce_csrf_checks=True)
    for path in ("withdraw/", "delete/", "edit/", "link/"):
        assert client.post(f"{receipt_of(comment)}{path}", {"body": CLEAN}).status_code == 403
    assert not Decision.objects.exists()


def test_no_log_line_holds_a_link_that_opens_anything(client, caplog):
    comment = fresh()
    Client(enforce_csrf_checks=True).post(f"{receipt_of(comment)}withdraw/")
    client.get(f"{receipt_of(comment)}withdraw/")
    client.post(f"{receipt_of(comment)}edit/", {})
    token = receipts.token_of(comment, is_proven=False)
    client.get(f"/nowhere/?receipt={token}")
    formatter = WordlessFormatter("%(message)s")
    lines = [formatter.format(record) for record in caplog.records]
    assert any("/receipt/…/withdraw/" in line for line in lines)
    assert not [line for line in lines if token.rpartition(":")[2] in line]


# What it says ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decide", "says"),
    [
        (lambda c, by: moderation.approve(c, by=by), "Everybody can read it."),
        (lambda c, by: moderation.approve_redacted(c, by=by), "<li>phone number</li>"),
        (lambda c, by: moderation.remove(c, by=by, reason="off_topic"), "other than the article"),
    ],
)
def test_it_says_what_was_decided_and_why_but_not_who(client, moderator, decide, says):
    comment = fresh(status=Status.WAITING, queue="pii", body=PHONE)
    make_finding(comment, "(212) 555-0147")
    decide(comment, moderator)
    page = text_of(client.get(receipt_of(comment)))
    assert says in page
    assert "moderator</" not in page


def test_the_usual_wait_is_said_where_enough_was_decided(client, moderator):
    now = timezone.now()
    for hours in range(1, waits.FEWEST):
        moderation.approve(_waiting_for(hours), by=moderator)
    waiting = fresh(status=Status.WAITING, queue="general")
    assert waits.usual_wait() is None
    assert "Nine of ten" not in text_of(client.get(receipt_of(waiting)))
    moderation.remove(_waiting_for(300), by=moderator, reason="other")
    wait = waits.usual_wait()
    assert wait
    assert timedelta(hours=9) <= wait < timedelta(hours=9, minutes=1)
    page = text_of(client.get(receipt_of(waiting)))
    assert "Nine of ten comments were decided within 10 hours lately." in page
    with time_machine.travel(now + waits.LATELY + timedelta(days=1)):
        assert waits.usual_wait() is None


def _waiting_for(hours):
    written = timezone.now() - timedelta(hours=hours)
    return make_comment(status=Status.WAITING, queue="general", created_at=written)


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0.2, "1 hour"), (1.2, "2 hours"), (47, "47 hours"), (47.5, "2 days"), (49, "3 days")],
)
def test_a_wait_is_rounded_up(hours, words):
    assert waits.in_words(timedelta(hours=hours)) == words


# Edit -----------------------------------------------------------------------------------


def test_a_public_comment_with_new_words_that_need_nobody_stays_public(client):
    comment = fresh()
    assert edit(client, comment, CLEAN).status_code == 302
    page = text_of(Client().get(comment.article.get_absolute_url()))
    assert CLEAN in page
    assert "I watched it twice." not in page
    assert history(comment) == [("edit", None)]


def test_words_that_need_a_person_take_a_public_comment_off_the_site_until_one_decides(
    client, moderator_client
):
    comment = fresh()
    seen = edit(client, comment, PHONE)
    assert seen["X-Comment-Step"] == "warning"
    assert "<strong>phone number</strong>" in text_of(seen)
    assert not Decision.objects.exists()
    assert edit(client, comment, PHONE, as_is="1").status_code == 302
    comment.refresh_from_db()
    assert (comment.status, comment.queue, comment.body) == ("waiting", "pii", PHONE)
    assert [finding.words for finding in comment.findings.all()] == ["(212) 555-0147"]
    public = text_of(Client().get(comment.article.get_absolute_url()))
    assert "555-0147" not in public
    assert "I watched it twice." not in public
    desk = text_of(moderator_client.get(f"/moderation/comments/{comment.pk}/"))
    assert "The text before its author edited it" in desk
    assert "I watched it twice." in desk
    assert "by its author" in desk


def test_a_comment_that_waits_goes_on_waiting_whatever_it_says_now(client):
    comment = fresh(status=Status.WAITING, queue="hate", is_urgent=True, is_serious=True)
    make_finding(comment, "watched", type="HATE")
    edit(client, comment, CLEAN)
    comment.refresh_from_db()
    assert (comment.status, comment.queue) == ("waiting", "general")
    assert (comment.is_urgent, comment.is_serious) == (True, True)
    assert not comment.findings.exists()


def test_how_it_was_posted_is_not_edited_away(client):
    comment = fresh(status=Status.WAITING, queue="spam")
    make_finding(comment, type="SPAM", because="A hidden field was filled in.")
    edit(client, comment, CLEAN)
    comment.refresh_from_db()
    assert (comment.queue, comment.held_because) == ("spam", "A hidden field was filled in.")


def test_screening_that_fails_holds_an_edited_comment(client, settings):
    comment = fresh()
    settings.SCREENER = "tests.comments.screeners.raises"
    edit(client, comment, CLEAN)
    comment.refresh_from_db()
    assert (comment.status, comment.body) == ("waiting", CLEAN)


def test_who_edits_in_distress_sees_help_first(client, settings):
    comment = fresh()
    settings.SCREENER = "tests.comments.screeners.finds_distress"
    answer = edit(client, comment, CLEAN)
    assert answer["Location"].startswith(
        f"/news/{comment.article.slug}/comment/help/?language=en&receipt="
    )
    comment.refresh_from_db()
    assert (comment.is_urgent, comment.is_waiting) == (True, True)


def test_a_moderators_page_is_stale_after_an_edit(client, moderator_client):
    comment = fresh(status=Status.WAITING, queue="general")
    edit(client, comment, CLEAN)
    answer = moderator_client.post(
        f"/moderation/comments/{comment.pk}/decide/", {"decision": "approve", "version": 1}
    )
    assert answer.status_code == 409
    assert CLEAN in text_of(answer)
    assert not Comment.objects.published().exists()


def _ten_minutes_go_by(comment, by):
    Comment.objects.update(created_at=timezone.now() - moderation.EDIT_LASTS)


def _a_moderator_decides(comment, by):
    moderation.approve(comment, by=by)
    comment.version -= 1


def _a_moderator_decides_and_undoes_it(comment, by):
    moderation.undo(moderation.approve(comment, by=by), by=by)


def _another_page_was_faster(comment, by):
    Comment.objects.update(version=2)


def _it_is_withdrawn(comment, by):
    moderation.withdraw(comment)


@pytest.mark.parametrize(
    "happens",
    [
        _ten_minutes_go_by,
        _a_moderator_decides,
        _a_moderator_decides_and_undoes_it,
        _another_page_was_faster,
        _it_is_withdrawn,
    ],
)
def test_an_edit_that_comes_too_late_changes_nothing_and_hands_the_words_back(
    client, moderator, happens
):
    comment = fresh(status=Status.WAITING, queue="general")
    happens(comment, moderator)
    answer = edit(client, comment, CLEAN)
    assert answer.status_code == 409
    assert CLEAN in text_of(answer)
    assert Comment.objects.get().body == "I watched it twice."
    assert not EarlierText.objects.exists()


def test_a_decision_while_the_new_words_are_screened_comes_first(client, moderator, monkeypatch):
    comment = fresh(status=Status.WAITING, queue="general")
    look = intake.preview_edit

    def slowly(one, body):
        moderation.approve(Comment.objects.get(pk=one.pk), by=moderator)
        return look(one, body)

    monkeypatch.setattr(intake, "preview_edit", slowly)
    answer = edit(client, comment, CLEAN)
    assert answer.status_code == 409
    assert CLEAN in text_of(answer)
    assert Comment.objects.get().body == "I watched it twice."
    assert not EarlierText.objects.exists()


@pytest.mark.parametrize("body", ["", "x" * 5001])
def test_words_that_are_no_comment_come_back(client, body):
    answer = edit(client, fresh(), body)
    assert answer.status_code == 422
    assert body in text_of(answer)


def test_a_database_that_is_away_costs_nobody_their_words(client, monkeypatch):
    def away(*args, **values):
        raise OperationalError

    monkeypatch.setattr(authors, "edit", away)
    client.raise_request_exception = False
    long = f"{CLEAN} " * 9
    answer = edit(client, fresh(), long)
    assert answer.status_code == 503
    assert CLEAN in text_of(answer)
    assert "press the button" in text_of(answer)


def test_the_desk_guards_in_an_earlier_text_what_it_guards_in_the_newer(client, moderator_client):
    comment = fresh(
        status=Status.WAITING, queue="pii", body="My number is 219-09-9999, write it down."
    )
    make_finding(comment, "219-09-9999", type="SSN")
    edit(client, comment, CLEAN)
    desk = text_of(moderator_client.get(f"/moderation/comments/{comment.pk}/"))
    assert "My number is •" in desk
    assert "219-09-9999" not in desk


def test_the_author_hears_of_a_decision_after_an_edit(
    client, moderator, django_capture_on_commit_callbacks
):
    comment = fresh()
    edit(client, comment, PHONE, as_is="1")
    comment.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        moderation.approve(comment, by=moderator)
    assert [letter.subject.partition(" (")[0] for letter in mail.outbox] == [
        "Your comment is on our site"
    ]


# Withdraw -------------------------------------------------------------------------------


def test_a_withdrawn_comment_is_gone_at_once_and_can_be_put_back(client):
    comment = fresh()
    make_comment(parent=comment, body="Me too.")
    client.post(f"{receipt_of(comment)}withdraw/")
    page = text_of(Client().get(comment.article.get_absolute_url()))
    assert comment.body not in page
    assert "Withdrawn by its author." in page
    assert "Me too." in page
    assert "You withdrew your comment" in text_of(client.get(receipt_of(comment)))
    client.post(f"{receipt_of(comment)}put-back/")
    assert comment.body in text_of(Client().get(comment.article.get_absolute_url()))
    assert history(comment) == [("withdraw", None), ("undo", None)]


def test_what_waited_waits_again_and_what_was_cut_stays_cut(client, moderator):
    waiting = fresh(status=Status.WAITING, queue="hate")
    cut = fresh(body=PHONE)
    make_finding(cut, "(212) 555-0147")
    moderation.approve_redacted(cut, by=moderator)
    for comment in (waiting, cut):
        client.post(f"{receipt_of(comment)}withdraw/")
        client.post(f"{receipt_of(comment)}put-back/")
        comment.refresh_from_db()
    assert (waiting.status, waiting.queue, waiting.decided_by_person) == ("waiting", "hate", False)
    assert (cut.public_body, cut.decided_by_person) == (
        "The worksheet is at [phone number removed].",
        True,
    )


def test_withdrawing_twice_or_after_a_removal_changes_nothing(client, moderator):
    comment = fresh()
    for _time in range(2):
        assert client.post(f"{receipt_of(comment)}withdraw/").status_code == 302
    removed = fresh()
    moderation.remove(removed, by=moderator, reason="threat")
    client.post(f"{receipt_of(removed)}withdraw/")
    client.post(f"{receipt_of(removed)}put-back/")
    assert history(comment) == [("withdraw", None)]
    assert history(removed) == [("remove", "moderator")]


@pytest.mark.parametrize("decision", ["approve", "approve_redacted", "remove", "restore", "undo"])
def test_no_moderator_puts_back_or_decides_on_what_its_author_withdrew(
    moderator, moderator_client, decision
):
    comment = fresh(status=Status.WAITING, queue="pii", body=PHONE)
    make_finding(comment, "(212) 555-0147")
    moderation.approve(comment, by=moderator)
    moderation.withdraw(comment)
    address = f"/moderation/comments/{comment.pk}/"
    data = {"decision": decision, "version": comment.version, "reason": "other"}
    assert moderator_client.post(f"{address}decide/", data).status_code == 422
    page = text_of(moderator_client.get(address))
    assert "Its author has withdrawn this comment." in page
    assert not re.search(rf'name="decision" value="{decision}"(?! hidden)', page)
    assert Comment.objects.get().is_withdrawn


@pytest.mark.parametrize("decision", ["edit", "withdraw"])
def test_no_moderator_decides_in_its_authors_name(moderator_client, decision):
    comment = fresh()
    data = {"decision": decision, "version": 1}
    answer = moderator_client.post(f"/moderation/comments/{comment.pk}/decide/", data)
    assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_no_letter_follows_what_an_author_did_or_says_what_it_undid(client, moderator):
    comment = fresh(status=Status.WAITING, queue="general")
    moderation.approve(comment, by=moderator)
    client.post(f"{receipt_of(comment)}withdraw/")
    call_command("send_notices", stdout=StringIO())
    assert mail.outbox == []
    assert not Notice.objects.unsent().exists()


def test_a_day_later_what_was_withdrawn_is_erased(client, settings):
    comment = fresh()
    edit(client, comment, CLEAN)
    client.post(f"{receipt_of(comment)}withdraw/")
    call_command("purge_personal_data", stdout=StringIO())
    assert Comment.objects.get().body == CLEAN
    with time_machine.travel(timezone.now() + timedelta(hours=settings.REDACTION_UNDO_HOURS)):
        call_command("purge_personal_data", stdout=StringIO())
        assert "The text is erased." in text_of(client.get(receipt_of(comment)))
        client.post(f"{receipt_of(comment)}put-back/")
    erased = Comment.objects.get()
    assert (erased.body, erased.name, erased.email, erased.author_digest) == ("", "", "", "")
    assert erased.is_withdrawn
    assert not EarlierText.objects.exists()


def test_what_an_edit_replaced_is_kept_until_somebody_has_decided_and_a_day_longer(
    client, moderator, settings
):
    comment = fresh()
    edit(client, comment, PHONE, as_is="1")
    day = timedelta(hours=settings.REDACTION_UNDO_HOURS)
    with time_machine.travel(timezone.now() + 3 * day):
        call_command("purge_personal_data", stdout=StringIO())
        assert EarlierText.objects.count() == 1
        comment.refresh_from_db()
        moderation.approve(comment, by=moderator)
        call_command("purge_personal_data", stdout=StringIO())
        assert EarlierText.objects.count() == 1
    with time_machine.travel(timezone.now() + 4 * day):
        call_command("purge_personal_data", stdout=StringIO())
    assert not EarlierText.objects.exists()
    assert Comment.objects.get().body == PHONE


# All of theirs --------------------------------------------------------------------------


@pytest.fixture
def three():
    """Two from one browser, one from another, all with one address; and somebody else's."""
    article = make_article()
    here, elsewhere = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
    theirs = [
        fresh(article=article, visitor=visitor, body=f"Number {number}, by Ines.")
        for number, visitor in enumerate([here, here, elsewhere])
    ]
    fresh(article=article, visitor=here, email="other@example.org", body="From the same library.")
    return theirs


@pytest.mark.parametrize(("is_proven", "reached"), [(False, [0, 1]), (True, [0, 1, 2])])
def test_only_a_link_that_came_by_mail_reaches_what_was_written_elsewhere(
    client, three, is_proven, reached
):
    """Anybody can type somebody's address into the form."""
    address = receipt_of(three[0], is_proven=is_proven)
    copy = client.get(f"{address}copy.json").json()["comments"]
    assert [one["text"] for one in copy] == [three[number].body for number in reached]
    assert text_of(client.get(f"{address}delete/")).count("<li>Article") == len(reached)
    client.post(f"{address}delete/")
    left = Comment.objects.exclude(body="").order_by("pk")
    assert [one.pk for one in left if one.email == EMAIL] == [
        one.pk for number, one in enumerate(three) if number not in reached
    ]
    assert left.filter(body="From the same library.").exists()


def test_a_comment_without_cookie_or_address_is_reached_alone(client):
    lonely = fresh(email="", author_digest="")
    other = fresh(email="", author_digest="")
    client.post(f"{receipt_of(lonely, is_proven=True)}delete/")
    assert list(Comment.objects.exclude(body="")) == [other]


def test_what_is_deleted_leaves_its_history_and_nothing_that_anybody_wrote(
    client, moderator, three
):
    edit(client, three[0], CLEAN)
    moderation.remove(three[1], by=moderator, reason="off_topic")
    client.post(f"{receipt_of(three[2], is_proven=True)}delete/")
    for comment in Comment.objects.filter(pk__in=[one.pk for one in three]):
        kept = (comment.body, comment.name, comment.email, comment.author_digest, comment.visitor)
        assert kept == ("", "", "", "", None)
    assert not EarlierText.objects.exists()
    assert history(three[0]) == [("edit", None), ("withdraw", None), ("destroy", None)]
    assert history(three[1]) == [("remove", "moderator"), ("destroy", None)]
    assert "The text is erased." in text_of(client.get(receipt_of(three[0])))


def test_deleting_is_asked_once_more_and_names_what_goes(client, three):
    page = text_of(client.get(f"{receipt_of(three[0])}delete/"))
    assert three[0].article.headline in page
    assert "Delete them now" in page
    assert Comment.objects.exclude(body="").count() == 4


def test_the_copy_has_everything_that_is_kept_and_no_moderator(client, moderator):
    comment = fresh(name="Ines")
    edit(client, comment, CLEAN)
    comment.refresh_from_db()
    moderation.remove(comment, by=moderator, reason="off_topic", note="For the second time.")
    address = receipt_of(comment)
    [copy] = json.loads(client.get(f"{address}copy.json").content)["comments"]
    assert (copy["name"], copy["email"], copy["text"]) == ("Ines", EMAIL, CLEAN)
    assert [earlier["text"] for earlier in copy["earlier_texts"]] == ["I watched it twice."]
    assert [(entry["what"], entry["by"]) for entry in copy["history"]] == [
        ("Edited", "author"),
        ("Removed", "moderator"),
    ]
    answer = client.get(f"{address}copy.txt")
    assert answer["Content-Disposition"] == 'attachment; filename="my-comments.txt"'
    plain = answer.content.decode()
    for words in (CLEAN, "I watched it twice.", EMAIL, "Removed. It was about something other"):
        assert words in plain
    assert "For the second time." not in plain
    assert f"by {moderator}" not in plain


def test_a_copy_of_another_kind_is_not_there(client):
    assert client.get(f"{receipt_of(fresh())}copy.csv").status_code == 404


# Links by mail --------------------------------------------------------------------------


def test_every_letter_has_a_link_that_reaches_all_that_was_written_with_the_address(
    client, moderator, django_capture_on_commit_callbacks, three, settings
):
    settings.SITE_URL = "https://comments.example.org"
    with django_capture_on_commit_callbacks(execute=True):
        moderation.remove(three[0], by=moderator, reason="other")
    assert "https://comments.example.org/receipt/" in mail.outbox[0].body
    assert "This link reaches 3 comments." in text_of(client.get(path_in(mail.outbox[0])))


def test_a_link_by_mail_goes_to_the_address_of_the_comment_and_not_without_end(client):
    comment = fresh()
    answers = [client.post(f"{receipt_of(comment)}link/") for _time in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [letter.to for letter in mail.outbox] == [[EMAIL]] * 3
    for words in (comment.body, comment.name):
        assert words not in mail.outbox[0].message().as_string()


def test_a_link_that_cannot_be_sent_is_said_not_to_be(client, monkeypatch, caplog):
    def refuse(letter, fail_silently=False):
        raise ConnectionRefusedError(f"for {letter.to}")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    address = receipt_of(fresh())
    with caplog.at_level(logging.WARNING):
        answers = [client.post(f"{address}link/") for _time in range(5)]
    answer = answers[-1]
    assert {one.status_code for one in answers} == {503}
    assert "Our mail server did not take it." in text_of(answer)
    assert "example.org" not in caplog.text


def test_no_link_goes_out_once_the_address_is_forgotten(client):
    answer = client.post(f"{receipt_of(fresh(email='', author_digest=''))}link/")
    assert answer.status_code == 410
    assert mail.outbox == []


def test_only_authors_edit_and_withdraw_and_only_people_decide_the_rest(moderator):
    comment = fresh()
    common = {"comment": comment, "status_before": "published", "status_after": "published"}
    for version, (action, by) in enumerate(
        [(Action.EDIT, moderator), (Action.WITHDRAW, moderator), (Action.APPROVE, None)]
    ):
        with pytest.raises(IntegrityError, match="decision_is_a_persons"), transaction.atomic():
            Decision.objects.create(action=action, by=by, version=version, **common)


# For whom it is -----------------------------------------------------------------------------


def test_the_page_and_the_letters_speak_the_language_of_the_comment(client, moderator):
    comment = fresh(body="Me gustó mucho la película, gracias por todo.", language="es")
    page = client.get(receipt_of(comment))
    assert '<html lang="es"' in page.content.decode()
    assert "Su comentario" in text_of(page)
    moderation.remove(comment, by=moderator, reason=Reason.OFF_TOPIC)
    call_command("send_notices", stdout=StringIO())
    assert "comentario" in mail.outbox[-1].subject
    assert notices.send_link(comment)
    assert "enlace" in mail.outbox[-1].subject


def test_whoever_may_be_in_distress_keeps_the_help_lines_and_is_asked_for_no_money(
    client, settings
):
    settings.DONATE_URL = "https://donate.example/"
    calm = client.get(receipt_of(fresh(status=Status.WAITING, queue="general")))
    assert 'href="https://donate.example/"' in calm.content.decode()
    comment = fresh(status=Status.WAITING, queue="general", is_urgent=True)
    page = client.get(receipt_of(comment)).content.decode()
    assert "tel:988" in page
    assert 'href="https://donate.example/"' not in page


def test_a_case_enquiry_is_told_that_it_will_hardly_be_public(client):
    page = text_of(client.get(receipt_of(fresh(status=Status.WAITING, queue="cases"))))
    assert "hardly ever made public" in page
    assert "hardly ever made public" not in text_of(
        client.get(receipt_of(fresh(status=Status.WAITING, queue="pii")))
    )


def test_who_had_details_cut_before_storing_reads_that_nobody_saw_them(client):
    write(client, make_article(), body=PHONE, choice="redact", follow=True)
    comment = Comment.objects.latest("pk")
    assert "555-0147" not in comment.body
    assert "nobody has seen what stood there" in text_of(client.get(receipt_of(comment)))
    assert "nobody has seen what stood there" not in text_of(client.get(receipt_of(fresh())))
