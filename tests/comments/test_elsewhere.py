"""The characters that were cut, wherever else they stand: found, offered, cut with one press."""

from __future__ import annotations

import re
from io import StringIO
from time import thread_time

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import reverse

from comments import elsewhere, intake, moderation
from comments.models import Comment, Decision, Status
from tests.builders import make_article, make_comment, make_finding
from tests.comments.browsing import without_chance

pytestmark = pytest.mark.django_db


def cut_from(body, words, kind="PHONE", *, by, article=None, **values) -> Comment:
    comment = make_comment(article, body=body, status=Status.WAITING, queue="pii", **values)
    make_finding(comment, words, type=kind)
    moderation.approve_redacted(comment, by=by)
    return Comment.objects.get(pk=comment.pk)


def found(comment) -> list[tuple[int, str, str]]:
    return [
        (place.comment.pk, place.cut["field"], place.words)
        for place in elsewhere.search(comment).places
    ]


@pytest.mark.parametrize(
    ("kind", "cut", "text", "same"),
    [
        ("PHONE", "(602) 555-0147", "Call 602.555.0147 now", "602.555.0147"),
        ("PHONE", "602-555-0147", "+1 (602) 555 0147", "+1 (602) 555 0147"),
        ("PHONE", "+31 6 5550 1472", "bel 06-55501472", "06-55501472"),
        ("PHONE", "602-555-0147", "in 2019 602 555 0147.", "602 555 0147"),
        ("PHONE", "602-555-0147", "1602555014799", None),
        ("PHONE", "602-555-0147", "602-555-0148", None),
        ("EMAIL", "Ana.B@example.org", "to ana.b@EXAMPLE.org, please", "ana.b@EXAMPLE.org"),
        ("EMAIL", "ana@example.org", "susana@example.org", None),
        ("INMATE_ID", "T-58213", "number t 58213 there", "t 58213"),
        ("PERSON_PRIVATE", "Ann  Roe", "> ann\nroe's letter", "ann\nroe"),
        ("PERSON_PRIVATE", "Ann Roe’s", "it was Ann Roe.", "Ann Roe"),
        ("PERSON_PRIVATE", "Ann Roe", "Ann Roebuck", None),
        ("PERSON_PRIVATE", "Roe", "Roe was there", None),
        ("ADDRESS", "4 Elm Row, Troy", "at 4 ELM ROW Troy", "4 ELM ROW Troy"),
        ("OTHER_ID", "A12", "A12", None),
    ],
)
def test_the_same_is_the_same_however_it_is_written(moderator, kind, cut, text, same):
    comment = cut_from(f"It is {cut} here.", cut, kind, by=moderator)
    other = make_comment(body=text)
    assert found(comment) == ([(other.pk, "body", same)] if same else [])


def test_a_first_name_alone_is_looked_for_below_its_article_only(moderator):
    article = make_article()
    comment = cut_from("So said Tilda.", "Tilda", "PERSON_PRIVATE", by=moderator, article=article)
    reply = make_comment(parent=comment, body="I knew Tilda too.")
    make_comment(body="Another Tilda.")
    assert found(comment) == [(reply.pk, "body", "Tilda")]


def test_names_of_authors_the_same_comment_and_every_state_are_searched(moderator):
    comment = make_comment(body="555-0147, once more 555-0147.", status=Status.WAITING, queue="pii")
    make_finding(comment, "555-0147")
    author = make_comment(name="Jo 555-0147")
    waiting = make_comment(body="555 0147", status=Status.WAITING, queue="pii")
    removed = make_comment(body="5550147", status=Status.REMOVED)
    moderation.approve_redacted(comment, by=moderator)
    assert found(Comment.objects.get(pk=comment.pk)) == [
        (comment.pk, "body", "555-0147"),
        (author.pk, "name", "555-0147"),
        (waiting.pk, "body", "555 0147"),
        (removed.pk, "body", "5550147"),
    ]


def test_what_is_cut_already_is_not_offered_again_but_named(moderator_client, moderator):
    comment = cut_from("Call 555-0147.", "555-0147", by=moderator)
    cut = cut_from("Call 555 0147.", "555 0147", by=moderator)
    proposed = make_comment(body="Call 5550147.", status=Status.WAITING, queue="pii")
    make_finding(proposed, "5550147")
    assert elsewhere.search(comment) == ([], [cut, proposed])
    page = moderator_client.get(reverse("comments:elsewhere", args=[comment.pk])).content.decode()
    assert "Readers see them nowhere else." in page
    assert f"Comment {cut.pk}" in page
    assert f"Comment {proposed.pk}" in page


