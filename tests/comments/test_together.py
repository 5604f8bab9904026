"""Alike comments decided with one press, each with an entry of its own, and undone together."""

from __future__ import annotations

import re
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from auditlog.models import Link
from auditlog.verification import faults
from comments import alike, moderation, notices, together, traits
from comments.models import Action, Comment, Decision, Notice, Status
from comments.screening import FindingType
from tests.builders import make_article, make_case_reply, make_comment, make_finding

OFFER = (
    "Our team of lawyers opens closed cases within thirty days. Pay half now and half when your "
    "brother walks out, no questions asked, all states, all courts."
)

pytestmark = pytest.mark.django_db


def waiting(**values) -> Comment:
    values = {"status": Status.WAITING, "queue": "spam", "body": OFFER} | values
    comment = make_comment(**values)
    traits.remember(comment)
    return comment


def press(client, comment, decision, others=(), **values):
    data = {
        "decision": decision,
        "version": comment.version,
        "next": "spam",
        "alike": [f"{other.pk}:{other.version}" for other in others],
    }
    address = reverse("comments:decide", args=[comment.pk])
    return client.post(address, data | values, follow=True)


def states(*comments: Comment) -> list[str]:
    return [Comment.objects.get(pk=comment.pk).status for comment in comments]


def boxes(page: str) -> dict[int, bool]:
    """The numbers of the alike comments with a box, and whether it is ticked."""
    found = re.findall(r'name="alike" value="(\d+):\d+"[^>]*?( checked)?>', page)
    return {int(pk): bool(checked) for pk, checked in found}


def words_of(page: str) -> str:
    """The text that the page shows, without what is hidden."""
    shown = re.sub(r"<span[^>]* hidden>(?:(?!</?span).|<span[^>]*>[^<]*</span>)*</span>", "", page)
    return " ".join(re.sub(r"<[^>]+>", "", shown).split())


# Deciding -------------------------------------------------------------------------------------


def test_one_press_removes_all_of_them_with_an_entry_each(moderator_client, moderator):
    shown, *others = [waiting() for _number in range(5)]
    page = press(
        moderator_client, shown, "remove", others, reason="advertising", note="A wave."
    ).content.decode()
    assert states(shown, *others) == ["removed"] * 5
    lead = shown.decisions.get()
    decisions = Decision.objects.filter(along_with=lead)
    assert {decision.comment for decision in decisions} == set(others)
    assert {(d.reason, d.note, d.by) for d in decisions} == {("advertising", "A wave.", moderator)}
    assert Link.objects.filter(kind="comments.decision").count() == 5
    assert not list(faults())
    assert "Removed 5 alike comments (Advertising)" in words_of(page)


def test_one_undo_takes_all_of_them_back(moderator_client):
    shown, *others = [waiting() for _number in range(5)]
    press(moderator_client, shown, "remove", others, reason="advertising")
    shown.refresh_from_db()
    page = press(moderator_client, shown, "undo", together="1").content.decode()
    assert states(shown, *others) == ["waiting"] * 5
    assert "Undone for 5 alike comments" in words_of(page)
    assert Decision.objects.filter(action="undo", along_with__isnull=False).count() == 4
    assert not list(faults())
    # And everything is as before: the group is there again, ticked.
    address = reverse("comments:show", args=[shown.pk])
    page = moderator_client.get(address).content.decode()
    assert boxes(page) == {other.pk: True for other in others}


def test_whichever_page_the_undo_comes_from_it_may_be_for_all_or_for_one(moderator_client):
    shown, second, third = waiting(), waiting(), waiting()
    press(moderator_client, shown, "remove", [second, third], reason="advertising")
    second.refresh_from_db()
    page = moderator_client.get(reverse("comments:show", args=[second.pk])).content.decode()
    assert "Undo it for all that were decided together" in page
    assert f"together with comment {shown.pk}" in page
    press(moderator_client, second, "undo")
    assert states(shown, second, third) == ["removed", "waiting", "removed"]
    third.refresh_from_db()
    page = press(moderator_client, third, "undo", together="1").content.decode()
    assert states(shown, second, third) == ["waiting"] * 3
    assert "Undone for 2 alike comments" in words_of(page)


