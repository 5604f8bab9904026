"""Which waiting comments are alike, and what becomes of the traits that say so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comments import alike, authors, intake, moderation, traits
from comments.models import Comment, Lease, Likeness, Status, Trait
from comments.screening import FindingType
from tests.builders import make_article, make_comment, make_finding
from tests.comments import screeners

pytestmark = pytest.mark.django_db

OFFER = (
    "Our team of lawyers opens closed cases within thirty days. Pay half now and half when your "
    "brother walks out, no questions asked, all states, all courts."
)
SHOP = "Read https://www.pills.example/offer?id=7 now."


def waiting(**values) -> Comment:
    comment = make_comment(**({"status": Status.WAITING, "queue": "spam"} | values))
    traits.remember(comment)
    return comment


def group_of(comment: Comment, moderator, **options) -> Any:
    shown = alike.with_candidates(Comment.objects.filter(pk=comment.pk))
    return alike.groups(shown, by=moderator, **options).get(comment.pk)


def likenesses(comment: Comment, moderator) -> dict[int, tuple[str, ...]]:
    group = group_of(comment, moderator)
    return {m.comment.pk: m.likenesses for m in group.members} if group else {}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("So true!", "so  TRUE", (Likeness.TEXT,)),
        ("So true!", "So false!", ()),
        ("👍👍", "👍👍", (Likeness.TEXT,)),
        ("👍👍", "👎", ()),
        (OFFER, OFFER.replace("brother", "sister"), (Likeness.NEAR,)),
        (OFFER, f"Hello everybody here! {OFFER} Greetings from Jay.", (Likeness.NEAR,)),
        (OFFER, "I pay half my wage to lawyers, and my brother is in no way closer to home.", ()),
        (SHOP, "HTTP://pills.example/offer/ is where I buy.", (Likeness.LINK,)),
        (SHOP, "See pills.example/offer, it is good.", (Likeness.LINK,)),
        (SHOP, "See https://pills.example/other too.", ()),
        ("Write to a@pills.example/x please.", "Or to b@pills.example/x instead.", ()),
        ("I was there.I know.", "We went there.i think so too.", ()),
        ("Nobody listened to him. Ever.", "The second tape changes all of it.", ()),
    ],
)
def test_texts_are_alike_word_for_word_nearly_or_by_their_links(moderator, one, other, expected):
    shown, second = waiting(body=one), waiting(body=other)
    assert likenesses(shown, moderator) == ({second.pk: expected} if expected else {})
    assert likenesses(second, moderator) == ({shown.pk: expected} if expected else {})


def test_texts_that_only_share_a_digest_are_not_nearly_the_same(moderator):
    shown, other = waiting(body=OFFER), waiting(body="The second tape changes all of it.")
    shared = shown.traits.filter(likeness=Likeness.NEAR)[0].value
    Trait.objects.create(comment=other, likeness=Likeness.NEAR, value=shared)
    assert group_of(shown, moderator) is None


def test_a_link_to_our_own_site_makes_nothing_alike(moderator, settings):
    settings.SITE_URL = "https://www.center.example"
    shown = waiting(body="As https://center.example/news/tapes/ says.")
    waiting(body="Why does center.example/news/tapes/ not name him?")
    assert group_of(shown, moderator) is None


def test_comments_of_one_author_are_alike_and_the_closest_come_first(moderator):
    digest = intake.author_digest("jay@example.org")
    shown = waiting(body=OFFER, author_digest=digest)
    by_author = waiting(body="Something else.", author_digest=digest)
    same = waiting(body=OFFER.upper(), author_digest=digest)
    waiting(body="Another voice.", author_digest=intake.author_digest("kim@example.org"))
    assert likenesses(shown, moderator) == {
        same.pk: (Likeness.TEXT, Likeness.AUTHOR),
        by_author.pk: (Likeness.AUTHOR,),
    }
    assert next(iter(likenesses(shown, moderator))) == same.pk
    assert group_of(shown, moderator).summary == (
        "2 alike are waiting: 1 with the same text, 1 by the same author"
    )


def test_what_is_ticked_is_close_and_nobody_is_at_it(moderator, other_moderator):
    shown = waiting(body=f"{OFFER} {SHOP}", author_digest="a" * 64)
    same = waiting(body=f"{OFFER} {SHOP}")
    near = waiting(body=f"{OFFER} {SHOP} Now.")
    link = waiting(body="Best: pills.example/offer")
    elsewhere = waiting(body="I saw pills.example/offer and wept.", queue="general")
    author = waiting(body="Hello.", author_digest="a" * 64)
    urgent = waiting(body=f"{OFFER} {SHOP}", is_urgent=True)
    opened = waiting(body=f"{OFFER} {SHOP}")
    Lease.objects.create(comment=opened, by=other_moderator)
    doubted = waiting(body=f"{OFFER} {SHOP}")
    moderation.pass_on(doubted, by=other_moderator, note="Is this a joke on them?")
    members = {member.comment: member for member in group_of(shown, moderator).members}
    assert set(members) == {same, near, link, elsewhere, author, urgent, opened, doubted}
    assert {one for one, member in members.items() if member.is_ticked} == {same, near, link}
    assert members[opened].open_with == "other-moderator"
    assert members[doubted].is_passed_on


def test_nothing_is_alike_to_somebody_in_distress_or_to_what_is_decided(moderator):
    urgent = waiting(body=OFFER, is_urgent=True)
    decided = waiting(body=OFFER)
    moderation.remove(decided, by=moderator, reason="advertising")
    assert group_of(urgent, moderator) is None
    assert group_of(decided, moderator) is None


def test_what_was_ticked_stays_so_on_a_page_that_comes_again(moderator):
    shown, same, other = waiting(body=OFFER), waiting(body=OFFER), waiting(body=OFFER)
    group = group_of(shown, moderator, sent=frozenset({f"{other.pk}:1"}))
    assert [member.comment for member in group.ticked] == [other]
    assert same in [member.comment for member in group.members]
    assert (group.all, group.out) == (2, 2)


def test_a_flood_makes_no_group_larger(moderator, monkeypatch):
    monkeypatch.setattr(alike, "MOST", 3)
    flood = [waiting(body=OFFER) for _number in range(6)]
    group = group_of(flood[-1], moderator)
    assert [member.comment for member in group.members] == flood[:3]
    assert group.is_more
    assert group.summary.startswith("More than 3 alike are waiting")


def test_a_group_costs_one_query_however_many_are_shown(moderator, django_assert_num_queries):
    for _number in range(12):
        waiting(body=OFFER, author_digest="a" * 64)
    waiting(body="Alone.")
    with django_assert_num_queries(2):
        shown = list(alike.with_candidates(Comment.objects.waiting()))
        assert len(alike.groups(shown, by=moderator)) == 12
    alone = alike.with_candidates(Comment.objects.filter(body="Alone."))
    with django_assert_num_queries(1):
        assert alike.groups(list(alone), by=moderator) == {}


# What goes out unread ---------------------------------------------------------------------


def test_only_the_very_same_characters_without_any_other_finding_go_out_together():
    shown = make_comment(body="Call 555-0147 now.")
    make_finding(shown, "555-0147")
    same = make_comment(body=shown.body, name=shown.name)
    make_finding(same, "555-0147")
    assert alike.goes_out_with(same, shown)
    assert not alike.goes_out_with(make_comment(body="Call 555-0147, now."), shown)
    assert not alike.goes_out_with(make_comment(body=shown.body, is_urgent=True), shown)
    make_finding(same, type=FindingType.SPAM, start=0, end=0)  # that the text came before
    assert alike.goes_out_with(Comment.objects.get(pk=same.pk), shown)
    make_finding(same, type=FindingType.FAULT, start=0, end=0)
    assert not alike.goes_out_with(Comment.objects.get(pk=same.pk), shown)


def test_what_was_found_in_another_name_goes_out_with_nothing():
    shown = make_comment(name="Jo 555-0147")
    other = make_comment(name="Al 555-0148")
    make_finding(shown, "555-0147", field="name")
    make_finding(other, "555-0148", field="name")
    assert not alike.goes_out_with(other, shown)
    twin = make_comment(name="Jo 555-0147")
    make_finding(twin, "555-0147", field="name")
    assert alike.goes_out_with(twin, shown)


# Traits -----------------------------------------------------------------------------------


def test_traits_come_with_a_waiting_comment_and_go_with_its_decision(moderator, settings):
    settings.SCREENER = f"{screeners.__name__}.finds_nothing"
    settings.COMMENT_MODE = "all"
    comment = intake.receive(
        article=make_article(), name="Jay", email="jay@example.org", body=f"{OFFER} {SHOP}"
    )
    kinds = [trait.likeness for trait in comment.traits.all()]
    assert kinds == sorted(["text", "link", "author", *["near"] * 6], key=kinds.index)
    decision = moderation.remove(comment, by=moderator, reason="advertising")
    assert not Trait.objects.exists()
    moderation.undo(decision, by=moderator)
    assert comment.traits.count() == 9


def test_a_comment_that_is_published_at_once_has_none(settings):
    settings.SCREENER = f"{screeners.__name__}.finds_nothing"
    settings.COMMENT_MODE = "flagged"
    intake.receive(article=make_article(), name="Jay", email="jay@example.org", body=OFFER)
    assert not Trait.objects.exists()


def test_an_edit_renews_them(moderator, settings):
    settings.SCREENER = f"{screeners.__name__}.finds_nothing"
    shown = waiting(body=OFFER)
    edited = waiting(body="Hello there.", created_at=timezone.now() - timedelta(minutes=1))
    assert group_of(shown, moderator) is None
    authors.edit(edited, intake.preview_edit(edited, OFFER), version=1)
    assert likenesses(shown, moderator) == {edited.pk: (Likeness.TEXT,)}


def test_another_screening_gives_them_to_comments_from_before_there_were_any(moderator, settings):
    settings.SCREENER = f"{screeners.__name__}.finds_nothing"
    settings.COMMENT_MODE = "all"
    comments = [make_comment(body=OFFER, status=Status.WAITING) for _number in range(2)]
    for comment in comments:
        assert intake.screen_again(comment) is not None
    assert likenesses(comments[0], moderator) == {comments[1].pk: (Likeness.TEXT,)}


def test_a_trait_cannot_be_worked_out_without_the_key(settings):
    value = waiting(body="Thank you.").traits.get(likeness="text").value
    settings.SECRET_KEY = "another " * 8
    assert waiting(body="Thank you.").traits.get(likeness="text").value != value


@given(st.text(max_size=200))
def test_any_text_is_alike_to_itself_and_has_few_traits(body):
    one, other = Comment(body=body), Comment(body=body)
    first, second = (
        {(trait.likeness, trait.value) for trait in traits.traits_of(comment)}
        for comment in (one, other)
    )
    assert first == second
    assert len(first) <= 1 + 6 + 3
    assert all(-(2**63) <= value < 2**63 for _likeness, value in first)
