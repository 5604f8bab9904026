"""Stories of an article: written, published, scheduled, revised, withdrawn, put back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles import publishing
from articles.models import Article, Publication, Revision
from tests.builders import make_topic, make_user, make_work

pytestmark = pytest.mark.django_db

State = Article.State


def draft(by=None, article=None, **content):
    kind = content.pop("kind", Article.Kind.POST)
    slug = content.pop("slug", "")
    base = content.pop("base", None)
    content = {"headline": "What the tape shows", "body": "<p>Eleven seconds.</p>"} | content
    return publishing.save_draft(article, by=by, content=content, kind=kind, slug=slug, base=base)


def actions(article):
    return [entry.action for entry in article.publications.order_by("pk")]


def test_a_draft_names_its_writer_and_is_not_public(editor):
    revision = draft(editor, body="<p>Eleven <b>seconds</b>.</p><script>x</script>")
    article = revision.article
    assert article.state == State.DRAFT
    assert article.slug == "what-the-tape-shows"
    assert revision.saved_by == editor
    assert revision.body == article.body == "<p>Eleven <strong>seconds</strong>.</p>"
    assert article.plain_text == "Eleven seconds."
    assert revision.sanitizer_version == article.sanitizer_version != ""
    assert not Article.objects.published().filter(pk=article.pk).exists()


def test_while_it_was_never_public_an_article_mirrors_its_newest_draft(editor):
    article = draft(editor).article
    draft(editor, article, headline="A better headline", slug="better")
    article.refresh_from_db()
    assert (article.headline, article.slug) == ("A better headline", "better")
    assert article.revisions.count() == 2


def test_saving_without_a_change_adds_no_revision(editor):
    first = draft(editor)
    assert draft(editor, first.article) == first
    assert first.article.revisions.count() == 1


def test_publishing_shows_the_revision_and_writes_the_history(editor):
    revision = draft(editor, topic=make_topic())
    entry = publishing.publish(revision, by=editor)
    article = Article.objects.published().get(pk=revision.article_id)
    assert article.topic == make_topic()
    assert (entry.action, entry.by, entry.revision) == ("published", editor, revision)
    assert entry.effective_at == article.published_at


def test_a_scheduled_article_joins_by_itself_when_its_time_comes(editor):
    at = timezone.now() + timedelta(days=7)
    revision = draft(editor)
    entry = publishing.publish(revision, by=editor, at=at)
    article = entry.article
    assert (article.state, entry.action, entry.effective_at) == (State.SCHEDULED, "scheduled", at)
    assert not Article.objects.published().filter(pk=article.pk).exists()
    with time_machine.travel(at + timedelta(seconds=1)):
        assert Article.objects.published().filter(pk=article.pk).exists()


def test_a_scheduled_article_goes_out_as_it_was_scheduled_whatever_is_drafted_since(editor):
    revision = draft(editor)
    publishing.publish(revision, by=editor, at=timezone.now() + timedelta(days=7))
    draft(editor, revision.article, headline="Not yet agreed on")
    revision.article.refresh_from_db()
    assert revision.article.headline == "What the tape shows"


def test_a_scheduled_article_can_be_moved_or_published_at_once(editor):
    revision = draft(editor)
    later = timezone.now() + timedelta(days=9)
    publishing.publish(revision, by=editor, at=timezone.now() + timedelta(days=7))
    assert publishing.publish(revision, by=editor, at=later).article.published_at == later
    assert publishing.publish(revision, by=editor).article.state == State.PUBLISHED
    assert actions(revision.article) == ["scheduled", "scheduled", "published"]


def test_taking_a_scheduled_article_back_makes_it_a_draft_again(editor):
    revision = draft(editor)
    publishing.publish(revision, by=editor, at=timezone.now() + timedelta(days=7))
    draft(editor, revision.article, headline="Later words")
    entry = publishing.withdraw(revision.article, by=editor)
    assert entry.action == "withdrawn"
    assert (entry.article.state, entry.article.headline) == (State.DRAFT, "Later words")


def test_a_revision_of_a_live_article_waits_for_publishing_and_then_goes_out_at_once(editor):
    revision = draft(editor)
    publishing.publish(revision, by=editor, at=timezone.now() - timedelta(days=30))
    first_published = Article.objects.get(pk=revision.article_id).published_at
    second = draft(editor, revision.article, headline="What the tape really shows")
    article = Article.objects.get(pk=revision.article_id)
    assert article.headline == "What the tape shows"
    entry = publishing.publish(second, by=editor)
    article.refresh_from_db()
    assert article.headline == "What the tape really shows"
    assert (entry.action, article.published_at) == ("revised", first_published)
    assert article.revised_at == entry.effective_at
    assert article.is_published


def test_a_revision_of_a_live_article_cannot_be_scheduled(editor):
    revision = draft(editor)
    publishing.publish(revision, by=editor)
    with pytest.raises(publishing.NotPossible):
        publishing.publish(revision, by=editor, at=timezone.now() + timedelta(days=1))
    assert actions(revision.article) == ["published"]


def test_the_address_stays_once_an_article_was_published(editor):
    revision = draft(editor)
    publishing.publish(revision, by=editor)
    draft(editor, revision.article, headline="Other", slug="other")
    revision.article.refresh_from_db()
    assert revision.article.slug == "what-the-tape-shows"


def test_a_withdrawn_article_comes_back_as_it_last_stood(editor):
    revision = draft(editor)
    publishing.publish(revision, by=editor)
    publishing.withdraw(revision.article, by=editor)
    assert not Article.objects.published().filter(pk=revision.article_id).exists()
    draft(editor, revision.article, headline="Words nobody published")
    entry = publishing.restore(revision.article, by=editor)
    assert entry.revision == revision
    assert Article.objects.published().get(pk=revision.article_id).headline == revision.headline
    assert actions(revision.article) == ["published", "withdrawn", "restored"]


def test_publishing_a_withdrawn_article_keeps_its_first_date(editor):
    revision = draft(editor)
    first_date = timezone.now() - timedelta(days=30)
    publishing.publish(revision, by=editor, at=first_date)
    publishing.withdraw(revision.article, by=editor)
    second = draft(editor, revision.article, headline="Corrected")
    entry = publishing.publish(second, by=editor)
    article = Article.objects.published().get(pk=revision.article_id)
    assert (entry.action, article.headline) == ("published", "Corrected")
    assert article.published_at == first_date
    assert article.revised_at is not None


@pytest.mark.parametrize("flow", [publishing.withdraw, publishing.restore])
def test_a_draft_can_be_neither_withdrawn_nor_put_back(editor, flow):
    article = draft(editor).article
    with pytest.raises(publishing.NotPossible):
        flow(article, by=editor)
    assert actions(article) == []


def test_an_older_revision_becomes_the_newest_draft_and_nothing_is_lost(editor):
    first = draft(editor)
    second = draft(editor, first.article, headline="Second thoughts")
    other = make_user("other-editor", "Editors")
    again = publishing.restore_revision(first, by=other)
    assert (again.headline, again.saved_by) == (first.headline, other)
    assert list(first.article.revisions.order_by("pk")) == [first, second, again]
    assert publishing.restore_revision(again, by=other) == again


def test_of_two_editors_the_second_is_told_and_overwrites_nothing(editor):
    first = draft(editor)
    theirs = draft(editor, first.article, headline="Theirs", base=first.pk)
    with pytest.raises(publishing.Outdated) as told:
        draft(editor, first.article, headline="Mine", base=first.pk)
    assert told.value.newest == theirs
    assert list(first.article.revisions.order_by("pk")) == [first, theirs]
    mine = draft(editor, first.article, headline="Mine", base=theirs.pk)
    assert first.article.revisions.first() == mine


def test_two_articles_with_one_headline_get_two_addresses(editor):
    assert [draft(editor).article.slug for _each in range(3)] == [
        "what-the-tape-shows",
        "what-the-tape-shows-2",
        "what-the-tape-shows-3",
    ]
    assert draft(editor, headline="证词").article.slug
    assert len(draft(editor, headline="a" * 160).article.slug) <= 120
    assert len(draft(editor, headline="a" * 160).article.slug) <= 120


def test_a_review_carries_its_work_into_public(editor):
    revision = draft(editor, kind="review", work=make_work(), verdict="Watch it.")
    article = publishing.publish(revision, by=editor).article
    assert article.is_review
    assert (article.work, article.verdict) == (make_work(), "Watch it.")


def test_a_page_takes_no_comments(editor):
    article = draft(editor, kind="page").article
    assert not article.comments_open
    with pytest.raises(publishing.NotPossible):
        publishing.set_comments(article, by=editor, changes={"comments_open": True})


def test_comment_settings_take_effect_at_once_and_change_no_text(editor):
    revision = draft(editor)
    publishing.publish(revision, by=editor)
    close_at = timezone.now() + timedelta(days=30)
    changes = {"comments_close_at": close_at, "comment_mode": "all"}
    publishing.set_comments(revision.article, by=editor, changes=changes)
    article = Article.objects.get(pk=revision.article_id)
    assert (article.comments_close_at, article.comment_mode) == (close_at, "all")
    assert article.accepts_comments
    publishing.set_comments(article, by=editor, changes={"comments_open": False})
    article = Article.objects.get(pk=revision.article_id)
    assert not article.accepts_comments
    assert article.comment_mode == "all"
    assert article.revisions.count() == 1


def test_nobody_is_an_author_too_for_pages_that_come_with_the_installation():
    revision = draft(None, kind="page")
    entry = publishing.publish(revision, by=None)
    assert (revision.saved_by, entry.by) == (None, None)


def test_a_revision_and_its_history_stay_as_they_were(editor):
    first = draft(editor)
    entry = publishing.publish(first, by=editor)
    kept = (Revision.objects.filter(pk=first.pk), Publication.objects.filter(pk=entry.pk))
    before = [rows.values().get() for rows in kept]
    second = draft(editor, first.article, headline="Second")
    publishing.publish(second, by=editor)
    publishing.withdraw(first.article, by=editor)
    publishing.restore(first.article, by=editor)
    assert [rows.values().get() for rows in kept] == before


def test_an_older_text_is_cleaned_by_the_rules_of_today(editor):
    old = draft(editor)
    Revision.objects.filter(pk=old.pk).update(
        body="<p>Then.</p><video>now forbidden</video>", sanitizer_version="rules of another time"
    )
    old.refresh_from_db()
    publishing.publish(old, by=editor)
    article = Article.objects.get(pk=old.article_id)
    assert "<video>" not in article.body
    again = publishing.restore_revision(old, by=editor)
    assert "<video>" not in again.body
    assert again.sanitizer_version == article.sanitizer_version
