"""Readers report a comment: what is hidden meanwhile, who decides, and what stays private."""

from __future__ import annotations

import html
import logging
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from comments import digest, erasure, moderation, receipts, reports
from comments.models import Action, Comment, Decision, Finding, Notice, Report, SecondLook
from comments.models.comment import REPORTED
from comments.reports import Outcome
from innocence.logs import WordlessFormatter
from tests.builders import make_comment, make_finding

pytestmark = pytest.mark.django_db

BODY = "He lives at 14 Alder Street now. Call him on (212) 555-0147, it is all true."
SCREENERS = "tests.comments.screeners"


def text_of(response):
    return html.unescape(response.content.decode())


def page_of(comment):
    return f"/news/{comment.article.slug}/comments/{comment.pk}/report/"


def report(comment, client=None, **fields: Any):
    fields.setdefault("reason", "personal_information")
    return (client or Client()).post(page_of(comment), fields)


def became(response):
    assert response.status_code == 302
    return response["Location"].partition("became=")[2]


def seen_by_readers(comment):
    return text_of(Client().get(comment.article.get_absolute_url()))


def decide(client, comment, decision, **fields: Any):
    comment.refresh_from_db()
    data = {"decision": decision, "version": comment.version} | fields
    return client.post(f"/moderation/comments/{comment.pk}/decide/", data)


@pytest.fixture
def comment():
    comment = make_comment(name="Marguerite", email="author@example.org", body=BODY)
    make_finding(comment, "(212) 555-0147")
    return comment


@pytest.fixture
def about_me(comment):
    """What somebody says is about them, and what is hidden of it."""
    report(comment, about_me="on", words="Thaddeus will not leave me alone.")
    comment.refresh_from_db()
    return comment


# The page -------------------------------------------------------------------------------


def test_each_published_comment_has_a_link_that_names_it(comment):
    page = seen_by_readers(comment)
    link = page[page.index(page_of(comment)) :].partition("</a>")[0]
    assert "Report" in link
    assert "the comment by Marguerite" in link


def test_opening_the_page_reports_nothing(comment):
    page = Client().get(page_of(comment))
    assert page.status_code == 200
    assert "Call him on" in text_of(page)
    assert not Report.objects.exists()


def test_a_report_waits_and_changes_nothing_for_readers(comment):
    response = report(comment, reason="threat", words="It is about my neighbour.")
    assert became(response) == Outcome.WAITS
    assert "Until then it stays as it is." in text_of(Client().get(response["Location"]))
    stored = Report.objects.get()
    assert (stored.reason, stored.about_me, stored.hides) == ("threat", False, [])
    assert "(212) 555-0147" in seen_by_readers(comment)
    comment.refresh_from_db()
    assert comment.is_reported


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"reason": ""}, "Choose what is wrong with it."),
        ({"reason": "boring"}, "Choose what is wrong with it."),
        ({"words": "Please look. " * 100}, "Please shorten this to 1,000 characters."),
    ],
)
def test_what_is_not_valid_comes_back_as_it_was_written(comment, fields, says):
    response = report(comment, **{"words": "Please look.", "about_me": "on"} | fields)
    assert response.status_code == 422
    page = text_of(response)
    assert says in page
    assert "Please look." in page
    assert "checked" in page
    assert not Report.objects.exists()


def test_only_what_stands_on_the_site_can_be_reported(comment, moderator):
    waiting = make_comment(status="waiting", queue="pii")
    elsewhere = f"/news/{waiting.article.slug}/comments/{comment.pk}/report/"
    assert Client().get(page_of(waiting)).status_code == 404
    assert report(waiting).status_code == 404
    assert Client().post(elsewhere, {"reason": "other"}).status_code == 404


def test_a_report_needs_the_token_of_the_page(comment):
    strict = Client(enforce_csrf_checks=True)
    assert report(comment, strict, words="Please look.").status_code == 403
    assert not Report.objects.exists()


def test_the_same_form_sent_twice_is_one_report(comment):
    key = str(uuid4())
    for _time in range(2):
        assert became(report(comment, key=key, about_me="on")) == Outcome.HIDDEN
    assert Report.objects.count() == 1
    assert became(report(comment, key="no key of ours")) == Outcome.WAITS
    assert Report.objects.count() == 2


