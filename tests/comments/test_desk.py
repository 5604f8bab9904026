"""The moderators' pages: who may see them, what they show, and what a button does."""

from __future__ import annotations

import itertools
import re
import time
from datetime import timedelta
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comments import moderation
from comments.models import Action, Comment, Decision, Finding, Lease, Notice, Reason, Status
from comments.models.comment import LANES, QUEUES
from comments.screening import FindingType
from comments.templatetags.comments import marked
from tests.builders import make_article, make_comment, make_finding
from tests.comments import screeners
from tests.comments.browsing import without_chance

QUEUE_NAMES = [queue for queue, _label in QUEUES]


def waiting(queue: str = "pii", **values) -> Comment:
    return make_comment(status=Status.WAITING, queue=queue, **values)


def address(comment: Comment) -> str:
    return reverse("comments:show", args=[comment.pk])


def decide(client, comment, decision, **values):
    data = {"decision": decision, "version": comment.version} | values
    return client.post(reverse("comments:decide", args=[comment.pk]), data)


# Who may come in ------------------------------------------------------------------------


@pytest.fixture
def _one_comment(db):
    waiting(pk=1)


ADDRESSES = [
    "/moderation/",
    "/moderation/all/",
    *(f"/moderation/{queue}/" for queue in QUEUE_NAMES),
    "/moderation/comments/1/",
    "/moderation/comments/1/decide/",
]


@pytest.mark.usefixtures("_one_comment")
@pytest.mark.parametrize("path", ADDRESSES)
def test_strangers_are_sent_to_the_log_in_and_editors_are_refused(client, editor_client, path):
    for method in ("get", "post"):
        answer = getattr(client, method)(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("login"))
        assert getattr(editor_client, method)(path).status_code == 403


@pytest.mark.usefixtures("_one_comment")
@pytest.mark.parametrize("path", ADDRESSES[:-1])
def test_moderators_see_every_page_and_no_page_is_kept_by_a_browser(moderator_client, path):
    answer = moderator_client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_an_unknown_queue_or_comment_is_not_found(moderator_client):
    for path in ("/moderation/nowhere/", "/moderation/comments/987654/"):
        assert moderator_client.get(path).status_code == 404
    assert moderator_client.post("/moderation/comments/987654/decide/").status_code == 404


# What the pages show --------------------------------------------------------------------


def test_the_overview_names_every_lane_and_begins_with_the_most_urgent(moderator_client):
    old = waiting("spam", created_at=timezone.now() - timedelta(days=3))
    page = moderator_client.get("/moderation/").content.decode()
    assert "Start with the oldest" in page
    assert f'href="{address(old)}"' in page
    assert page.count("Nothing waits here.") == len(LANES) - 1
    for _queue, label in QUEUES:
        assert str(label) in page
    urgent = waiting("general", is_urgent=True)
    page = moderator_client.get("/moderation/").content.decode()
    assert "1 writer may be in distress" in page
    assert f'<a class="btn main" href="{address(urgent)}"' in page


def test_an_empty_desk_says_so(moderator_client):
    assert "Every comment has been read" in moderator_client.get("/moderation/").content.decode()


def test_letters_that_wait_are_counted(moderator_client, moderator):
    moderation.approve(waiting(), by=moderator)
    page = moderator_client.get("/moderation/").content.decode()
    assert "1 letter has not gone out yet" in page
    Notice.objects.update(sent_at=timezone.now())
    page = moderator_client.get("/moderation/").content.decode()
    assert "not gone out" not in page


def test_a_queue_shows_distress_first_then_what_harms_most_then_whoever_waited_longest(
    moderator_client,
):
    now = timezone.now()
    newer = waiting(name="Newer", created_at=now - timedelta(hours=1))
    older = waiting(name="Older", created_at=now - timedelta(hours=2))
    serious = waiting(name="Serious", created_at=now, is_serious=True)
    urgent = waiting(name="Urgent", created_at=now, is_urgent=True)
    waiting("hate")
    make_comment()
    page = moderator_client.get("/moderation/pii/").content.decode()
    shown = [int(pk) for pk in re.findall(r'id="comment-(\d+)"', page)]
    assert shown == [urgent.pk, serious.pk, older.pk, newer.pk]


def test_after_each_decision_comes_the_next_in_the_order_of_the_queue(moderator_client):
    now = timezone.now()
    ranks = [(True, True), (True, False), (False, True), (False, False)]
    expected = [
        waiting(is_urgent=urgent, is_serious=serious, created_at=now - timedelta(hours=hours))
        for urgent, serious in ranks
        for hours in (2, 1)
    ]
    for comment, following in itertools.pairwise(expected):
        page = moderator_client.get(address(comment)).content.decode()
        assert f'href="{address(following)}"' in page
        response = decide(moderator_client, comment, "approve", next="pii")
        assert response.url.startswith(address(following))


