"""The way in: who waits and where, which signals are gathered, and that nothing gets lost."""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article
from comments import intake, moderation
from comments.models import Comment, Finding, Status
from comments.screening import Mode
from tests.builders import make_article, make_comment
from tests.comments import screeners

pytestmark = pytest.mark.django_db
ME = uuid4()


@pytest.fixture(autouse=True)
def _nothing_is_found(settings):
    _use(settings, screeners.finds_nothing)
    settings.COMMENT_MODE = "flagged"
    screeners.SEEN.clear()


def _use(settings, screener):
    settings.SCREENER = f"tests.comments.screeners.{screener.__name__}"


def _receive(article=None, **values):
    said = {"name": "Marguerite D.", "email": "m@example.org", "body": "Watched it twice."}
    return intake.receive(article=article or make_article(), **(said | values))


def test_a_comment_without_findings_is_published_at_once():
    comment = _receive()
    assert (comment.status, comment.queue, comment.held_because) == (Status.PUBLISHED, "", "")
    assert not comment.decided_by_person
    assert not comment.findings.exists()


def test_a_comment_with_findings_waits_in_its_queue_with_them(settings):
    _use(settings, screeners.finds_a_phone_number)
    comment = _receive(body="Call 020 7946 0958.\r\n")
    assert (comment.status, comment.queue) == (Status.WAITING, "pii")
    assert comment.held_because == "It may hold personal information."
    (finding,) = comment.findings.all()
    assert comment.body[finding.start : finding.end] == "020 7946 0958"


def test_distress_is_urgent(settings):
    _use(settings, screeners.finds_distress)
    assert _receive().is_urgent


def test_text_is_cleaned_before_it_is_screened_and_stored():
    comment = _receive(name=" Luis\n", body="one\r\n\x00two\n\n\n\nthree ")
    assert (comment.name, comment.body) == ("Luis", "one\ntwo\n\nthree")
    assert screeners.SEEN[-1].text == comment.body
    assert screeners.SEEN[-1].author_name == "Luis"


def test_screening_knows_the_names_that_the_article_makes_public():
    _receive(make_article(public_names="Ada Example\nBo Example"))
    assert screeners.SEEN[-1].public_names == {"Ada Example", "Bo Example"}


def test_the_shipped_screener_holds_a_phone_number(settings):
    settings.SCREENER = "comments.screening.screen"
    comment = _receive(body="The worksheet for schools is at (212) 555-0147.")
    assert (comment.status, comment.queue) == (Status.WAITING, "pii")
    assert "PHONE" in {finding.type for finding in comment.findings.all()}


@pytest.mark.parametrize(
    ("body", "is_serious"),
    [
        ("Her daughter, 9, knew a witness named Elvira Brandt.", True),
        ("The clerk, 49, knew a witness named Elvira Brandt.", False),
    ],
)
def test_a_name_beside_a_child_comes_before_what_else_waits(settings, body, is_serious):
    settings.SCREENER = "comments.screening.screen"
    comment = _receive(body=body)
    (name,) = comment.findings.filter(type="PERSON_PRIVATE")
    assert (comment.is_serious, name.is_critical) == (is_serious, is_serious)


# Who waits -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("site", "article", "mode"),
    [
        ("flagged", "", Mode.FLAGGED),
        ("flagged", "newcomers", Mode.NEWCOMERS),
        ("flagged", "all", Mode.ALL),
        ("newcomers", "", Mode.NEWCOMERS),
        ("newcomers", "all", Mode.ALL),
        ("all", "newcomers", Mode.ALL),
        ("all", "", Mode.ALL),
    ],
)
def test_an_article_can_be_stricter_than_the_site_and_never_laxer(settings, site, article, mode):
    settings.COMMENT_MODE = site
    assert intake.mode_for(Article(comment_mode=article)) is mode


def test_where_every_comment_waits_it_waits_in_general():
    comment = _receive(make_article(comment_mode="all"))
    assert (comment.status, comment.queue) == (Status.WAITING, "general")


def test_the_first_comment_waits_and_those_after_an_approval_do_not(settings, moderator):
    settings.COMMENT_MODE = "newcomers"
    first = _receive(visitor=ME)
    assert first.is_waiting
    assert _receive(visitor=ME, body="And again, with my mother.").is_waiting
    moderation.approve(first, by=moderator)
    assert _receive(visitor=ME, body="The third time I slept badly.").is_published
    other_case = _receive(visitor=ME, body="The fourth time I slept.", email=" M@Example.ORG")
    assert other_case.is_published


@pytest.mark.parametrize(
    ("visitor", "email"),
    [
        (None, "m@example.org"),
        (uuid4(), "m@example.org"),
        (ME, "someone.else@example.org"),
    ],
    ids=["no cookie", "another browser", "another address"],
)
def test_typing_somebodys_address_makes_nobody_known(settings, moderator, visitor, email):
    settings.COMMENT_MODE = "newcomers"
    moderation.approve(_receive(visitor=ME), by=moderator)
    assert _receive(visitor=visitor, email=email, body="Trust me, I was here.").is_waiting


def test_a_comment_that_no_person_approved_makes_nobody_known(settings):
    _receive(visitor=ME)
    settings.COMMENT_MODE = "newcomers"
    assert _receive(visitor=ME, body="A second one.").is_waiting


def test_a_comment_that_was_removed_makes_nobody_known(settings, moderator):
    settings.COMMENT_MODE = "newcomers"
    moderation.remove(_receive(visitor=ME), by=moderator, reason="profanity")
    assert _receive(visitor=ME, body="A second one.").is_waiting


# Signals -------------------------------------------------------------------------------