def test_what_can_no_longer_be_undone_is_left_and_named(moderator_client, other_moderator):
    shown, second, third = waiting(), waiting(name="Ann Lee"), waiting()
    press(moderator_client, shown, "remove", [second, third], reason="advertising")
    moderation.restore(Comment.objects.get(pk=second.pk), by=other_moderator)
    shown.refresh_from_db()
    page = words_of(press(moderator_client, shown, "undo", together="1").content.decode())
    assert states(shown, second, third) == ["waiting", "published", "waiting"]
    assert "Undone for 2 alike comments" in page
    assert "Not decided with it" in page
    assert "Ann Lee on" in page


def test_what_somebody_decided_first_or_changed_is_left_and_named(
    moderator_client, other_moderator
):
    shown, decided, moved, free = (
        waiting(), waiting(name="Ann Lee"), waiting(name="Bob Roe"), waiting(name="Cy Poe")
    )  # fmt: skip
    moderation.approve(Comment.objects.get(pk=decided.pk), by=other_moderator)
    moderation.move(Comment.objects.get(pk=moved.pk), by=other_moderator, queue="general")
    answer = press(moderator_client, shown, "remove", [decided, moved, free], reason="advertising")
    assert states(shown, decided, moved, free) == ["removed", "published", "waiting", "removed"]
    address, _status = answer.redirect_chain[-1]
    assert address.endswith(f"left={decided.pk}&left={moved.pk}")  # no name in an address
    page = words_of(answer.content.decode())
    assert "Removed 2 alike comments" in page
    named = page.partition("Not decided with it")[2]
    assert re.search(r"Ann Lee on .*\(Published\), Bob Roe on .*\(Waits for a moderator\)", named)
    assert "Cy Poe" not in named


def test_a_stale_page_decides_on_none_of_them(moderator_client, other_moderator):
    shown, other = waiting(), waiting()
    moderation.approve(Comment.objects.get(pk=shown.pk), by=other_moderator)
    answer = press(moderator_client, shown, "remove", [other], reason="advertising")
    assert answer.status_code == 409
    assert states(shown, other) == ["published", "waiting"]


def test_what_is_refused_for_the_one_is_done_to_none_and_the_ticks_stay(moderator_client):
    shown, other, third = waiting(), waiting(), waiting()
    answer = press(moderator_client, shown, "remove", [other])
    assert answer.status_code == 422
    assert states(shown, other) == ["waiting", "waiting"]
    assert boxes(answer.content.decode()) == {other.pk: True, third.pk: False}


def test_a_note_that_quotes_one_of_the_others_stays_out_of_its_history(moderator_client):
    shown, other = waiting(), waiting(name="Ann Lee Roe")
    page = press(
        moderator_client, shown, "remove", [other], reason="advertising", note="Ann Lee Roe again"
    ).content.decode()
    assert states(shown, other) == ["removed", "waiting"]
    assert "Not decided with it" in words_of(page)


def test_approving_takes_only_the_same_characters_along(moderator_client):
    shown = waiting(name="Jo")
    same, near = waiting(name="Ann Lee"), waiting(body=OFFER.replace("brother", "sister"))
    more = waiting(name="Bob")
    make_finding(more, "thirty days")
    page = moderator_client.get(reverse("comments:show", args=[shown.pk])).content.decode()
    assert boxes(page) == {same.pk: True, near.pk: True, more.pk: True}
    text = words_of(page)
    assert "Approve all 2" in text
    assert "Remove all 4" in text
    assert "publishes the same words by these too: Ann Lee" in text
    press(moderator_client, shown, "approve", [same, near, more])
    assert states(shown, same, near, more) == ["published", "published", "waiting", "waiting"]


def test_a_shown_comment_with_everything_found_lets_the_others_out(moderator_client):
    shown, other = waiting(), waiting()
    for comment in (shown, other):
        make_finding(comment, "thirty days")
    press(moderator_client, shown, "approve", [other])
    assert states(shown, other) == ["published", "published"]


@pytest.mark.parametrize("decision", ["approve", "remove"])
def test_nobody_in_distress_is_decided_on_in_passing(moderator_client, decision):
    shown, urgent = waiting(), waiting(is_urgent=True)
    page = moderator_client.get(reverse("comments:show", args=[shown.pk])).content.decode()
    assert boxes(page) == {}
    assert "is decided on alone" in page
    assert "Remove all" not in words_of(page)
    press(moderator_client, shown, decision, [urgent], reason="advertising")
    assert states(urgent) == ["waiting"]
    other = waiting()
    press(moderator_client, urgent, decision, [other], reason="advertising")
    assert states(other) == ["waiting"]