def test_who_reports_much_is_asked_to_wait_and_keeps_the_text(comment):
    for _time in range(6):
        assert report(comment).status_code == 302
    refused = report(comment, words="Please look.")
    assert (refused.status_code, refused["Retry-After"]) == (429, "3600")
    assert "Please look." in text_of(refused)
    assert Report.objects.count() == 6


def test_whoever_reports_in_distress_sees_help_and_is_read_first(comment, settings):
    report(make_comment(), about_me="on")
    settings.SCREENER = f"{SCREENERS}.finds_distress"
    response = report(comment, reason="other", words="I cannot go on.")
    assert "help=en" in response["Location"]
    assert "Help is there now" in text_of(Client().get(response["Location"]))
    assert Comment.objects.reported().first() == comment


# What is hidden -------------------------------------------------------------------------


def test_what_is_personal_is_hidden_at_once_from_whom_it_is_about(comment):
    response = report(comment, about_me="on")
    assert became(response) == Outcome.HIDDEN
    page = seen_by_readers(comment)
    assert "555-0147" not in page
    assert "14 Alder Street" not in page
    assert '<bdi class="cut" dir="ltr">[phone number removed]</bdi>' in page
    assert "Part of it is hidden until a moderator has looked." in page
    assert "it is all true" in page
    feed = text_of(Client().get(f"/news/{comment.article.slug}/feed/"))
    assert "555-0147" not in feed
    assert not Decision.objects.exists()


def test_what_nobody_had_seen_before_is_marked_for_the_moderator(comment):
    assert [finding.type for finding in comment.findings.all()] == ["PHONE"]
    report(comment, about_me="on")
    assert {"ADDRESS", "PHONE"} <= {finding.type for finding in Finding.objects.all()}
    assert comment.findings.filter(type="PHONE").count() == 1


def test_the_feed_says_at_once_that_the_comment_changed(comment):
    other = make_comment(comment.article, body="I agree.")
    address = f"/news/{comment.article.slug}/feed/"
    before = Client().get(address)
    at = timezone.now() + timedelta(hours=1)
    with time_machine.travel(at, tick=False):
        report(comment, about_me="on")
    again = Client().get(address, headers={"If-None-Match": before["ETag"]})
    assert again.status_code == 200
    feed = text_of(again)
    assert f"<updated>{at.strftime('%Y-%m-%dT%H:%M')}" in feed
    assert feed.index(f"/comments/{comment.pk}/") < feed.index(f"/comments/{other.pk}/")


def test_a_name_that_somebody_else_signed_with_is_hidden(comment):
    assert became(report(comment, reason="impersonation")) == Outcome.HIDDEN
    page = seen_by_readers(comment)
    assert "Marguerite" not in page
    assert "[name removed]" in page
    [claim] = comment.findings.filter(field="name")
    assert (claim.words, claim.is_hint) == ("Marguerite", True)


def test_where_screening_sees_nothing_it_says_so_and_hides_nothing():
    comment = make_comment(name="Marguerite", body="This is about somebody.")
    response = report(comment, about_me="on")
    assert became(response) == Outcome.NOTHING_SEEN
    assert "sees nothing personal" in text_of(Client().get(response["Location"]))
    assert "This is about somebody." in seen_by_readers(comment)
    comment.refresh_from_db()
    assert (comment.is_hidden, comment.report_rank) == (False, 1)


@pytest.mark.parametrize("screener", ["raises", "cannot_find_personal_information"])
def test_where_screening_fails_all_of_it_is_hidden(comment, settings, screener, caplog):
    settings.SCREENER = f"{SCREENERS}.{screener}"
    response = report(comment, about_me="on")
    assert became(response) == Outcome.ALL_HIDDEN
    page = seen_by_readers(comment)
    assert not [words for words in ("Alder", "555-0147", "Marguerite", "all true") if words in page]
    assert "[hidden until a moderator has looked]" in page


def test_where_only_hate_cannot_be_found_the_rest_stays(comment, settings):
    settings.SCREENER = f"{SCREENERS}.cannot_find_hate"
    assert became(report(comment, about_me="on")) == Outcome.HIDDEN
    assert "it is all true" in seen_by_readers(comment)


def test_a_text_that_was_changed_while_screening_looked_is_hidden_whole(comment):
    stale = Comment.objects.select_related("article").get(pk=comment.pk)
    Comment.objects.update(body="Another text about 14 Alder Street.")
    taken = reports.take(stale, reason="other", about_me=True)
    assert taken.outcome == Outcome.ALL_HIDDEN
    assert "Alder" not in seen_by_readers(comment)