def test_every_comment_on_a_page_has_its_whole_text_and_the_form(moderator_client):
    comment = waiting(body="First.\n\nSecond, with 555-0147.")
    finding = make_finding(comment, "555-0147")
    for path in ("/moderation/pii/", "/moderation/all/", address(comment)):
        page = moderator_client.get(path).content.decode()
        assert "First." in page
        assert (
            '<mark class="mark mark--personal_information" title="phone number">555-0147<small'
            in page
        )
        assert finding.because in page
        assert f'action="{reverse("comments:decide", args=[comment.pk])}"' in page
        assert 'name="version" value="1"' in page
        for reason in Reason:
            assert f'value="{reason}"' in page
        for decision in ("approve", "approve_redacted", "remove"):
            assert f'name="decision" value="{decision}"' in page
        assert re.search(rf'name="cuts" value="{finding.pk}"[^>]* checked', page)


def test_the_list_of_all_shows_every_state_newest_first_or_one_of_them(moderator_client):
    now = timezone.now()
    by_state = {
        status: make_comment(
            status=status,
            queue="general" if status == Status.WAITING else "",
            created_at=now - timedelta(hours=hours),
        )
        for hours, status in enumerate(Status)
    }
    page = moderator_client.get("/moderation/all/").content.decode()
    assert [int(pk) for pk in re.findall(r'id="comment-(\d+)"', page)] == [
        comment.pk for comment in by_state.values()
    ]
    for status, comment in by_state.items():
        page = moderator_client.get(f"/moderation/all/?state={status}").content.decode()
        assert re.findall(r'id="comment-(\d+)"', page) == [str(comment.pk)]


def test_one_comment_is_shown_with_what_helps_to_decide(moderator_client, moderator):
    article = make_article(headline="The first tape")
    parent = make_comment(article, name="Thaddeus", body="What did the tape show?")
    earlier = make_comment(author_digest="d" * 64)
    moderation.remove(earlier, by=moderator, reason="off_topic", note="About football.")
    comment = waiting(parent=parent, author_digest="d" * 64, email="author@example.org")
    make_finding(comment, field="name", end=4, because="Looks like a phone number in the name.")
    page = moderator_client.get(address(comment)).content.decode()
    for words in (
        "The first tape",
        "It answers Thaddeus",
        "What did the tape show?",
        "author@example.org",
        "1 other comment from this address",
        "About football.",
        "in the name:",
    ):
        assert words in page


def test_the_address_of_an_author_stands_on_no_list(moderator_client):
    waiting(email="author@example.org")
    for path in ("/moderation/", "/moderation/pii/", "/moderation/all/"):
        assert "author@example.org" not in moderator_client.get(path).content.decode()


@pytest.mark.parametrize("status", [Status.WAITING, Status.REMOVED])
def test_a_reply_below_a_hidden_comment_says_so(moderator_client, status):
    parent = make_comment(status=status, queue="general")
    reply = waiting(parent=parent)
    page = moderator_client.get(address(reply)).content.decode()
    assert "readers see it below a placeholder" in page


def test_an_article_that_is_off_the_site_is_named_without_a_link(moderator_client):
    article = make_article(headline="Taken back", withdrawn_at=timezone.now())
    page = moderator_client.get(address(waiting(article=article))).content.decode()
    assert "Taken back (Withdrawn)" in page
    assert f'href="{article.get_absolute_url()}"' not in page


def test_what_visitors_wrote_is_never_markup(moderator_client):
    comment = waiting(
        name="<b>Ann</b>", body="<script>alert(1)</script>", parent=make_comment(body="<i>")
    )
    for path in ("/moderation/", "/moderation/pii/", "/moderation/all/", address(comment)):
        page = moderator_client.get(path).content.decode()
        for markup in ("<script>alert", "<b>Ann", "<i>"):
            assert markup not in page


def test_long_lists_are_paged(moderator_client):
    for _number in range(26):
        waiting()
    first = moderator_client.get("/moderation/pii/").content.decode()
    assert first.count("data-card") == 25
    assert 'rel="next"' in first
    [following] = {*re.findall(r'rel="next" href="([^"]*)"', first)}
    second = moderator_client.get(f"/moderation/pii/{following}").content.decode()
    assert second.count("data-card") == 1
    assert 'rel="next"' not in second
    [previous] = {*re.findall(r'rel="prev" href="([^"]*)"', second)}
    assert _shown(moderator_client.get(f"/moderation/pii/{previous}")) == _shown(first)


def _shown(page: Any) -> list[int]:
    """The comments of a page, in its order."""
    html = page if isinstance(page, str) else page.content.decode()
    return [int(pk) for pk in re.findall(r'id="comment-(\d+)"', html)]


@pytest.mark.parametrize("path", ["/moderation/pii/", "/moderation/all/"])
def test_page_by_page_every_comment_comes_once_in_its_order_and_back_again(moderator_client, path):
    now = timezone.now()
    made = [
        waiting(
            is_urgent=number % 7 == 0,
            is_serious=number % 5 == 0,
            created_at=now - timedelta(hours=number % 9),
        )
        for number in range(60)
    ]
    if path == "/moderation/all/":
        expected = sorted(made, key=lambda c: (c.created_at, c.pk), reverse=True)
    else:
        expected = sorted(
            made, key=lambda c: (not c.is_urgent, not c.is_serious, c.created_at, c.pk)
        )
    pages, address = [], path
    while address:
        page = moderator_client.get(address).content.decode()
        pages.append(_shown(page))
        following = re.search(r'<a [^>]*rel="next" href="([^"]*)"', page)
        address = following and f"{path}{unescape(following[1])}"
    assert [len(page) for page in pages] == [25, 25, 10]
    assert [pk for page in pages for pk in page] == [comment.pk for comment in expected]
    for behind, before in ((2, 1), (1, 0)):
        address = f"{path}?before={pages[behind][0]}"
        assert _shown(moderator_client.get(address)) == pages[before]


