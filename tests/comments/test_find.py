"""Narrowing a list, and finding a comment by its words or its author."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from comments import intake
from comments.models import AddressSearch, Comment, Status
from comments.screening import FindingType
from tests.builders import make_article, make_comment, make_finding

pytestmark = pytest.mark.django_db


def shown(page) -> list[int]:
    return [int(pk) for pk in re.findall(r'id="comment-(\d+)"', page.content.decode())]


def waiting(**values) -> Comment:
    return make_comment(status=Status.WAITING, queue="pii", **values)


@pytest.fixture
def three():
    """One below another article, one with a phone number, one in Spanish; oldest first."""
    now = timezone.now()
    article = make_article(headline="The second tape")
    other = waiting(article=article, language="en", created_at=now - timedelta(hours=3))
    phone = waiting(body="Call 555-0147.", language="en", created_at=now - timedelta(hours=2))
    make_finding(phone, "555-0147")
    make_finding(other, type=FindingType.PHONE, score=0.1)
    spanish = waiting(language="es", created_at=now - timedelta(hours=1))
    return other, phone, spanish


# Narrowing a list -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/moderation/pii/", "/moderation/all/"])
def test_a_list_is_narrowed_to_an_article_a_finding_or_a_language(moderator_client, three, path):
    other, phone, spanish = three
    for query, comment in [
        ({"article": other.article_id}, other),
        ({"finding": "PHONE"}, phone),
        ({"language": "es"}, spanish),
        ({"language": "en", "finding": "PHONE"}, phone),
    ]:
        page = moderator_client.get(path, query)
        assert shown(page) == [comment.pk]
        assert page.content.decode().count(" selected>") >= len(query)
    nothing = moderator_client.get(path, {"language": "es", "finding": "PHONE"})
    assert "No comments here." in nothing.content.decode()


@pytest.mark.parametrize("odd", ["x", "²", "9" * 30, "-1", "'"])
def test_odd_filters_are_answered_with_all(moderator_client, three, odd):
    for name in ("article", "finding", "language"):
        assert len(shown(moderator_client.get("/moderation/pii/", {name: odd}))) == 3


def test_the_work_goes_on_within_what_was_chosen(moderator_client):
    now = timezone.now()
    first, _other, last = [
        waiting(language=language, created_at=now - timedelta(hours=hours))
        for language, hours in [("es", 3), ("en", 2), ("es", 1)]
    ]
    listed = moderator_client.get("/moderation/pii/?language=es").content.decode()
    address = f"{reverse('comments:show', args=[first.pk])}?language=es"
    assert f'href="{address}"' in listed
    page = moderator_client.get(address).content.decode()
    following = reverse("comments:show", args=[last.pk])
    assert f'rel="next" href="{following}?language=es"' in page
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    data = {"decision": "approve", "version": 1, "next": form["next"], "back": form["back"]}
    answer = moderator_client.post(reverse("comments:decide", args=[first.pk]), data)
    assert answer.url.startswith(f"{following}?language=es&decided=")


def test_pages_keep_what_was_chosen(moderator_client):
    for _number in range(26):
        waiting(language="es")
    page = moderator_client.get("/moderation/pii/?language=es").content.decode()
    [following] = {*re.findall(r'rel="next" href="([^"]*)"', page)}
    assert "language=es" in unescape(following)
    assert len(shown(moderator_client.get(f"/moderation/pii/{unescape(following)}"))) == 1


def test_a_comment_keeps_its_language_from_the_day_it_comes_in():
    article = make_article()
    for body, language in [
        ("He was in prison for years because of them.", "en"),
        ("Mi hermano está en la cárcel y no tiene abogado.", "es"),
    ]:
        comment = intake.receive(article=article, name="Jo", email="jo@example.org", body=body)
        assert Comment.objects.get(pk=comment.pk).language == language


# Finding a comment ----------------------------------------------------------------------


def find(client, **fields):
    return client.post("/moderation/find/", fields)


def test_a_comment_is_found_by_words_of_its_text_and_its_authors_name(moderator_client):
    older = make_comment(name="Marguerite", body="The clerk knew every shelf.", status="removed")
    newer = make_comment(body="A shelf is a shelf.")
    make_comment(body="Nothing of the kind.")
    assert shown(find(moderator_client, words="SHELF")) == [newer.pk, older.pk]
    assert shown(find(moderator_client, words="shelf marguer")) == [older.pk]
    nothing = find(moderator_client, words="shelf football")
    assert nothing.status_code == 200
    assert "No comment was found." in nothing.content.decode()


def test_what_is_looked_for_stands_in_no_address(moderator_client):
    make_comment(body="The clerk knew every shelf.")
    page = find(moderator_client, words="clerk").content.decode()
    assert not re.search(r'(?:href|action)="[^"]*clerk', page)
    assert moderator_client.get("/moderation/find/?words=clerk").context["form"].data == {}


def test_the_next_ones_are_asked_for_with_the_same_words(moderator_client):
    for _number in range(26):
        make_comment(body="The clerk knew every shelf.")
    page = find(moderator_client, words="shelf")
    [after] = re.findall(r'name="after" value="(\d+)"', page.content.decode())
    assert len(shown(page)) == 25
    assert len(shown(find(moderator_client, words="shelf", after=after))) == 1


def test_guarded_characters_are_not_found_by_guessing(moderator_client):
    comment = make_comment(body="My number is 078-05-1120, he said.")
    make_finding(comment, "078-05-1120", type=FindingType.SSN)
    assert shown(find(moderator_client, words="078")) == []
    assert shown(find(moderator_client, words="he said")) == [comment.pk]


def test_nothing_to_look_for_is_said_beside_the_field(moderator_client, lead_client):
    for client, says in [
        (moderator_client, "This field is required."),
        (lead_client, "Say what to look for."),
    ]:
        answer = find(client, words=" ")
        assert answer.status_code == 422
        assert says in answer.content.decode()


def test_an_address_is_looked_for_by_permission_and_that_is_kept(
    moderator_client, lead_client, lead
):
    email = "author@example.org"
    comment = make_comment(email=email, author_digest=intake.author_digest(email))
    make_comment(author_digest=intake.author_digest("other@example.org"))
    assert 'name="email"' not in moderator_client.get("/moderation/find/").content.decode()
    assert find(moderator_client, email=email).status_code == 403
    assert not AddressSearch.objects.exists()
    assert shown(find(lead_client, email="Author@Example.org ")) == [comment.pk]
    assert find(lead_client, email="no address").status_code == 422
    look = AddressSearch.objects.get()
    assert (look.by, look.comment) == (lead, comment)
    page = moderator_client.get(reverse("comments:show", args=[comment.pk])).content.decode()
    assert re.search(r"Looked for this author's comments by e-mail.*?by lead", page, re.DOTALL)


def test_the_words_and_the_address_narrow_each_other(lead_client):
    digest = intake.author_digest("author@example.org")
    found = make_comment(body="The clerk knew every shelf.", author_digest=digest)
    make_comment(body="Nothing of the kind.", author_digest=digest)
    make_comment(body="Another shelf.")
    answer = find(lead_client, words="shelf", email="author@example.org")
    assert shown(answer) == [found.pk]


# What it costs --------------------------------------------------------------------------


def test_queues_and_lists_begin_in_the_middle_of_an_index():
    """Whatever the size: the plan is one search of one index, and nothing is sorted."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole; benchmarks/measure_desk.py measures it")
    place = Comment.objects.get(pk=waiting().pk)
    queue = Comment.objects.in_queue("pii").behind(place.place_in_lane)[:26]
    newest = Comment.objects.order_by("-created_at", "-pk").behind((place.created_at, place.pk))
    of_state = newest.filter(status="removed")[:26]
    of_article = newest.filter(article=place.article_id)[:26]
    for queryset, index in [
        (Comment.objects.waiting()[:1], r"comment_waiting \(status=\?"),
        (queue, r"comment_queue \(status=\? AND queue=\? AND \(rank,created_at"),
        (newest[:26], r"comment_newest_first \(created_at<"),
        (of_state, r"comment_newest_of_state \(status=\? AND created_at<"),
        (of_article, r"comment_newest_of_article \(article_id=\? AND created_at<"),
    ]:
        plan = queryset.explain()
        assert re.search(index, plan), plan
        assert "TEMP B-TREE" not in plan


def test_lists_need_no_more_queries_when_they_are_narrowed(
    moderator_client, django_assert_max_num_queries, three
):
    for _number in range(30):
        waiting(parent=make_comment(), language="en")
    place = Comment.objects.in_queue("pii")[4].pk
    with django_assert_max_num_queries(12):
        moderator_client.get(f"/moderation/pii/?language=en&finding=&article=&after={place}")
    with django_assert_max_num_queries(12):
        moderator_client.post("/moderation/find/", {"words": "silence"})