def test_circumstances_reach_screening():
    _receive(honeypot_filled=True, seconds_to_write=1.5, start_time_missing=True)
    signals = screeners.SEEN[-1].signals
    assert (signals.honeypot_filled, signals.seconds_to_write) == (True, 1.5)
    assert signals.start_time_missing
    assert signals.newcomer


def test_the_same_words_count_as_repeats_for_a_day():
    article = make_article()
    text = "Great site, full of good advice, and mine is even better: come and visit."
    make_comment(body=text, created_at=timezone.now() - timedelta(hours=23))
    make_comment(body=text, created_at=timezone.now() - timedelta(hours=25))
    make_comment(body="Other words.")
    _receive(article, body=text)
    assert screeners.SEEN[-1].signals.repeats == 1


def test_a_short_thank_you_is_nobodys_repeat():
    make_comment(body="Thank you for this.")
    _receive(make_article(), body="Thank you for this.")
    assert screeners.SEEN[-1].signals.repeats == 0


# A screener that fails -----------------------------------------------------------------


@pytest.mark.parametrize(
    "screener",
    [
        screeners.raises,
        screeners.answers_nothing,
        screeners.answers_with_a_word,
        screeners.names_no_queue,
        screeners.points_outside,
        screeners.is_surer_than_sure,
        screeners.knows_a_type_of_its_own,
        screeners.knows_a_field_of_its_own,
        screeners.does_not_say_why,
    ],
)
def test_whatever_a_screener_does_no_comment_is_lost_or_goes_out(settings, screener):
    _use(settings, screener)
    comment = _receive()
    assert (comment.status, comment.queue) == (Status.WAITING, "general")
    assert comment.held_because == "Screening could not finish."
    assert [finding.type for finding in comment.findings.all()] == ["FAULT"]


def test_a_screener_that_cannot_be_imported_holds_too(settings):
    settings.SCREENER = "nowhere.to_be.found"
    assert _receive().queue == "general"


def test_a_failing_screener_is_logged_without_the_words(settings, caplog):
    _use(settings, screeners.raises)
    with caplog.at_level(logging.ERROR):
        _receive(body="My private words.")
    assert "RuntimeError" in caplog.text
    assert "private" not in caplog.text
    assert not any(record.exc_info for record in caplog.records)


# Replies -------------------------------------------------------------------------------


def test_a_reply_belongs_to_the_thread_of_its_topmost_ancestor():
    top = make_comment()
    reply = _receive(top.article, parent=top)
    deeper = _receive(top.article, parent=reply, body="A reply to the reply.")
    assert (reply.thread, deeper.thread) == (top, top)
    assert (reply.parent, deeper.parent) == (top, reply)


def test_a_reply_to_a_comment_removed_meanwhile_is_not_taken_in(moderator):
    parent = make_comment()
    moderation.remove(Comment.objects.get(pk=parent.pk), by=moderator, reason="off_topic")
    with pytest.raises(intake.ParentGoneError):
        _receive(parent.article, parent=parent)
    assert Comment.objects.count() == 1


# Once, and all of them -----------------------------------------------------------------


def test_the_same_submission_twice_is_one_comment():
    article, key = make_article(), uuid4().hex
    first = _receive(article, key=key)
    assert _receive(article, key=key) == first
    assert Comment.objects.count() == 1
    assert len(screeners.SEEN) == 1


def test_the_same_key_with_other_words_is_another_comment():
    article, key = make_article(), uuid4().hex
    _receive(article, key=key)
    _receive(article, key=key, body="I went back and wrote this instead.")
    _receive(article, key=key, name="Luis")
    _receive(make_article(), key=key)
    assert Comment.objects.count() == 4


def test_digests_tell_neither_the_address_nor_the_words():
    comment = _receive()
    assert len(comment.author_digest) == len(comment.submission_digest) == 64
    assert intake.author_digest("m@example.org") == comment.author_digest
    assert intake.author_digest("n@example.org") != comment.author_digest


def _in_threads(work, count=8):
    errors: list[BaseException] = []
    start = Barrier(count, timeout=20)

    def run(number):
        try:
            start.wait()
            work(number)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    running = [Thread(target=run, args=(number,)) for number in range(count)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(60)
    assert errors == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("transactional_db")
def test_eight_writers_at_once_lose_nothing(settings):
    _use(settings, screeners.finds_a_phone_number)
    article = make_article()
    top = make_comment(article)

    def write(number):
        for turn in range(10):
            text = f"Call 020 7946 0958, said writer {number} in turn {turn}."
            parent = top if turn % 2 else None
            _receive(article, name=f"Writer {number}", body=text, key=uuid4().hex, parent=parent)

    _in_threads(write)
    assert Comment.objects.exclude(pk=top.pk).count() == 80
    assert Finding.objects.count() == 80
    assert Comment.objects.filter(thread=top).count() == 40


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("transactional_db")
def test_the_same_submission_eight_times_at_once_is_one_comment():
    article = make_article()
    keys = [uuid4().hex for _number in range(5)]
    received: list[int] = []

    def write(_number):
        received.extend(_receive(article, key=key).pk for key in keys)

    _in_threads(write)
    assert len(received) == 40
    assert len(set(received)) == Comment.objects.count() == 5


@pytest.mark.parametrize("screener", [screeners.hangs, screeners.ends_the_program])
def test_whatever_a_screener_of_the_sites_own_does_the_comment_waits(
    screener, settings, monkeypatch, caplog
):
    _use(settings, screener)
    monkeypatch.setattr(intake, "SCREENER_DEADLINE", 0.2)
    comment = _receive(body="Nobody would lose this.")
    assert (comment.status, comment.queue) == ("waiting", "general")
    assert comment.findings.get().type == "FAULT"
    assert "lose this" not in caplog.text