def test_the_next_page_skips_nothing_when_others_decide_meanwhile(moderator_client, moderator):
    comments = [waiting() for _number in range(30)]
    first = _shown(moderator_client.get("/moderation/pii/"))
    for comment in Comment.objects.filter(pk__in=first):
        moderation.approve(comment, by=moderator)
    second = _shown(moderator_client.get(f"/moderation/pii/?after={first[-1]}"))
    assert second == [comment.pk for comment in comments][25:]


def test_a_page_that_is_empty_by_now_is_the_first_one(moderator_client, moderator):
    first, second = waiting(), waiting()
    moderation.approve(second, by=moderator)
    assert _shown(moderator_client.get(f"/moderation/pii/?after={first.pk}")) == [first.pk]


def test_a_queue_is_counted_so_far_and_no_further(moderator_client, monkeypatch):
    monkeypatch.setattr("comments.lanes.COUNTED", 3)
    old = waiting("spam", created_at=timezone.now() - timedelta(days=3))
    for _number in range(4):
        waiting("spam", is_urgent=True)
    waiting("hate")
    page = moderator_client.get("/moderation/").content.decode()
    assert ">3+<" in page
    assert "3+ comments wait" in page
    assert "the oldest for 3\xa0days" in page
    assert f'href="{address(old)}"' not in page


def test_the_pages_of_a_list_keep_its_state_and_forget_the_last_decision(moderator_client):
    for _number in range(26):
        make_comment()
    page = moderator_client.get("/moderation/all/?state=published&decided=7").content.decode()
    last = Comment.objects.order_by("created_at")[1]
    following = f"?state=published&amp;after={last.pk}"
    assert re.findall(r'rel="next" href="([^"]*)"', page) == [following] * 2


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "²", "9" * 30])
def test_odd_pages_are_answered_with_the_first(moderator_client, page):
    comment = waiting()
    for name in ("after", "before"):
        assert _shown(moderator_client.get("/moderation/pii/", {name: page})) == [comment.pk]


@pytest.mark.parametrize("decided", ["", "x", "²", "0", "9" * 30])
def test_odd_references_to_a_decision_are_answered(moderator_client, decided):
    answer = moderator_client.get("/moderation/", {"decided": decided})
    assert answer.status_code == 200
    assert "toast--decided" not in answer.content.decode()


# Deciding -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "values", "status"),
    [
        ("approve", {}, "published"),
        ("approve_redacted", {}, "published"),
        ("remove", {"reason": "off_topic"}, "removed"),
        ("move", {"queue": "hate"}, "waiting"),
    ],
)
def test_a_decision_leads_to_the_next_comment_of_the_queue(
    moderator_client, decision, values, status
):
    now = timezone.now()
    first = waiting(body="Call 555-0147.", created_at=now - timedelta(hours=3))
    make_finding(first, "555-0147")
    second = waiting(created_at=now - timedelta(hours=2))
    answer = decide(moderator_client, first, decision, note="Read twice.", **values)
    made = Decision.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"{address(second)}?decided={made.pk}"
    first.refresh_from_db()
    assert (first.status, first.version) == (status, 2)
    assert (made.action, made.note) == (decision, "Read twice.")
    page = moderator_client.get(answer["Location"]).content.decode()
    assert "data-undo" in page
    assert str(Action(decision).label) in page or "Moved to Hate speech" in page


def test_the_last_comment_of_a_queue_leads_to_the_queue(moderator_client):
    answer = decide(moderator_client, waiting(), "approve")
    assert answer["Location"].startswith("/moderation/pii/?decided=")
    assert "Nothing waits here." in moderator_client.get(answer["Location"]).content.decode()


def test_a_script_is_told_where_a_decision_leads_what_it_was_and_what_waits(moderator_client):
    now = timezone.now()
    first = waiting(created_at=now - timedelta(hours=3))
    second = waiting(created_at=now - timedelta(hours=2))
    data = {"decision": "approve", "version": 1, "next": "pii"}
    asks = {"headers": {"x-part": "decided"}}
    answer = moderator_client.post(reverse("comments:decide", args=[first.pk]), data, **asks)
    part = answer.content.decode()
    made = Decision.objects.get()
    assert answer.status_code == 200
    assert f'href="{address(second)}?decided={made.pk}" data-way-on' in part
    assert "Approved" in part
    assert "data-undo" in part
    assert re.search(r'aria-current="page".*?class="n">1<', part, re.DOTALL)
    assert "<html" not in part
    again = moderator_client.post(reverse("comments:decide", args=[first.pk]), data, **asks)
    assert again.status_code == 409