@pytest.mark.parametrize(
    "values",
    [
        {"decision": "approve_redacted"},
        {"decision": "move", "queue": "general"},
        {"decision": "unsure", "note": "Is it meant so?"},
    ],
)
def test_all_else_is_for_the_one_that_is_read(moderator_client, values):
    shown, other = waiting(), waiting()
    for comment in (shown, other):
        make_finding(comment, "thirty days")
    assert press(moderator_client, shown, others=[other], **values).status_code == 200
    assert Decision.objects.get().comment == shown


def test_a_case_reply_goes_to_each_author(
    moderator_client, mailoutbox, django_capture_on_commit_callbacks
):
    body = "Please look at my cousin's case, he has been inside since the trial."
    shown, other = (waiting(queue="cases", body=body) for _number in range(2))
    nobody = waiting(queue="cases", body=body, email="")
    reply = make_case_reply()
    page = moderator_client.get("/moderation/cases/").content.decode()
    assert "Answer all 3 with this letter" in words_of(page)
    with django_capture_on_commit_callbacks(execute=True):
        answer = press(moderator_client, shown, "answer", [other, nobody], case_reply=reply.pk)
    assert states(shown, other, nobody) == ["answered", "answered", "waiting"]
    assert "Answered 2 alike comments by letter" in words_of(answer.content.decode())
    assert sorted(letter.to for letter in mailoutbox) == sorted([[shown.email], [other.email]])


# Letters --------------------------------------------------------------------------------------


def test_an_author_hears_once_about_the_same_words_below_one_article(
    moderator_client, django_capture_on_commit_callbacks
):
    article, digest = make_article(), "a" * 64
    own = {"article": article, "author_digest": digest, "email": "jay@example.org"}
    shown, same, other_words = waiting(**own), waiting(**own), waiting(**own | {"body": "Hello."})
    elsewhere = waiting(author_digest=digest, email="jay@example.org")
    somebody = waiting(article=article, author_digest="b" * 64, email="kim@example.org")
    others = [same, other_words, elsewhere, somebody]
    with django_capture_on_commit_callbacks(execute=True):
        press(moderator_client, shown, "remove", others, reason="advertising")
    told = {notice.decision.comment for notice in Notice.objects.all()}
    assert told == {shown, other_words, elsewhere, somebody}
    assert len(mail.outbox) == 4


def test_after_an_undo_only_who_was_told_is_told_that_it_no_longer_stands(
    moderator_client, django_capture_on_commit_callbacks
):
    own = {"article": make_article(), "author_digest": "a" * 64, "email": "jay@example.org"}
    shown, same = waiting(**own), waiting(**own)
    with django_capture_on_commit_callbacks(execute=True):
        press(moderator_client, shown, "remove", [same], reason="advertising")
        shown.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        press(moderator_client, shown, "undo", together="1")
    assert [letter.subject.partition(" (")[0] for letter in mail.outbox] == [
        str(notices.SUBJECTS[Action.REMOVE]),
        str(notices.SUBJECTS[Action.UNDO]),
    ]


# The pages ------------------------------------------------------------------------------------


def test_a_list_shows_a_group_once_and_leads_to_it_from_below(moderator_client):
    first, second, third = waiting(name="Ann Lee"), waiting(), waiting()
    alone = waiting(body="Something else altogether.")
    page = moderator_client.get("/moderation/spam/").content.decode()
    assert boxes(page) == {second.pk: True, third.pk: True}
    assert "2 alike are waiting: 2 with the same text" in page
    link = f'<a href="#comment-{first.pk}">Alike to the comment by Ann Lee above'
    assert page.count(link) == 2
    # There the buttons are for one comment: no box stands beside them.
    labels = re.findall(r"Remove[^.]*…", words_of(page))
    assert labels == ["Remove all 3…", "Remove…", "Remove…", "Remove…"]
    card = page.partition(f'id="comment-{alone.pk}"')[2]
    assert "alike" not in words_of(card.partition("</article>")[0])