def test_a_comment_that_left_the_site_meanwhile_takes_no_report(comment, moderator):
    stale = Comment.objects.select_related("article").get(pk=comment.pk)
    moderation.remove(comment, by=moderator, reason="other")
    assert reports.take(stale, reason="other").outcome == Outcome.GONE
    assert not Report.objects.exists()


def test_what_a_moderator_cut_stays_cut_below_what_is_hidden(comment, moderator):
    moderation.approve_redacted(comment, by=moderator)
    assert became(report(comment, about_me="on")) == Outcome.HIDDEN
    page = seen_by_readers(comment)
    assert "[phone number removed]" in page
    assert "Alder" not in page
    comment.refresh_from_db()
    moderation.leave(comment, by=moderator)
    page = seen_by_readers(comment)
    assert "555-0147" not in page
    assert "Alder" in page


def test_nothing_is_hidden_that_is_cut_already(moderator):
    comment = make_comment(body="Call (212) 555-0147.")
    make_finding(comment, "(212) 555-0147")
    moderation.approve_redacted(comment, by=moderator)
    assert became(report(comment, about_me="on")) == Outcome.NOTHING_SEEN


# Nobody empties the site ----------------------------------------------------------------


def test_one_address_has_three_comments_hidden_a_day():
    comments = [make_comment(body=BODY) for _each in range(4)]
    assert [became(report(one, about_me="on")) for one in comments] == [
        Outcome.HIDDEN,
        Outcome.HIDDEN,
        Outcome.HIDDEN,
        Outcome.TOO_MANY,
    ]
    assert Comment.objects.reported().count() == 4
    assert "555-0147" in seen_by_readers(comments[3])


def test_few_comments_are_hidden_at_a_time_whoever_asks(monkeypatch, moderator):
    monkeypatch.setattr(reports, "MOST_HIDDEN", 2)
    comments = [make_comment(body=BODY) for _each in range(3)]
    outcomes = [reports.take(one, reason="other", about_me=True).outcome for one in comments]
    assert outcomes == [Outcome.HIDDEN, Outcome.HIDDEN, Outcome.TOO_MANY]
    # Of what is hidden already more can be.
    assert reports.take(comments[0], reason="other", about_me=True).outcome == Outcome.HIDDEN
    comments[0].refresh_from_db()
    moderation.leave(comments[0], by=moderator)
    assert reports.take(comments[2], reason="other", about_me=True).outcome == Outcome.HIDDEN


def test_what_a_moderator_has_decided_is_not_hidden_for_the_next_one(about_me, moderator):
    moderation.leave(about_me, by=moderator)
    response = report(about_me, about_me="on")
    assert became(response) == Outcome.SEEN_BEFORE
    assert "555-0147" in seen_by_readers(about_me)
    about_me.refresh_from_db()
    assert about_me.is_reported


# Deciding -------------------------------------------------------------------------------


def test_leaving_it_shows_it_whole_and_tells_nobody(about_me, moderator_client):
    mail.outbox.clear()
    response = decide(moderator_client, about_me, "leave")
    assert response.status_code == 302
    page = seen_by_readers(about_me)
    assert "(212) 555-0147" in page
    assert "hidden until" not in page
    decision = Decision.objects.get()
    assert (decision.action, decision.status_after) == (Action.LEAVE, "published")
    assert Report.objects.get().settled_by == decision
    about_me.refresh_from_db()
    assert not about_me.is_reported
    assert about_me.changed_at < about_me.updated_at
    assert (mail.outbox, Notice.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("decision", "fields"),
    [("approve", {}), ("approve_redacted", {}), ("remove", {"reason": "harassment"})],
)
def test_every_decision_about_it_settles_what_was_reported(
    about_me, moderator_client, decision, fields
):
    assert decide(moderator_client, about_me, decision, **fields).status_code == 302
    about_me.refresh_from_db()
    assert (about_me.is_reported, about_me.is_hidden) == (False, False)
    assert not Report.objects.open().exists()