def test_a_decision_is_not_stored_when_the_page_says_that_nothing_was(
    moderator_client, monkeypatch
):
    def broken(*args, **kwargs):
        raise OperationalError("away")

    monkeypatch.setattr("comments.desk._continue_at", broken)
    moderator_client.raise_request_exception = False
    comment = waiting()
    answer = decide(moderator_client, comment, "approve", note="Kind, and to the point.")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "so nothing was stored" in page
    assert "Kind, and to the point." in page
    comment.refresh_from_db()
    assert comment.is_waiting
    assert not Decision.objects.exists()
    assert mail.outbox == []


def test_a_skipped_comment_comes_again_at_the_end(moderator_client):
    now = timezone.now()
    skipped = waiting(created_at=now - timedelta(hours=3))
    last = waiting(created_at=now - timedelta(hours=2))
    answer = decide(moderator_client, last, "approve", next="pii")
    assert answer["Location"].startswith(address(skipped))


# Unsure ---------------------------------------------------------------------------------


def test_a_doubt_goes_to_somebody_else_who_reads_it(moderator_client, moderator, other_moderator):
    now = timezone.now()
    doubtful, other = (waiting(created_at=now - timedelta(hours=at)) for at in (2, 1))
    answer = decide(moderator_client, doubtful, "unsure", note="May be irony.")
    assert answer.url.startswith(address(other))
    answer = decide(moderator_client, other, "approve", next="pii")
    assert answer.url.startswith("/moderation/pii/"), "whoever doubted is not led back"
    colleague = Client()
    colleague.force_login(other_moderator)
    assert f'href="{address(doubtful)}"' in colleague.get("/moderation/").content.decode()
    assert "has this comment open" not in colleague.get("/moderation/pii/").content.decode()
    for path in ("/moderation/pii/", address(doubtful)):
        card = colleague.get(path).content.decode().partition("data-text")[0]
        assert "May be irony." in card
        assert "by moderator" in card
    undone = decide(moderator_client, Comment.objects.get(pk=doubtful.pk), "undo")
    assert undone.status_code == 302
    Lease.objects.all().delete()
    assert f'href="{address(doubtful)}"' in moderator_client.get("/moderation/").content.decode()


def test_a_doubt_without_a_note_is_asked_for_one(moderator_client):
    comment = waiting()
    answer = decide(moderator_client, comment, "unsure")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="note-{comment.pk}_error">Say in the note what you are unsure about.' in page
    assert not Decision.objects.exists()


# A colleague has it open ---------------------------------------------------------------


def test_what_a_colleague_has_open_says_so_and_is_passed_by(
    moderator_client, other_moderator, moderator
):
    now = timezone.now()
    first, taken, last = (waiting(created_at=now - timedelta(hours=at)) for at in (3, 2, 1))
    colleague = Client()
    colleague.force_login(other_moderator)
    colleague.get(address(taken))
    for path in ("/moderation/pii/", address(taken)):
        page = moderator_client.get(path).content.decode()
        assert page.count("other-moderator has this comment open") == 1
    assert "has this comment open" not in colleague.get(address(taken)).content.decode()
    page = moderator_client.get(address(first)).content.decode()
    assert f'rel="next" href="{address(last)}"' in page
    answer = decide(moderator_client, first, "approve", next="pii")
    assert answer.url.startswith(address(last))
    answer = decide(moderator_client, taken, "approve")
    assert answer.status_code == 302, "it locks nothing"


def test_the_desk_begins_with_what_nobody_has_open(moderator_client, other_moderator):
    taken, free = waiting(is_urgent=True), waiting()
    Lease.objects.take(taken, by=other_moderator)
    page = moderator_client.get("/moderation/").content.decode()
    assert f'<a class="btn main" href="{address(free)}"' in page


def test_a_comment_is_free_again_by_itself(moderator_client, other_moderator, moderator):
    comment = waiting()
    Lease.objects.take(comment, by=other_moderator)
    Lease.objects.update(since=timezone.now() - timedelta(minutes=5))
    page = moderator_client.get(address(comment)).content.decode()
    assert "has this comment open" not in page
    assert Lease.objects.get().by == moderator


def test_looking_does_not_take_it_from_a_colleague_and_fetching_ahead_takes_nothing(
    moderator_client, other_moderator
):
    taken, free = waiting(), waiting()
    Lease.objects.take(taken, by=other_moderator)
    moderator_client.get(address(taken))
    moderator_client.get(address(free), headers={"x-part": "ahead"})
    assert [lease.by for lease in Lease.objects.all()] == [other_moderator]


def test_whoever_is_led_on_has_the_next_comment(moderator_client, moderator):
    now = timezone.now()
    first, second = (waiting(created_at=now - timedelta(hours=at)) for at in (2, 1))
    data = {"decision": "approve", "version": 1, "next": "pii"}
    path = reverse("comments:decide", args=[first.pk])
    moderator_client.post(path, data, headers={"x-part": "decided"})
    assert Lease.objects.get(comment=second).by == moderator


@pytest.mark.parametrize(
    ("destination", "goes_to"),
    [
        ("all", "/moderation/all/"),
        ("hate", "/moderation/hate/"),
        ("https://elsewhere.example.org/", "/moderation/pii/"),
        ("//elsewhere.example.org", "/moderation/pii/"),
    ],
)
def test_the_way_on_is_one_of_ours(moderator_client, destination, goes_to):
    answer = decide(moderator_client, waiting(), "approve", next=destination)
    assert answer["Location"].partition("?")[0] == goes_to


