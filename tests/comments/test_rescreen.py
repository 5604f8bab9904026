"""Screening waiting comments again: their queue follows, their fate does not."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from comments import intake, moderation
from comments.models import Comment, Status
from comments.screening import (
    Finding,
    FindingType,
    Queue,
    Screening,
    Submission,
    Verdict,
)
from tests.builders import make_comment, make_finding

pytestmark = pytest.mark.django_db

BODY = "The hearing is on Monday."


def finds_hate(submission: Submission) -> Screening:
    finding = Finding(FindingType.HATE, 4, 11, 0.9, "One word carries it.")
    return Screening((finding,), Verdict(Queue.HATE, "It may be hateful.", urgent=True))


def finds_nothing(submission: Submission) -> Screening:
    return Screening((), Verdict(None, "Nothing was found that needs a person."))


def breaks(submission: Submission) -> Screening:
    raise RuntimeError(submission.text)


@pytest.fixture
def screener(settings):
    def use(function):
        settings.SCREENER = f"{__name__}.{function.__name__}"

    return use


def rescreen(*options: str) -> str:
    out = StringIO()
    call_command("rescreen", *options, stdout=out)
    return out.getvalue()


def test_findings_queue_and_urgency_follow_the_new_answer(screener):
    comment = make_comment(body=BODY, status=Status.WAITING, queue="pii")
    make_finding(comment, "Monday")
    screener(finds_hate)
    assert rescreen("--all-waiting").startswith("1 screened again, 1 moved to another queue, 0")
    comment.refresh_from_db()
    assert (comment.queue, comment.is_urgent) == ("hate", True)
    assert comment.held_because == "It may be hateful."
    assert [(f.type, f.start, f.end) for f in comment.findings.all()] == [("HATE", 4, 11)]
    assert comment.version == 1


def test_a_comment_in_which_nothing_is_found_any_more_still_waits(screener):
    comment = make_comment(body=BODY, status=Status.WAITING, queue="pii")
    screener(finds_nothing)
    rescreen()
    comment.refresh_from_db()
    assert (comment.status, comment.queue) == ("waiting", "general")
    assert not comment.findings.exists()


def test_decided_comments_are_not_touched(screener, moderator):
    public, removed = make_comment(body=BODY), make_comment(body=BODY)
    moderation.remove(removed, by=moderator, reason="other")
    before = list(Comment.objects.order_by("pk").values())
    screener(finds_hate)
    assert rescreen().startswith("0 screened again")
    assert list(Comment.objects.order_by("pk").values()) == before
    assert not public.findings.exists()


def test_a_queue_that_a_person_chose_stays(screener, moderator):
    comment = make_comment(body=BODY, status=Status.WAITING, queue="pii")
    moderation.move(comment, by=moderator, queue="cases")
    screener(finds_hate)
    rescreen()
    comment.refresh_from_db()
    assert comment.queue == "cases"
    assert comment.findings.count() == 1


def test_a_comment_decided_meanwhile_is_skipped(screener, moderator):
    comment = make_comment(body=BODY, status=Status.WAITING, queue="pii")
    seen_earlier = Comment.objects.get(pk=comment.pk)
    moderation.approve(comment, by=moderator)
    screener(finds_hate)
    assert intake.screen_again(seen_earlier) is None
    comment.refresh_from_db()
    assert comment.is_published
    assert not comment.findings.exists()


def test_how_it_was_posted_is_not_forgotten(screener):
    comment = make_comment(body=BODY, status=Status.WAITING, queue="spam")
    make_finding(comment, type=FindingType.SPAM, because="A hidden field was filled in.")
    screener(finds_nothing)
    rescreen()
    comment.refresh_from_db()
    assert comment.queue == "spam"
    assert comment.findings.count() == 1


def test_a_broken_screener_forgets_nothing_that_was_found_before(screener, caplog):
    comment = make_comment(body=BODY, status=Status.WAITING, queue="pii", is_urgent=True)
    make_finding(comment, "Monday")
    screener(breaks)
    with pytest.raises(CommandError, match="could not finish for 1"):
        rescreen()
    comment.refresh_from_db()
    assert (comment.status, comment.queue, comment.is_urgent) == ("waiting", "pii", True)
    assert comment.findings.get().type == "PHONE"
    assert BODY not in caplog.text


def test_one_queue_can_be_chosen(screener):
    pii = make_comment(body=BODY, status=Status.WAITING, queue="pii")
    spam = make_comment(body=BODY, status=Status.WAITING, queue="spam")
    screener(finds_hate)
    assert rescreen("--queue", "spam").startswith("1 screened again")
    pii.refresh_from_db()
    spam.refresh_from_db()
    assert (pii.queue, spam.queue) == ("pii", "hate")


def test_how_it_was_posted_names_the_queue_when_nothing_else_does_any_more(screener):
    comment = make_comment(body=BODY, status=Status.WAITING, queue="pii")
    make_finding(comment, type=FindingType.SPAM, because="A hidden field was filled in.")
    screener(finds_nothing)
    rescreen()
    comment.refresh_from_db()
    assert (comment.queue, comment.held_because) == ("spam", "A hidden field was filled in.")