def test_an_undo_hides_again_and_opens_the_reports(about_me, moderator_client):
    hidden = about_me.hidden_body
    for decision, fields in [("leave", {}), ("remove", {"reason": "other"})]:
        decide(moderator_client, about_me, decision, **fields)
        assert not Report.objects.open().exists()
        assert decide(moderator_client, about_me, "undo").status_code == 302
        about_me.refresh_from_db()
        assert (about_me.is_reported, about_me.hidden_body) == (True, hidden)
        assert "555-0147" not in seen_by_readers(about_me)


def test_only_what_was_reported_can_be_left(comment, moderator_client):
    assert decide(moderator_client, comment, "leave").status_code == 422
    waiting = make_comment(status="waiting", queue="pii")
    assert decide(moderator_client, waiting, "leave").status_code == 422
    assert not Decision.objects.exists()


def test_a_page_that_does_not_show_a_report_is_stale(comment, moderator_client):
    version = comment.version
    report(comment, about_me="on")
    late = decide(moderator_client, comment, "approve", version=version, note="Seen.")
    assert late.status_code == 409
    page = text_of(late)
    assert "It was reported meanwhile" in page
    assert "Seen." in page
    assert Report.objects.open().exists()


def test_cutting_the_same_characters_elsewhere_settles_nothing(about_me, moderator):
    start = BODY.index("14 Alder Street")
    cut = {"field": "body", "start": start, "end": start + 15, "type": "ADDRESS"}
    moderation.cut_more(about_me, [cut], by=moderator)
    about_me.refresh_from_db()
    assert about_me.is_reported
    assert "555-0147" not in seen_by_readers(about_me)


def test_a_second_look_settles_what_was_reported_meanwhile(comment, moderator, other_moderator):
    moderation.approve_redacted(comment, by=moderator)
    look = moderation.ask_second_look(comment)
    report(comment, about_me="on")
    comment.refresh_from_db()
    moderation.answer_second_look(
        look, by=other_moderator, changes=False, answer="It stands.", version=comment.version
    )
    comment.refresh_from_db()
    assert not comment.is_reported


def test_the_second_look_is_at_what_its_author_was_told(comment, moderator, other_moderator):
    cut = moderation.approve_redacted(comment, by=moderator)
    report(comment)
    comment.refresh_from_db()
    moderation.leave(comment, by=other_moderator)
    assert moderation.ask_second_look(comment).decision == cut
    assert SecondLook.objects.get().may_be_answered_by(other_moderator)


# The desk -------------------------------------------------------------------------------


def test_the_desk_has_a_lane_for_it_what_cannot_wait_first(moderator_client):
    order = [
        ("advertising", {}),
        ("hate_speech", {}),
        ("threat", {}),
        ("other", {"about_me": "on"}),
    ]
    comments = []
    for reason, fields in order:
        comments.append(make_comment(name=f"Reader {reason}", body=BODY))
        report(comments[-1], reason=reason, **fields)
    page = text_of(moderator_client.get("/moderation/reported/"))
    places = [page.index(f'id="comment-{one.pk}"') for one in comments]
    assert sorted(range(4), key=places.__getitem__) == [3, 1, 2, 0]
    overview = text_of(moderator_client.get("/moderation/"))
    assert "4 comments wait for a moderator." in overview
    assert f"/moderation/comments/{comments[3].pk}/" in overview


def test_the_card_counts_the_reasons_and_shows_the_words_as_text(comment, moderator_client):
    for words in ("<b>Look</b> at it.", "", "It is me."):
        report(comment, reason="threat", words=words)
    report(comment, reason="other", about_me="on")
    for address in ("/moderation/reported/", f"/moderation/comments/{comment.pk}/"):
        raw = moderator_client.get(address).content.decode()
        assert "Reported 4 times, first 0" in raw
        assert "It threatens somebody" in raw
        assert "3 times" in raw
        assert "&lt;b&gt;Look&lt;/b&gt; at it." in raw
        assert "Somebody says that it is about them." in raw
        assert "[phone number removed]" in raw
        assert 'value="leave"' in raw


def test_the_work_goes_on_with_the_next_that_was_reported(moderator_client):
    first, second = make_comment(body=BODY), make_comment(body=BODY)
    report(first, about_me="on")
    report(second)
    response = decide(moderator_client, first, "leave", next=REPORTED)
    assert response["Location"].startswith(f"/moderation/comments/{second.pk}/")
    page = text_of(moderator_client.get(response["Location"]))
    assert 'name="next" value="reported"' in page
    response = decide(moderator_client, second, "leave", next=REPORTED)
    assert response["Location"].startswith("/moderation/reported/")
    assert "Nothing waits here." in text_of(moderator_client.get("/moderation/reported/"))