def test_a_decision_in_the_list_of_all_leads_back_to_the_same_part_of_it(moderator_client):
    comments = [make_comment() for _number in range(30)]
    path = f"/moderation/all/?state=published&after={comments[5].pk}"
    page = moderator_client.get(path).content.decode()
    form = page[page.index("data-decide") :].partition("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    decide_at = page[: page.index("data-decide")].rpartition("/decide/")[0]
    comment = Comment.objects.get(pk=decide_at.rpartition("/")[2])
    back = hidden["back"].replace("&amp;", "&")
    refused = decide(moderator_client, comment, "remove", next="all", back=back)
    place = f"state=published&amp;after={comments[5].pk}"
    assert f'name="back" value="{place}"' in refused.content.decode()
    answer = decide(moderator_client, comment, "remove", reason="other", next="all", back=back)
    assert answer["Location"] == f"{path}&decided={Decision.objects.get().pk}"


def test_only_the_place_in_the_list_comes_back_from_the_page(moderator_client):
    answer = decide(
        moderator_client,
        waiting(),
        "approve",
        next="all",
        back="decided=7&to=//example.org&after=x",
    )
    assert answer["Location"] == f"/moderation/all/?after=x&decided={Decision.objects.get().pk}"
    assert moderator_client.get(answer["Location"]).status_code == 200


def test_the_toast_undoes_with_one_press(moderator_client):
    comment = waiting()
    answer = decide(moderator_client, comment, "remove", reason="off_topic")
    toast = moderator_client.get(answer["Location"]).content.decode()
    [form] = re.findall(r"<form[^>]*data-undo.*?</form>", toast, re.DOTALL)
    [action] = re.findall(r'action="([^"]+)"', form)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    answer = moderator_client.post(action, hidden | {"decision": "undo"})
    assert answer["Location"].startswith(address(comment))
    comment.refresh_from_db()
    assert comment.is_waiting
    page = moderator_client.get(answer["Location"]).content.decode()
    assert "so it waits again" in page
    assert "data-undo" not in page


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.WAITING, "It waits for a moderator again."),
        (Status.PUBLISHED, "It is on the site again."),
    ],
)
def test_a_removed_comment_says_how_to_put_it_back_and_to_undo_differ(
    moderator_client, moderator, status, words
):
    comment = make_comment(status=status, queue="pii")
    assert "as if it had never been" not in moderator_client.get(address(comment)).content.decode()
    moderation.remove(comment, by=moderator, reason="other")
    for path in (address(comment), "/moderation/all/"):
        ways = moderator_client.get(path).content.decode().partition('class="ways"')[2]
        ways = ways.partition("</ul>")[0]
        assert "what was cut stays cut" in ways
        assert f"as if it had never been removed. {words}" in ways


def test_places_to_cut_have_a_heading_and_a_box_and_other_findings_have_neither(moderator_client):
    comment = waiting(body="Call 555-0147.")
    make_finding(comment, "555-0147")
    make_finding(comment, "Call", type=FindingType.SPAM)
    page = moderator_client.get(address(comment)).content.decode()
    assert re.search(r"<legend>What is cut\b", page)
    assert page.count('name="cuts"') == 1
    assert "<span></span>" not in page


def test_a_toast_offers_no_undo_once_somebody_decided_again(moderator_client, moderator):
    comment = waiting()
    answer = decide(moderator_client, comment, "approve")
    comment.refresh_from_db()
    moderation.remove(comment, by=moderator, reason="other")
    assert "data-undo" not in moderator_client.get(answer["Location"]).content.decode()


def test_remove_restore_and_undo_through_the_door(moderator_client):
    comment = make_comment()
    for decision, status in [
        ("remove", "removed"),
        ("restore", "published"),
        ("undo", "removed"),
        ("undo", "published"),
    ]:
        answer = decide(moderator_client, comment, decision, reason="other")
        assert answer.status_code == 302
        comment.refresh_from_db()
        assert comment.status == status


