"""Deciding: what each action does, what is refused, and the way back."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from comments import moderation
from comments.models import Action, Comment, Decision, Notice, Reason, Status
from comments.screening import FindingType, InvalidCut
from tests.builders import make_comment, make_finding

pytestmark = pytest.mark.django_db

BODY = "Call me on 555-0147 or write to ann@example.org."


def waiting_with_two_findings(**values) -> Comment:
    comment = make_comment(body=BODY, status=Status.WAITING, queue="pii", **values)
    make_finding(comment, "555-0147")
    make_finding(comment, "ann@example.org", type=FindingType.EMAIL)
    return comment


def fresh(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


# What each action does ------------------------------------------------------------------


def test_an_approved_comment_is_public_as_it_was_written(moderator):
    comment = waiting_with_two_findings()
    decision = moderation.approve(comment, by=moderator, note="Both are the office's own.")
    comment = fresh(comment)
    assert comment.is_published
    assert comment.decided_by_person
    assert comment.public_body == BODY
    assert comment.version == decision.version == 2
    assert comment.changed_at == decision.at
    assert (decision.status_before, decision.status_after) == ("waiting", "published")
    assert (decision.action, decision.by, decision.cuts) == ("approve", moderator, [])


def test_approving_redacted_cuts_everything_that_was_found(moderator):
    comment = waiting_with_two_findings()
    decision = moderation.approve_redacted(comment, by=moderator)
    comment = fresh(comment)
    assert comment.is_published
    assert comment.public_body == (
        "Call me on [phone number removed] or write to [e-mail address removed]."
    )
    assert comment.body == BODY
    assert [cut["type"] for cut in decision.cuts] == ["PHONE", "EMAIL"]


def test_only_the_ticked_places_are_cut(moderator):
    comment = waiting_with_two_findings()
    phone = comment.findings.get(type=FindingType.PHONE)
    moderation.approve_redacted(comment, by=moderator, cuts=[phone])
    assert fresh(comment).public_body == (
        "Call me on [phone number removed] or write to ann@example.org."
    )


def test_two_people_stay_two_people_in_the_text_and_on_the_page(moderator):
    comment = make_comment(
        body="Ann Roe met Bo Lind. Ann Roe left.", status=Status.WAITING, queue="pii"
    )
    for start, end in ((0, 7), (12, 19), (21, 28)):
        make_finding(comment, type="PERSON_PRIVATE", start=start, end=end)
    moderation.approve_redacted(comment, by=moderator)
    assert comment.public_body == "[name 1] met [name 2]. [name 1] left."
    assert comment.public_html.count('<bdi class="cut" dir="ltr">[name 1]</bdi>') == 2


def test_the_findings_of_another_comment_cut_nothing(moderator):
    comment, other = waiting_with_two_findings(), waiting_with_two_findings()
    with pytest.raises(moderation.NotAllowed):
        moderation.approve_redacted(comment, by=moderator, cuts=list(other.findings.all()))
    assert fresh(comment).is_waiting


def test_a_removed_comment_is_off_the_site_and_says_why(moderator):
    comment = make_comment()
    decision = moderation.remove(comment, by=moderator, reason=Reason.OFF_TOPIC)
    assert fresh(comment).is_removed
    assert decision.reason == "off_topic"


def test_a_restored_comment_stands_as_it_last_stood(moderator):
    comment = waiting_with_two_findings()
    moderation.approve_redacted(comment, by=moderator)
    public = fresh(comment).public_body
    moderation.remove(comment, by=moderator, reason="other")
    decision = moderation.restore(comment, by=moderator)
    comment = fresh(comment)
    assert comment.is_published
    assert comment.public_body == public
    assert decision.cuts == decision.cuts_before != []


def test_a_moved_comment_waits_elsewhere_and_its_author_hears_nothing(moderator):
    comment = waiting_with_two_findings()
    decision = moderation.move(comment, by=moderator, queue="cases")
    comment = fresh(comment)
    assert (comment.status, comment.queue, comment.decided_by_person) == (
        "waiting",
        "cases",
        False,
    )
    assert not Notice.objects.filter(decision=decision).exists()


def test_approving_after_a_redaction_brings_the_whole_text_back(moderator):
    comment = waiting_with_two_findings()
    moderation.approve_redacted(comment, by=moderator)
    moderation.approve(comment, by=moderator)
    assert fresh(comment).public_body == BODY


# What is refused ------------------------------------------------------------------------


def _removed(moderator, **values):
    comment = make_comment(**values)
    moderation.remove(comment, by=moderator, reason="other")
    return comment


@pytest.mark.parametrize("reason", ["", "boring"])
def test_a_removal_needs_a_reason_from_the_list(moderator, reason):
    comment = make_comment()
    with pytest.raises(moderation.NotAllowed) as refusal:
        moderation.remove(comment, by=moderator, reason=reason)
    assert refusal.value.field == "reason"
    assert fresh(comment).is_published


@pytest.mark.parametrize(
    "decide",
    [
        lambda comment, by: moderation.restore(comment, by=by),
        lambda comment, by: moderation.move(comment, by=by, queue="spam"),
        lambda comment, by: moderation.approve_redacted(comment, by=by),
    ],
    ids=["restore", "move", "approve redacted"],
)
def test_a_published_comment_without_findings_cannot_be(moderator, decide):
    comment = make_comment()
    with pytest.raises(moderation.NotAllowed):
        decide(comment, moderator)
    assert fresh(comment).version == 1
    assert not comment.decisions.exists()


def test_a_removed_comment_cannot_be_removed_again(moderator):
    comment = _removed(moderator)
    with pytest.raises(moderation.NotAllowed):
        moderation.remove(comment, by=moderator, reason="other")


@pytest.mark.parametrize("queue", ["pii", "elsewhere", ""])
def test_a_comment_moves_only_to_another_queue(moderator, queue):
    comment = waiting_with_two_findings()
    with pytest.raises(moderation.NotAllowed) as refusal:
        moderation.move(comment, by=moderator, queue=queue)
    assert refusal.value.field == "queue"


def test_a_comment_whose_text_was_erased_is_not_shown_again(moderator):
    comment = _removed(moderator)
    removal = comment.decisions.get()
    Comment.objects.filter(pk=comment.pk).update(body="")
    with pytest.raises(moderation.NotAllowed):
        moderation.restore(comment, by=moderator)
    with pytest.raises(moderation.CannotUndo):
        moderation.undo(removal, by=moderator)


def test_a_cut_outside_the_text_changes_nothing(moderator):
    comment = waiting_with_two_findings()
    Comment.objects.filter(pk=comment.pk).update(body="Short.")
    with pytest.raises(InvalidCut):
        moderation.approve_redacted(comment, by=moderator)
    assert fresh(comment).is_waiting
    assert not Decision.objects.exists()
    assert not Notice.objects.exists()


# Nobody's words in the log --------------------------------------------------------------


@pytest.mark.parametrize(
    "note",
    [
        "He says Call me on 555-0147 again.",
        "says: “OR   WRITE to ANN…”",
        "Her address is marguerite.d@example.org",
        "Signed by Marguerite Duplessis herself",
    ],
)
def test_a_note_must_not_repeat_the_comment_its_author_or_the_address(moderator, note):
    comment = waiting_with_two_findings(
        name="Marguerite Duplessis", email="marguerite.d@example.org"
    )
    with pytest.raises(moderation.UnfitNote) as refusal:
        moderation.remove(comment, by=moderator, reason="other", note=note)
    assert refusal.value.field == "note"
    assert not Decision.objects.exists()
    for private in ("555", "Duplessis", "example.org"):
        assert private not in str(refusal.value)


@pytest.mark.parametrize(
    "note",
    ["It was Ana Ruiz again.", "Who is 4471902?", "ANA  RUIZ!", "From a@b.example, see there."],
)
def test_not_even_a_short_name_or_number_of_a_comment_gets_into_a_note(moderator, note):
    comment = make_comment(
        name="Ana Ruiz", email="a@b.example", body="He is 4471902, write to him."
    )
    make_finding(comment, "4471902", type=FindingType.INMATE_ID)
    with pytest.raises(moderation.UnfitNote):
        moderation.approve(comment, by=moderator, note=note)
    assert not Decision.objects.exists()


def test_a_name_that_is_a_word_may_stand_in_a_note(moderator):
    comment = make_comment(name="Joy", body="He is 4471902, write to him.")
    make_finding(comment, "He", type=FindingType.PERSON_PRIVATE)
    note = "He writes of his joy."
    assert moderation.approve(comment, by=moderator, note=note).note == note


@pytest.mark.parametrize(
    "note",
    [
        "The clerk is at 020 7946 0958.",
        "Ask clerk@example.org about it.",
        "It names her daughter, 9: Elvira Brandt, a witness.",
    ],
)
def test_a_note_must_not_hold_personal_information_of_anybody(moderator, note):
    comment = make_comment()
    with pytest.raises(moderation.UnfitNote):
        moderation.approve(comment, by=moderator, note=note)
    assert not comment.decisions.exists()


def test_a_note_in_ones_own_words_is_kept(moderator):
    comment = waiting_with_two_findings()
    decision = moderation.approve(comment, by=moderator, note="  The number is our helpline.  ")
    assert decision.note == "The number is our helpline."


# Undo -----------------------------------------------------------------------------------


def test_undo_puts_a_removed_comment_back_and_keeps_both_decisions(moderator):
    comment = make_comment()
    decision = moderation.remove(comment, by=moderator, reason=Reason.OFF_TOPIC)
    moderation.undo(decision, by=moderator)
    comment.refresh_from_db()
    assert comment.is_published
    assert [d.action for d in comment.decisions.all()] == ["remove", "undo"]


def test_undo_after_undo_goes_back_step_by_step(moderator, other_moderator):
    comment = waiting_with_two_findings()
    moved = moderation.move(comment, by=moderator, queue="cases")
    redacted = moderation.approve_redacted(comment, by=moderator)
    public = fresh(comment).public_body
    removed = moderation.remove(comment, by=other_moderator, reason="off_topic")

    moderation.undo(removed, by=moderator)
    comment = fresh(comment)
    assert (comment.status, comment.public_body) == ("published", public)
    assert comment.decided_by_person

    moderation.undo(redacted, by=moderator)
    comment = fresh(comment)
    assert (comment.status, comment.queue, comment.redacted_body) == ("waiting", "cases", "")
    assert not comment.decided_by_person

    moderation.undo(moved, by=moderator)
    assert fresh(comment).queue == "pii"
    assert moderation.standing_decision(comment) is None
    assert [d.version for d in comment.decisions.all()] == [2, 3, 4, 5, 6, 7]


def test_after_an_undo_one_may_decide_anew_and_undo_that(moderator):
    comment = waiting_with_two_findings()
    first = moderation.approve(comment, by=moderator)
    moderation.undo(first, by=moderator)
    second = moderation.remove(fresh(comment), by=moderator, reason="advertising")
    moderation.undo(second, by=moderator)
    assert fresh(comment).is_waiting


def test_undoing_a_plain_approval_brings_the_redaction_back(moderator):
    comment = waiting_with_two_findings()
    moderation.approve_redacted(comment, by=moderator)
    plain = moderation.approve(comment, by=moderator)
    moderation.undo(plain, by=moderator)
    assert "[phone number removed]" in fresh(comment).public_body


def test_an_older_an_undone_and_an_undoing_decision_cannot_be_undone(moderator):
    comment = waiting_with_two_findings()
    approved = moderation.approve(comment, by=moderator)
    removed = moderation.remove(comment, by=moderator, reason="other")
    with pytest.raises(moderation.CannotUndo):
        moderation.undo(approved, by=moderator)
    undone = moderation.undo(removed, by=moderator)
    for decision in (removed, undone):
        with pytest.raises(moderation.CannotUndo):
            moderation.undo(decision, by=moderator)
    assert fresh(comment).is_published


def test_what_was_destroyed_stays_destroyed_after_an_undo(moderator):
    comment = waiting_with_two_findings()
    decision = moderation.approve_redacted(comment, by=moderator)
    redacted = fresh(comment).public_body
    Comment.objects.filter(pk=comment.pk).update(
        body=redacted,
        redacted_body="",
        original_destroyed_at=timezone.now() + timedelta(seconds=1),
    )
    moderation.undo(decision, by=moderator)
    comment = fresh(comment)
    assert (comment.status, comment.public_body) == ("waiting", redacted)


def test_an_undone_approval_is_no_approval_by_a_person(moderator):
    comment = make_comment()
    decision = moderation.approve(comment, by=moderator)
    assert Comment.objects.approved_by_a_person().filter(pk=comment.pk).exists()
    moderation.undo(decision, by=moderator)
    assert fresh(comment).is_published
    assert not Comment.objects.approved_by_a_person().filter(pk=comment.pk).exists()


# Two people, one comment ----------------------------------------------------------------


def test_a_stale_page_decides_nothing_and_learns_the_newer_state(moderator, other_moderator):
    comment = waiting_with_two_findings()
    seen_by_the_other = fresh(comment)
    moderation.approve(comment, by=moderator)
    with pytest.raises(moderation.Stale) as stale:
        moderation.remove(seen_by_the_other, by=other_moderator, reason="other")
    assert stale.value.comment.is_published
    assert stale.value.comment.version == 2
    assert comment.decisions.count() == 1


def test_undo_from_a_stale_page_is_refused(moderator):
    comment = make_comment()
    decision = moderation.remove(comment, by=moderator, reason="other")
    with pytest.raises(moderation.Stale):
        moderation.undo(decision, by=moderator, version=1)
    moderation.undo(decision, by=moderator, version=2)
    with pytest.raises(moderation.Stale):
        moderation.undo(decision, by=moderator, version=2)


def test_decisions_are_never_changed_and_never_deleted(moderator):
    comment = make_comment()
    decision = moderation.remove(comment, by=moderator, reason="other")
    with pytest.raises(TypeError):
        decision.save()
    with pytest.raises(TypeError):
        decision.delete()
    with pytest.raises((IntegrityError, ObjectDoesNotExist)), transaction.atomic():
        comment.delete()


def test_two_decisions_cannot_make_the_same_version(moderator):
    comment = make_comment()
    moderation.remove(comment, by=moderator, reason="other")
    twin = Decision(
        comment=comment,
        action=Action.APPROVE,
        by=moderator,
        version=2,
        status_before="waiting",
        status_after="published",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_once_exactly_one_decides(moderator, other_moderator):
    comments = [make_comment(status=Status.WAITING) for _number in range(100)]
    start = Barrier(2, timeout=20)
    outcomes: list[str] = []

    def decide(by):
        try:
            for comment in comments:
                own = Comment(pk=comment.pk, version=1)
                start.wait()
                try:
                    moderation.remove(own, by=by, reason="other")
                    outcomes.append("decided")
                except moderation.Stale:
                    outcomes.append("stale")
        finally:
            connection.close()

    threads = [Thread(target=decide, args=(by,)) for by in (moderator, other_moderator)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["decided"] * 100 + ["stale"] * 100
    assert Decision.objects.count() == Notice.objects.count() == 100
    assert set(Comment.objects.values_list("version", "status")) == {(2, "removed")}


@pytest.fixture
def telling_name():
    comment = make_comment(
        name="Jo 555-0147", body="Call 555-0148 soon.", status=Status.WAITING, queue="pii"
    )
    make_finding(comment, "555-0147", field="name")
    make_finding(comment, "555-0148")
    return comment


def test_a_redaction_cuts_the_name_too(telling_name, moderator):
    moderation.approve_redacted(telling_name, by=moderator)
    telling_name.refresh_from_db()
    assert telling_name.public_name == "Jo [phone number removed]"
    assert telling_name.public_body == "Call [phone number removed] soon."
    assert telling_name.name == "Jo 555-0147"


def test_a_name_can_be_cut_alone_and_an_undo_brings_it_back(telling_name, moderator):
    in_name = [finding for finding in telling_name.findings.all() if finding.field == "name"]
    decision = moderation.approve_redacted(telling_name, by=moderator, cuts=in_name)
    telling_name.refresh_from_db()
    assert telling_name.is_redacted
    assert telling_name.public_name == "Jo [phone number removed]"
    assert telling_name.public_body == telling_name.body
    moderation.undo(decision, by=moderator)
    telling_name.refresh_from_db()
    assert (telling_name.is_redacted, telling_name.public_name) == (False, "Jo 555-0147")


@pytest.mark.parametrize("before", ["waiting", "published"])
def test_an_undo_does_not_bring_back_a_comment_without_its_text(moderator, before):
    comment = make_comment(status=before, queue="general" if before == "waiting" else "")
    decision = moderation.remove(comment, by=moderator, reason="other")
    Comment.objects.filter(pk=comment.pk).update(body="", name="")
    with pytest.raises(moderation.CannotUndo):
        moderation.undo(decision, by=moderator)


def test_a_doubt_is_passed_on_with_a_note_and_tells_nobody_outside(moderator):
    comment = make_comment(status=Status.WAITING)
    for note in ("", "  "):
        with pytest.raises(moderation.NotAllowed) as refusal:
            moderation.pass_on(comment, by=moderator, note=note)
        assert refusal.value.field == "note"
    doubt = moderation.pass_on(comment, by=moderator, note="May be irony.")
    comment.refresh_from_db()
    assert (comment.status, comment.version, comment.decided_by_person) == ("waiting", 2, False)
    assert not Notice.objects.exists()
    moderation.undo(doubt, by=moderator)
    comment.refresh_from_db()
    assert (comment.status, comment.decided_by_person) == ("waiting", False)
    assert not Notice.objects.filter(sent_at=None, given_up_at=None).exists()


def test_only_a_waiting_comment_is_passed_on(moderator):
    with pytest.raises(moderation.NotAllowed):
        moderation.pass_on(make_comment(), by=moderator, note="May be irony.")