def test_after_the_decision_each_place_is_offered_ticked_and_cut_with_one_press(
    moderator_client, moderator
):
    comment = make_comment(body="Call 602-555-0147.", status=Status.WAITING, queue="pii")
    make_finding(comment, "602-555-0147")
    public = make_comment(body="He said (602) 555-0147, and jo@example.org.")
    make_finding(public, "jo@example.org", type="EMAIL")
    moderation.approve_redacted(public, by=moderator)
    waits = make_comment(body="602 555 0147", status=Status.WAITING, queue="spam")
    answer = moderator_client.post(
        reverse("comments:decide", args=[comment.pk]),
        {"decision": "approve_redacted", "version": 1, "next": "pii"},
    )
    path = answer["Location"]
    assert answer.status_code == 302
    assert path.startswith(reverse("comments:elsewhere", args=[comment.pk]))
    assert "555" not in path
    page = moderator_client.get(path).content.decode()
    assert "The same characters stand in 2 other places" in page
    values = re.findall(r'name="places" value="([^"]*)"[^>]* checked', page)
    assert len(values) == 2
    answer = moderator_client.post(path, {"places": values}, follow=True)
    assert "Cut in 2 other places too." in answer.content.decode()
    public.refresh_from_db()
    assert public.public_body == "He said [phone number removed], and [e-mail address removed]."
    assert [d.action for d in public.decisions.all()] == ["approve_redacted"] * 2
    waits.refresh_from_db()
    assert waits.is_waiting
    assert not waits.decisions.exists()
    assert [f.words for f in moderation.proposed_cuts(waits)] == ["602 555 0147"]
    assert found(Comment.objects.get(pk=comment.pk)) == []


def test_only_what_is_ticked_and_still_holds_them_is_cut(moderator_client, moderator):
    comment = cut_from("Call 555-0147.", "555-0147", by=moderator)
    kept, other = make_comment(body="555-0147"), make_comment(body="Nothing of that kind.")
    path = reverse("comments:elsewhere", args=[comment.pk])
    moderator_client.post(path, {"places": [f"{other.pk}:body:0:7", "x", ""]})
    for untouched in (kept, other):
        untouched.refresh_from_db()
        assert not untouched.is_redacted


def test_a_comment_that_somebody_decides_on_meanwhile_is_left_alone(moderator, other_moderator):
    comment = cut_from("Call 555-0147.", "555-0147", by=moderator)
    other = make_comment(body="555-0147")
    places = elsewhere.search(comment).places
    moderation.remove(Comment.objects.get(pk=other.pk), by=other_moderator, reason="other")
    assert elsewhere.cut(places, by=moderator) == elsewhere.Done(0, [], [])
    other.refresh_from_db()
    assert other.is_removed


def test_a_cut_elsewhere_can_be_undone_by_itself(moderator):
    comment = cut_from("Call 555-0147.", "555-0147", by=moderator)
    other = make_comment(body="Or 555-0147")
    elsewhere.cut(elsewhere.search(comment).places, by=moderator)
    moderation.undo(Decision.objects.get(comment=other), by=moderator)
    other.refresh_from_db()
    assert other.public_body == "Or 555-0147"
    assert Comment.objects.get(pk=comment.pk).is_redacted


def test_places_of_one_comment_stand_together_between_whole_words(moderator_client, moderator):
    comment = cut_from("Call 555-0147.", "555-0147", by=moderator)
    long = "Somewhere in a long sentence about films that nobody remembers"
    other = make_comment(body=f"{long} 555-0147 and, {long}, 555-0147 again.")
    page = moderator_client.get(reverse("comments:elsewhere", args=[comment.pk])).content.decode()
    assert page.count(f"Comment {other.pk}<") == 1
    first, _second = elsewhere.search(comment).places
    assert first.before == "… about films that nobody remembers "
    assert first.after == " and, Somewhere in a long sentence …"


def cut_everywhere(client, comment) -> str:
    """As a moderator does it: the page that follows."""
    path = reverse("comments:elsewhere", args=[comment.pk])
    values = [place.value for place in elsewhere.search(comment).places]
    answer: HttpResponse = client.post(path, {"places": values}, follow=True)
    return answer.content.decode()


def test_all_that_one_press_cut_is_undone_with_one_press(
    moderator_client, moderator, other_moderator
):
    comment = cut_from("Call 555-0147.", "555-0147", by=moderator)
    public, decided = make_comment(body="Or 555-0147"), make_comment(body="So 555-0147")
    waits = make_comment(body="555 0147", status=Status.WAITING, queue="spam")
    page = cut_everywhere(moderator_client, comment)
    assert "Undo all 3" in page
    assert page.count("data-undo") == 1
    moderation.remove(Comment.objects.get(pk=decided.pk), by=other_moderator, reason="other")
    path = reverse("comments:undo-elsewhere", args=[comment.pk])
    page = moderator_client.post(path, follow=True).content.decode()
    assert "What was cut in other places is back." in page
    assert "1 stays" in page
    for one in (public, decided, waits):
        one.refresh_from_db()
    assert public.public_body == "Or 555-0147"
    assert decided.is_removed
    assert not waits.findings.exists()
    assert Comment.objects.get(pk=comment.pk).is_redacted
    # The decision before it comes next.
    assert re.search(r"decide/\" data-undo>", page)
    assert "undone already" in moderator_client.post(path, follow=True).content.decode()