def test_a_decision_tells_the_author(moderator_client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        decide(moderator_client, waiting(email="author@example.org"), "approve")
    assert [letter.to for letter in mail.outbox] == [["author@example.org"]]


@pytest.fixture
def two_findings(db):
    comment = waiting(body="Call 555-0147 or 555-0148.")
    return comment, make_finding(comment, "555-0147"), make_finding(comment, "555-0148")


def test_each_box_says_which_words_it_cuts(moderator_client, two_findings):
    for path in ("/moderation/pii/", address(two_findings[0])):
        page = moderator_client.get(path).content.decode()
        assert re.findall(r'<q class="why__words">(.+?)</q>', page) == ["555-0147", "555-0148"]


def test_a_reason_promises_its_sentence_only_where_it_stands(moderator_client):
    comment = waiting()
    for path, shown in (("/moderation/pii/", False), (address(comment), True)):
        page = moderator_client.get(path).content.decode()
        assert ("read the sentence below the reason" in page) is shown
        assert (Reason.THREAT.public_wording in page) is shown


def test_one_press_cuts_what_is_ticked(moderator_client, two_findings):
    comment, first, _second = two_findings
    decide(moderator_client, comment, "approve_redacted", cuts=[first.pk], cuts_given="1")
    comment.refresh_from_db()
    assert comment.public_body == "Call [phone number removed] or 555-0148."


def test_without_boxes_everything_found_is_cut(moderator_client, two_findings):
    comment, *_findings = two_findings
    decide(moderator_client, comment, "approve_redacted")
    comment.refresh_from_db()
    assert "555" not in comment.public_body


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"decision": "remove"}, "Choose a reason"),
        ({"decision": "remove", "reason": "boring"}, "Choose a reason"),
        ({"decision": "move"}, "Choose the queue"),
        ({"decision": "move", "queue": "elsewhere"}, "Choose the queue"),
        ({"decision": "approve_redacted", "cuts_given": "1"}, "Tick at least one place"),
        ({"decision": "approve_redacted", "cuts": "9" * 30}, "The marks have changed"),
        ({"decision": "restore"}, "Only a removed comment"),
        ({"decision": "undo"}, "no decision to take back"),
        ({"decision": "destroy"}, "Choose what to do"),
        ({}, "Choose what to do"),
        ({"decision": "approve", "version": ""}, "Open the comment again"),
        ({"decision": "approve", "version": "x"}, "Open the comment again"),
        ({"decision": "approve", "note": "n" * 501}, "under 500 characters"),
        ({"decision": "approve", "note": "nul \0"}, "Null characters"),
        ({"decision": "approve", "note": "She wrote: or 555-0148."}, "repeats words"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(
    moderator_client, two_findings, values, says
):
    comment, *_findings = two_findings
    note = values.get("note", "A note to keep.")
    data = {"version": "1", "note": note} | values
    answer = moderator_client.post(reverse("comments:decide", args=[comment.pk]), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in unescape(page)
    assert note.replace("\0", "") in unescape(page).replace("\0", "")
    comment.refresh_from_db()
    assert (comment.status, comment.version) == ("waiting", 1)
    assert not Decision.objects.exists()


def test_an_error_is_tied_to_its_field(moderator_client, two_findings):
    comment, *_findings = two_findings
    page = decide(moderator_client, comment, "remove").content.decode()
    assert f'href="#reason-{comment.pk}"' in page
    assert f'aria-describedby="reason-{comment.pk}_error"' in page
    assert f'id="reason-{comment.pk}_error"' in page


def test_a_wrong_reason_matters_only_for_a_removal(moderator_client):
    assert decide(moderator_client, waiting(), "approve", reason="boring").status_code == 302


def test_when_somebody_decided_first_the_page_says_who_and_keeps_the_note(
    moderator_client, other_moderator
):
    comment = waiting()
    moderation.approve(Comment.objects.get(pk=comment.pk), by=other_moderator)
    answer = decide(moderator_client, comment, "remove", reason="off_topic", note="Read twice.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody decided first" in page
    assert "Approved" in page
    assert "by other-moderator" in page
    assert "Read twice." in page
    assert 'name="version" value="2"' in page
    comment.refresh_from_db()
    assert comment.is_published
    assert Decision.objects.count() == 1


def test_the_same_press_twice_decides_once(moderator_client):
    comment = waiting()
    first = decide(moderator_client, comment, "remove", reason="off_topic")
    second = decide(moderator_client, comment, "remove", reason="off_topic")
    assert (first.status_code, second.status_code) == (302, 409)
    assert Decision.objects.count() == 1


def test_what_another_site_posts_decides_nothing(moderator):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(moderator)
    comment = waiting()
    assert decide(browser, comment, "approve").status_code == 403
    assert decide(browser, comment, "approve", csrfmiddlewaretoken="x" * 64).status_code == 403
    comment.refresh_from_db()
    assert comment.is_waiting


def test_a_decision_sent_after_the_log_in_ended_is_taken_once_after_the_next_one(moderator):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(moderator)
    comment = waiting()
    browser.get(address(comment))
    browser.logout()
    browser.get(reverse("login"))
    token = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    page = decide(browser, comment, "remove", reason="off_topic", note="Read twice.", **token)
    assert page.status_code == 403
    assert not Decision.objects.exists()
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    browser.force_login(moderator)
    again = kept | {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
    answers = [browser.post(page.request["PATH_INFO"], again) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    made = Decision.objects.get()
    assert (made.action, made.reason, made.note) == ("remove", "off_topic", "Read twice.")


def test_an_undo_from_a_stale_page_is_a_conflict_too(moderator_client, moderator):
    comment = waiting()
    moderation.approve(Comment.objects.get(pk=comment.pk), by=moderator)
    assert decide(moderator_client, comment, "undo").status_code == 409


def test_opening_the_address_for_decisions_decides_nothing(moderator_client):
    comment = waiting()
    answer = moderator_client.get(reverse("comments:decide", args=[comment.pk]))
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert address(comment) in answer.content.decode()


def test_erased_comments_can_still_be_looked_at(moderator_client, moderator):
    comment = make_comment()
    moderation.remove(comment, by=moderator, reason="other")
    Comment.objects.update(body="", email="", original_destroyed_at=timezone.now())
    page = moderator_client.get(address(comment)).content.decode()
    assert "The text has been erased." in page
    assert "no longer kept" in page
    assert 'value="restore"' not in page


# A fixed number of queries --------------------------------------------------------------


def _busy(number: int, queue: str = "pii") -> list[Comment]:
    comments = []
    for _index in range(number):
        comment = waiting(
            queue, parent=make_comment(), body="0123456789" * 2, author_digest="d" * 64
        )
        for start in range(10):
            make_finding(comment, start=start, end=start + 5)
        comments.append(comment)
    return comments


@pytest.mark.parametrize(
    ("path", "queries"),
    [("/moderation/", 10), ("/moderation/pii/", 9), ("/moderation/all/", 9)],
)
def test_lists_need_a_fixed_number_of_queries(
    moderator_client, moderator, django_assert_num_queries, path, queries
):
    _busy(1)
    moderation.approve(make_comment(), by=moderator)
    moderator_client.get(path)  # whether screening is in order is known for a minute from here on
    with django_assert_num_queries(queries):
        moderator_client.get(path)
    for comment in _busy(25):
        moderation.move(comment, by=moderator, queue="hate")
        moderation.move(comment, by=moderator, queue="pii")
    with django_assert_num_queries(queries):
        moderator_client.get(path)


def test_one_comment_needs_a_fixed_number_of_queries(
    moderator_client, moderator, django_assert_num_queries
):
    comment = _busy(3)[1]
    with django_assert_num_queries(13):
        moderator_client.get(address(comment))
    for other in _busy(20):
        moderation.remove(other, by=moderator, reason="other")
    with django_assert_num_queries(13):
        moderator_client.get(address(comment))


# Marks in the text ----------------------------------------------------------------------


def _marked_comment(body: str, findings: list[Finding]) -> Any:
    """As much of a comment as the filter looks at."""
    return SimpleNamespace(
        body=body, guarded_body=body, findings=SimpleNamespace(all=lambda: findings)
    )


def _plain(html: str) -> str:
    without_labels = re.sub(r"<small[^>]*>.*?</small>", "", html)
    return unescape(re.sub(r"<[^>]*>", "", without_labels))


@st.composite
def _marked_texts(draw):
    body = draw(st.text(alphabet=st.sampled_from("ab<>&\"'\n é😀"), min_size=1, max_size=60))
    spans = st.tuples(st.integers(0, len(body)), st.integers(0, len(body)))
    findings = [
        Finding(type=draw(st.sampled_from(FindingType)), start=min(span), end=max(span), score=0.5)
        for span in draw(st.lists(spans, max_size=8))
    ]
    return _marked_comment(body, findings)


@given(_marked_texts())
def test_marking_loses_adds_and_lets_through_nothing(comment):
    html = marked(comment)
    assert _plain(html) == comment.body
    tags = re.findall(r"</?(\w+)", html)
    assert set(tags) <= {"p", "br", "mark", "small"}
    open_tags: list[str] = []
    for closing, tag in re.findall(r"<(/?)(p|mark|small)\b", html):
        if closing:
            assert open_tags.pop() == tag
        else:
            open_tags.append(tag)
    assert open_tags == []


@given(_marked_texts())
def test_every_marked_character_lies_in_a_finding_and_the_other_way_round(comment):
    html = re.sub(r"<small[^>]*>.*?</small>", "", marked(comment))
    html = html.replace("<mark", "\x01<mark").replace("</mark>", "</mark>\x02")
    inside, seen = False, []
    for character in unescape(re.sub(r"<[^>]*>", "", html)):
        if character in "\x01\x02":
            inside = character == "\x01"
        else:
            seen.append(inside)
    for position, is_marked in enumerate(seen):
        covered = any(f.start <= position < f.end for f in comment.findings.all())
        if comment.body[position] != "\n":
            assert is_marked == covered


def test_overlapping_marks_are_cut_at_their_borders_and_named_where_they_end():
    enquiry = Finding(type=FindingType.CASE_ENQUIRY, start=0, end=26, score=0.8)
    phone = Finding(type=FindingType.PHONE, start=8, end=16, score=0.9)
    assert marked(_marked_comment("Call me 555-0147 about him", [enquiry, phone])) == (
        '<p><mark class="mark mark--case_enquiry" title="case enquiry">Call me </mark>'
        '<mark class="mark mark--personal_information" title="case enquiry, phone number">555-0147'
        '<small class="mark__label">phone number</small></mark>'
        '<mark class="mark mark--case_enquiry" title="case enquiry"> about him'
        '<small class="mark__label">case enquiry</small></mark></p>'
    )


def test_a_mark_over_two_paragraphs_is_opened_again():
    hate = Finding(type=FindingType.HATE, start=2, end=8, score=0.8)
    assert marked(_marked_comment("ab cd\n\nef", [hate])) == (
        '<p>ab<mark class="mark mark--hate" title="hate speech"> cd</mark></p>\n\n<p>'
        '<mark class="mark mark--hate" title="hate speech">e'
        '<small class="mark__label">hate speech</small></mark>f</p>'
    )


# The handbook ---------------------------------------------------------------------------


HANDBOOK = Path(django_settings.BASE_DIR) / "docs" / "moderation.md"


@pytest.mark.parametrize("reason", Reason)
def test_the_handbook_gives_every_reason_with_the_words_its_author_reads(reason):
    text = " ".join(HANDBOOK.read_text(encoding="utf-8").split())
    assert f"`{reason}`" in text
    assert reason.public_wording in text


@pytest.mark.parametrize(("queue", "label"), QUEUES)
def test_the_handbook_explains_every_queue(queue, label):
    text = HANDBOOK.read_text(encoding="utf-8")
    assert f"`{queue}`" in text
    assert str(label) in text


def test_a_number_in_the_name_is_offered_for_the_cut_and_gone_from_the_page(
    client, moderator_client
):
    comment = make_comment(name="Jo 555-0147", body="I saw it.", status=Status.WAITING, queue="pii")
    make_finding(comment, "555-0147", field="name")
    page = moderator_client.get(f"/moderation/comments/{comment.pk}/")
    assert "in the name:" in page.content.decode()
    address = f"/moderation/comments/{comment.pk}/decide/"
    moderator_client.post(address, {"decision": "approve_redacted", "version": comment.version})
    for public in (
        comment.article.get_absolute_url(),
        f"{comment.article.get_absolute_url()}feed/",
    ):
        html = client.get(public).content.decode()
        assert "Jo [phone number removed]" in html
        assert "555-0147" not in html


def test_a_comment_whose_text_is_gone_offers_no_undo(moderator, moderator_client):
    comment = make_comment(status=Status.WAITING)
    moderation.remove(comment, by=moderator, reason="other")
    Comment.objects.filter(pk=comment.pk).update(body="", name="")
    page = moderator_client.get(f"/moderation/comments/{comment.pk}/").content.decode()
    assert "(name erased)" in page
    assert 'value="undo"' not in page


def test_the_overview_says_that_screening_is_down_and_health_stays_up(
    client, moderator_client, settings
):
    settings.SCREENER = "tests.comments.screeners.ends_the_program"
    page = moderator_client.get("/moderation/").content.decode()
    assert "Screening is not whole" in page
    assert "The screener stopped with BrokenOffError." in page
    assert client.get("/healthz").status_code == 200


def test_a_detector_that_is_down_is_asked_once_a_minute_and_its_repair_is_seen_soon(
    moderator_client, settings, monkeypatch
):
    def page():
        return moderator_client.get("/moderation/").content.decode()

    settings.SCREENER = "tests.comments.screeners.raises"
    screeners.SEEN.clear()
    assert all("Screening is not whole" in page() for _time in range(3))
    assert len(screeners.SEEN) == 1
    settings.SCREENER = "tests.comments.screeners.finds_nothing"
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    assert "Screening is not whole" not in page()
    page()
    assert len(screeners.SEEN) == 2


def test_the_overview_does_without_a_cache(moderator_client, settings, monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionError

    settings.SCREENER = "tests.comments.screeners.raises"
    monkeypatch.setattr(cache, "get", away)
    assert "Screening is not whole" in moderator_client.get("/moderation/").content.decode()


def test_the_words_that_carry_a_hateful_comment_stand_out_on_its_own_page(moderator_client):
    body = "Good morning. Immigrants are vermin and should be exterminated, all of them."
    comment = make_comment(body=body, status=Status.WAITING, queue="hate")
    make_finding(comment, body[14:], type=FindingType.HATE, because="Reads so.")
    page = moderator_client.get(f"/moderation/comments/{comment.pk}/").content.decode()
    assert re.search(r'<mark class="[^"]*mark--carries"[^>]*>Immigrants', page)
    assert "The words that carry it:" in page
    queue = moderator_client.get("/moderation/hate/").content.decode()
    assert "mark--carries" not in queue


@pytest.mark.parametrize(
    ("queue", "reason", "suggests"),
    [("cases", "case_enquiry", False), ("spam", "advertising", False), ("general", None, True)],
)
def test_a_queue_offers_what_mostly_comes_of_it(moderator_client, queue, reason, suggests):
    comment = make_comment(status=Status.WAITING, queue=queue)
    page = moderator_client.get(f"/moderation/comments/{comment.pk}/").content.decode()
    usual = re.search(r'name="reason" value="(\w+)"[^>]* data-usual', page)
    assert (usual and usual[1]) == reason
    # Nobody gets a reason that nobody chose.
    assert not re.search(r'name="reason"[^>]* checked', page)
    approve = re.search(r'<button class="([^"]*)"[^>]*value="approve"', page)
    assert approve
    assert ("main" in approve[1].split()) is suggests


def test_a_removed_comment_says_why_in_the_list_of_all(moderator, moderator_client):
    moderation.remove(make_comment(), by=moderator, reason="off_topic")
    page = moderator_client.get("/moderation/all/?state=removed").content.decode()
    assert re.search(r"Removed[^<]*Off topic", page)


def test_what_was_cut_from_a_name_does_not_come_back_in_a_list(moderator_client, moderator):
    comment = make_comment(name="Lee 602-555-0147", status=Status.WAITING, queue="pii")
    make_finding(comment, "602-555-0147", field="name")
    moderation.approve_redacted(comment, by=moderator)
    page = moderator_client.get("/moderation/").content.decode()
    assert "Lee [phone number removed] on" in page
    assert "0147" not in without_chance(page)