def test_a_colleague_who_has_it_open_is_named(comment, moderator_client, other_moderator):
    report(comment)
    moderator_client.get(f"/moderation/comments/{comment.pk}/")
    other = Client()
    other.force_login(other_moderator)
    assert "moderator has this comment open" in text_of(other.get("/moderation/reported/"))


def test_reported_comments_cost_one_query_more(moderator_client, django_assert_max_num_queries):
    for _each in range(3):
        reports.take(make_comment(body=BODY), reason="other", about_me=True)
    with django_assert_max_num_queries(11):
        moderator_client.get("/moderation/reported/")
    for _each in range(20):
        reports.take(make_comment(body=BODY), reason="other", words="Look.")
    with django_assert_max_num_queries(11):
        moderator_client.get("/moderation/reported/")
    with django_assert_max_num_queries(12):
        moderator_client.get("/moderation/")


def test_the_digest_counts_them_in_no_words(about_me, moderator):
    digest.send()
    [letter] = mail.outbox
    assert "Reported: 1 waits" in letter.body
    assert "/moderation/reported/" in letter.body
    for words in ("Thaddeus", "Marguerite", "Alder"):
        assert words not in letter.body


# Whose text it is -----------------------------------------------------------------------


def test_its_author_reads_that_part_of_it_is_hidden(about_me):
    page = text_of(Client().get(receipts.address_of(about_me, is_proven=False)))
    assert "somebody says that the comment is about them" in page
    assert "Thaddeus" not in page


def test_nobody_edits_away_what_was_reported(comment):
    Comment.objects.update(created_at=timezone.now())
    comment.refresh_from_db()
    assert moderation.can_be_edited(comment)
    report(comment)
    comment.refresh_from_db()
    assert not moderation.can_be_edited(comment)


def test_what_its_author_withdraws_comes_back_hidden(about_me):
    moderation.withdraw(about_me)
    assert not Comment.objects.reported().exists()
    moderation.put_back(about_me)
    assert Comment.objects.reported().get() == about_me
    assert "555-0147" not in seen_by_readers(about_me)


# What is kept ---------------------------------------------------------------------------


def test_words_go_once_the_decision_cannot_be_a_slip_any_more(about_me, moderator):
    moderation.leave(about_me, by=moderator)
    call_command("purge_personal_data", stdout=StringIO())
    assert "Thaddeus" in Report.objects.get().words
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        call_command("purge_personal_data", stdout=StringIO())
    stored = Report.objects.get()
    assert (stored.words, stored.reason) == ("", "personal_information")


def test_words_go_with_the_text_of_the_comment(about_me):
    moderation.withdraw(about_me)
    erasure.erase_all(about_me)
    stored = Report.objects.get()
    assert (stored.words, stored.hides) == ("", [])
    about_me.refresh_from_db()
    assert (about_me.body, about_me.hidden_body, about_me.hidden_name) == ("", "", "")


def test_nothing_is_destroyed_before_the_report_is_decided(comment, moderator, lead):
    moderation.approve_redacted(comment, by=moderator)
    report(comment, about_me="on")
    comment.refresh_from_db()
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        call_command("purge_personal_data", stdout=StringIO())
    with pytest.raises(moderation.NotAllowed):
        erasure.destroy_now(comment, by=lead)
    comment.refresh_from_db()
    assert comment.body == BODY


def test_destroying_the_original_keeps_what_was_only_hidden(comment, moderator):
    moderation.approve_redacted(comment, by=moderator)
    report(comment, about_me="on")
    comment.refresh_from_db()
    erasure.destroy_original(comment)
    comment.refresh_from_db()
    assert comment.body == BODY.replace("(212) 555-0147", "[phone number removed]")


def test_no_log_line_and_no_row_but_the_report_holds_its_words(comment, moderator, caplog):
    caplog.set_level(logging.DEBUG, logger="comments")
    caplog.handler.setFormatter(WordlessFormatter("%(name)s %(message)s"))
    report(comment, about_me="on", words="Thaddeus did it.")
    comment.refresh_from_db()
    moderation.leave(comment, by=moderator)
    assert "Thaddeus" not in caplog.text
    [decision] = Decision.objects.values()
    assert "Thaddeus" not in str(decision)