def test_only_whoever_cut_it_there_is_offered_the_undo(
    moderator_client, other_moderator, moderator, client
):
    comment = cut_from("Call 555-0147.", "555-0147", by=moderator)
    public = make_comment(body="Or 555-0147")
    cut_everywhere(moderator_client, comment)
    client.force_login(other_moderator)
    client.post(reverse("comments:undo-elsewhere", args=[comment.pk]))
    public.refresh_from_db()
    assert public.is_redacted


def test_another_screening_leaves_the_mark(moderator):
    comment = cut_from("Call 555-0147.", "555-0147", by=moderator)
    waits = make_comment(body="Nice. 555 0147", status=Status.WAITING, queue="spam")
    elsewhere.cut(elsewhere.search(comment).places, by=moderator)
    intake.screen_again(waits)
    assert waits.findings.filter(because__contains="another place").exists()


def test_our_own_writing_is_named_for_an_editor(moderator_client, moderator):
    article = make_article(headline="The witness", plain_text="It was Ann Roe.")
    comment = cut_from("Ann Roe.", "Ann Roe", "PERSON_PRIVATE", by=moderator)
    page = moderator_client.get(reverse("comments:elsewhere", args=[comment.pk])).content.decode()
    assert elsewhere.articles(comment) == [article]
    assert "The witness" in page
    assert "Only an editor can change that" in page


def test_a_critical_number_is_not_shown_there_either(moderator_client, moderator):
    comment = cut_from("No. 517-22-8841.", "517-22-8841", "SSN", by=moderator)
    make_comment(body="It is 517 22 8841, he says")
    page = moderator_client.get(reverse("comments:elsewhere", args=[comment.pk])).content.decode()
    assert "1 other place" in page
    assert "8841" not in without_chance(page)


def test_nor_is_a_name_beside_a_child(moderator_client, moderator):
    comment = cut_from("So says Tilda Roe.", "Tilda Roe", "PERSON_PRIVATE", by=moderator)
    make_comment(body="Her son, 9, saw Tilda Roe there.")
    page = moderator_client.get(reverse("comments:elsewhere", args=[comment.pk])).content.decode()
    assert "Her son, 9, saw" in page
    assert "Tilda" not in page


def test_after_the_destruction_there_is_nothing_to_look_for(moderator):
    comment = cut_from("Call 555-0147.", "555-0147", by=moderator)
    make_comment(body="555-0147")
    comment.body, comment.redacted_body = comment.redacted_body, ""
    comment.save()
    assert found(Comment.objects.get(pk=comment.pk)) == []


def test_nobody_else_may_look(client, editor_client, moderator):
    path = reverse("comments:elsewhere", args=[cut_from("1 555-0147", "555-0147", by=moderator).pk])
    assert client.get(path).status_code == 302
    assert editor_client.get(path).status_code == 403


def test_many_comments_are_searched_in_little_time(moderator):
    article = make_article()
    Comment.objects.bulk_create(
        Comment(
            article=article,
            name="Jo",
            body="(6 0 2) " * 60,
            queue="general",
            submission_digest=number,
        )
        for number in range(2000)
    )
    comment = cut_from("Call 602-555-0147.", "602-555-0147", by=moderator)
    begin = thread_time()
    assert found(comment) == []
    assert thread_time() - begin < 2


def test_the_database_looks_through_the_texts_and_misses_none(moderator):
    comment = cut_from("So said JOSÉ Ñúñez-Roe.", "JOSÉ Ñúñez-Roe", "PERSON_PRIVATE", by=moderator)
    other = make_comment(body="josé  ñÚñez roe was there; 100 % sure_thing.")
    make_comment(body="Jos Nunez Roe.")
    assert found(comment) == [(other.pk, "body", "josé  ñÚñez roe")]


def test_a_search_that_fails_leaves_the_decision_stored_and_is_made_again(
    moderator_client, monkeypatch
):
    comment = make_comment(body="Call 602-555-0147.", status=Status.WAITING, queue="pii")
    make_finding(comment, "602-555-0147")

    def fails(_decision):
        raise OperationalError("Call 602-555-0147.")

    monkeypatch.setattr(elsewhere, "holds_what_was_cut", fails)
    answer = moderator_client.post(
        reverse("comments:decide", args=[comment.pk]),
        {"decision": "approve_redacted", "version": 1},
    )
    assert answer["Location"].startswith(reverse("comments:elsewhere", args=[comment.pk]))
    comment.refresh_from_db()
    assert comment.is_published
    assert moderator_client.get(answer["Location"]).status_code == 200


def test_of_many_letters_at_once_none_holds_up_the_page(
    moderator, django_capture_on_commit_callbacks
):
    comment = cut_from("Call 602-555-0147.", "602-555-0147", by=moderator)
    for _ in range(7):
        make_comment(body="It is 602-555-0147.", email="jo@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        assert elsewhere.cut(elsewhere.search(comment).places, by=moderator).places == 7
    assert mail.outbox == []
    call_command("send_notices", stdout=StringIO())
    assert len(mail.outbox) >= 7