def test_a_flood_beyond_one_group_stands_in_one_place_all_the_same(moderator_client, monkeypatch):
    monkeypatch.setattr(alike, "MOST", 2)
    for _number in range(5):
        waiting()
    page = moderator_client.get("/moderation/spam/").content.decode()
    assert page.count("data-alike") == 1
    assert page.count("Alike to the comment by") == 4


def test_the_way_on_after_a_group_is_behind_it_and_is_fetched_ahead(moderator_client):
    shown, second, third = waiting(), waiting(), waiting()
    following = waiting(body="Something else altogether.")
    page = moderator_client.get(reverse("comments:show", args=[shown.pk])).content.decode()
    there = reverse("comments:show", args=[following.pk])
    assert re.search(rf'href="{there}" data-ahead', page)
    assert re.search(rf'rel="next" href="{reverse("comments:show", args=[second.pk])}"', page)
    answer = press(moderator_client, shown, "remove", [second, third], reason="advertising")
    assert answer.redirect_chain[-1][0].startswith(there)


def test_a_script_hears_how_many_were_decided_and_which_were_not(moderator_client):
    shown, second, gone = waiting(), waiting(), waiting(name="Ann Lee")
    gone.version = 7
    data = {
        "decision": "remove",
        "reason": "advertising",
        "version": 1,
        "next": "spam",
        "alike": [f"{second.pk}:1", f"{gone.pk}:7"],
    }
    address = reverse("comments:decide", args=[shown.pk])
    part = moderator_client.post(address, data, headers={"X-Part": "decided"}).content.decode()
    assert "Removed 2 alike comments" in words_of(part)
    assert "Ann Lee on" in words_of(part)
    assert 'name="together" value="1"' in part


def test_guarded_characters_stay_guarded_in_the_list(moderator_client):
    body = "My number is 078-05-1120, please help."
    shown, other = waiting(body=body), waiting(body=body)
    for comment in (shown, other):
        make_finding(comment, "078-05-1120", type=FindingType.SSN)
    for path in ("/moderation/spam/", reverse("comments:show", args=[shown.pk])):
        page = moderator_client.get(path).content.decode()
        assert boxes(page) == {other.pk: True}
        assert "078-05-1120" not in page


def test_lists_and_pages_need_a_fixed_number_of_queries_with_groups(
    moderator_client, django_assert_max_num_queries
):
    comments = [
        waiting(body=f"{OFFER} {number % 4}", author_digest="a" * 64, parent=make_comment())
        for number in range(40)
    ]
    for comment in comments:
        make_finding(comment, "thirty days")
    with django_assert_max_num_queries(12):
        page = moderator_client.get("/moderation/spam/").content.decode()
    assert "alike are waiting" in page
    with django_assert_max_num_queries(14):
        moderator_client.get(reverse("comments:show", args=[comments[0].pk]))


def test_a_group_is_no_larger_than_a_page_can_say(moderator_client, moderator):
    shown, *others = [waiting() for _number in range(alike.MOST + 3)]

    def take(comment, *, version, along_with=None):
        return moderation.remove(
            comment, by=moderator, reason="other", version=version, along_with=along_with
        )

    taken = together.decide(shown, take, version=1, others={other.pk: 1 for other in others})
    assert taken.decision.along.count() == alike.MOST


# Two at once ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_with_overlapping_groups_exactly_one_decides_on_each(
    moderator, other_moderator
):
    rounds = [[waiting() for _number in range(5)] for _round in range(20)]
    start = Barrier(2, timeout=20)
    taken: list[int] = []

    def decide(by, order):
        def take(comment, *, version, along_with=None):
            return moderation.remove(
                comment, by=by, reason="other", version=version, along_with=along_with
            )

        try:
            for comments in rounds:
                read, *others = (comments[number] for number in order)
                start.wait()
                try:
                    named = {other.pk: 1 for other in others}
                    result = together.decide(Comment(pk=read.pk), take, version=1, others=named)
                    taken.append(1 + result.decision.along.count())
                except moderation.Stale:
                    taken.append(0)
        finally:
            connection.close()

    # One group holds the comment that the other moderator reads.
    threads = [
        Thread(target=decide, args=arguments)
        for arguments in ((moderator, [0, 1, 2, 3]), (other_moderator, [3, 2, 1, 4]))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(taken) == 40
    assert Decision.objects.count() == sum(taken) >= 20 * 4
    assert set(Decision.objects.values_list("version", flat=True)) == {2}
    assert not list(faults())
