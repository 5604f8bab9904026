"""A name that a moderator knows to be public, and the comments that waited for it alone."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from articles import publishing
from articles.models import Publication
from comments import intake, moderation, public_names
from comments.models import Comment, Decision, Notice, Status
from tests.builders import make_article, make_comment, make_finding

pytestmark = pytest.mark.django_db

NAME = "Odell Brannigan"
TEXT = f"We all know {NAME} tried to stop it."


@pytest.fixture(autouse=True)
def _flagged_only(settings):
    settings.COMMENT_MODE = "flagged"


@pytest.fixture
def article():
    return make_article(public_names="Ann Roe")


def held(article, body=TEXT, *others, **values) -> Comment:
    comment = make_comment(article, body=body, status=Status.WAITING, queue="pii", **values)
    make_finding(comment, NAME, type="PERSON_PRIVATE", score=0.7)
    for words, kind in others:
        make_finding(comment, words, type=kind)
    return comment


def press(client, comment, finding=None, **values):
    finding = finding or comment.findings.get(type="PERSON_PRIVATE")
    return client.post(
        reverse("comments:make-public", args=[comment.pk]),
        {"finding": finding.pk, "version": comment.version, "cuts_given": "1"} | values,
    )


def test_the_name_is_public_and_what_waited_for_it_alone_is_on_the_site(
    moderator_client, moderator, article
):
    here, other, third = held(article), held(article), held(article, f"{NAME}'s own words.")
    answer = press(moderator_client, here, note="Kept.")
    page = answer.content.decode()
    article.refresh_from_db()
    assert article.names == {"Ann Roe", NAME}
    assert answer.status_code == 200
    assert "2 other comments waited for it alone:" in page
    assert "Kept." in page
    assert "Public in this article" in page
    assert f'id="cut-{here.findings.get().pk}" data-place' in page
    for comment in (other, third):
        comment.refresh_from_db()
        decision = comment.decisions.get()
        assert comment.is_published
        assert (decision.action, decision.by) == ("approve", moderator)
        assert "makes public now" in decision.note
        assert NAME not in decision.note
        assert Notice.objects.filter(decision=decision).exists()
    here.refresh_from_db()
    assert here.is_waiting
    assert not here.decisions.exists()


def test_each_of_them_can_be_taken_back(moderator_client, moderator, article):
    here, other = held(article), held(article)
    press(moderator_client, here)
    decision = Decision.objects.get()
    moderator_client.post(
        reverse("comments:decide", args=[other.pk]),
        {"decision": "undo", "version": decision.version},
    )
    other.refresh_from_db()
    assert other.is_waiting


def test_what_needs_a_person_for_another_reason_goes_on_waiting(moderator, article, settings):
    here = held(article)
    phone = held(article, f"{TEXT} Call 555-0147.", ("555-0147", "PHONE"))
    another = held(article, f"{TEXT} So did Jo Lind.", ("Jo Lind", "PERSON_PRIVATE"))
    elsewhere = held(make_article())
    moved = held(article)
    moderation.move(moved, by=moderator, queue="hate")
    back = held(article)
    moderation.move(back, by=moderator, queue="hate")
    moderation.move(back, by=moderator, queue="pii")
    assert public_names.make_public(here.findings.get(), by=moderator).decisions == []
    for comment in (phone, another, elsewhere, moved, back):
        comment.refresh_from_db()
        assert comment.is_waiting


@pytest.mark.parametrize("mode", ["newcomers", "all"])
def test_what_a_person_reads_anyway_waits_among_everything_else(
    moderator_client, article, settings, mode
):
    settings.COMMENT_MODE = mode
    here, other = held(article), held(article)
    page = press(moderator_client, here).content.decode()
    other.refresh_from_db()
    assert "1 other comment waited for it alone:" in page
    assert "where a person reads it anyway" in page
    assert (other.is_waiting, other.queue) == (True, "general")
    assert [decision.action for decision in other.decisions.all()] == ["move"]


def test_more_than_a_request_can_take_wait_for_another_press(
    moderator_client, article, monkeypatch
):
    monkeypatch.setattr(public_names, "AT_ONCE", 2)
    here, *others = [held(article) for _ in range(6)]
    assert "3 more wait for it alone." in press(moderator_client, here).content.decode()
    page = press(moderator_client, here).content.decode()
    assert "1 more waits for it alone." in page
    assert f'name="finding" value="{here.findings.get().pk}"' in page
    assert "more" not in _toast(press(moderator_client, here))
    published = Comment.objects.filter(status=Status.PUBLISHED)
    assert set(published) == set(others)


def _toast(answer):
    return answer.content.decode().partition("let-out")[2].partition("</div>")[0]


def test_while_screening_is_down_nothing_goes_out(moderator, article, settings):
    here, other = held(article), held(article)
    settings.SCREENER = "tests.comments.screeners.raises"
    assert public_names.make_public(here.findings.get(), by=moderator).decisions == []
    other.refresh_from_db()
    assert other.is_waiting


def test_all_of_it_happens_or_nothing(moderator, article, monkeypatch):
    here = held(article)
    held(article)

    def fails(*_arguments, **_values):
        raise RuntimeError

    monkeypatch.setattr(moderation, "approve", fails)
    with pytest.raises(RuntimeError):
        public_names.make_public(here.findings.get(), by=moderator)
    article.refresh_from_db()
    assert article.names == {"Ann Roe"}


def test_what_somebody_else_decided_meanwhile_stands(
    moderator, other_moderator, article, monkeypatch
):
    here, other = held(article), held(article)
    looked = intake.needs_a_person

    def decided_meanwhile(comment, **values):
        moderation.remove(Comment.objects.get(pk=other.pk), by=other_moderator, reason="other")
        return looked(comment, **values)

    monkeypatch.setattr(intake, "needs_a_person", decided_meanwhile)
    assert public_names.make_public(here.findings.get(), by=moderator).decisions == []
    other.refresh_from_db()
    assert other.is_removed


def test_only_a_private_name_can_be_made_public(moderator_client, article):
    comment = held(article, f"{TEXT} Call 555-0147.", ("555-0147", "PHONE"))
    answer = press(moderator_client, comment, comment.findings.get(type="PHONE"))
    article.refresh_from_db()
    assert answer.status_code == 422
    assert article.names == {"Ann Roe"}


def test_the_name_of_a_child_cannot_be_made_public(moderator_client, article):
    comment = held(article, f"The toddler, {NAME}, was there.")
    page = moderator_client.get(reverse("comments:show", args=[comment.pk])).content.decode()
    assert "This is public" not in page
    assert press(moderator_client, comment).status_code == 422


def test_editors_may_not(editor_client, article):
    assert press(editor_client, held(article)).status_code == 403


def test_a_name_that_is_public_is_not_proposed_for_a_cut(moderator, article):
    comment = held(article)
    public_names.make_public(comment.findings.get(), by=moderator)
    assert moderation.proposed_cuts(Comment.objects.get(pk=comment.pk)) == []


def test_no_letter_repeats_the_name(moderator, article, django_capture_on_commit_callbacks):
    here = held(article)
    held(article)
    with django_capture_on_commit_callbacks(execute=True):
        public_names.make_public(here.findings.get(), by=moderator)
    assert len(mail.outbox) == 1
    assert NAME not in mail.outbox[0].body


# Back again ----------------------------------------------------------------------------


def undo(client, comment, finding, *along):
    path = reverse("comments:take-back-public", args=[comment.pk])
    sent = {"finding": finding.pk, "along": [decision.pk for decision in along]}
    return client.post(path, sent, follow=True).content.decode()


def test_one_press_takes_back_the_name_and_all_that_it_let_out(
    moderator_client, other_moderator, article
):
    here, first, second, third = (held(article) for _ in range(4))
    page = press(moderator_client, here).content.decode()
    assert f"“{NAME}” is public in this article now." in page
    form = page.partition("public/undo/")[2].partition("</form>")[0]
    decisions = list(Decision.objects.order_by("comment"))
    along = [int(pk) for pk in re.findall(r'name="along" value="([0-9]+)"', form)]
    assert along == [decision.pk for decision in decisions]
    moderation.remove(Comment.objects.get(pk=third.pk), by=other_moderator, reason="other")
    page = undo(moderator_client, here, here.findings.get(), *decisions)
    assert "is not public in this article any more" in page
    assert "2 comments that it had let out are back" in page
    assert "1 stays" in page
    article.refresh_from_db()
    assert article.names == {"Ann Roe"}
    for comment in (first, second, third):
        comment.refresh_from_db()
    assert (first.queue, second.queue) == ("pii", "pii")
    assert first.is_waiting
    assert second.is_waiting
    assert third.is_removed


def test_what_a_second_press_let_out_is_undone_with_the_first(
    moderator_client, article, monkeypatch
):
    monkeypatch.setattr(public_names, "AT_ONCE", 1)
    here, first, second = held(article), held(article), held(article)
    press(moderator_client, here)
    page = press(moderator_client, here, along=[Decision.objects.get().pk]).content.decode()
    form = page.partition("public/undo/")[2].partition("</form>")[0]
    along = re.findall(r'name="along" value="([0-9]+)"', form)
    assert len(along) == 2
    undo(moderator_client, here, here.findings.get(), *Decision.objects.filter(pk__in=along))
    for comment in (first, second):
        comment.refresh_from_db()
        assert comment.is_waiting


def test_a_name_can_be_taken_back_later_on(moderator_client, moderator, article):
    here, part = held(article), held(article)
    part.findings.update(start=TEXT.index("Odell"), end=TEXT.index("Odell") + len("Odell"))
    public_names.make_public(here.findings.get(), by=moderator)
    for comment, offered in ((here, True), (part, False)):
        page = moderator_client.get(reverse("comments:show", args=[comment.pk])).content.decode()
        assert "Public in this article" in page
        assert ("Not public after all" in page) is offered
    assert "does not make this name public" in undo(moderator_client, part, part.findings.get())
    undo(moderator_client, here, here.findings.get())
    article.refresh_from_db()
    assert article.names == {"Ann Roe"}


def test_only_what_waited_for_the_name_is_undone_along_with_it(
    moderator_client, moderator, article
):
    here = held(article)
    public_names.make_public(here.findings.get(), by=moderator)
    another = held(article, f"{TEXT} Call 555-0147.", ("555-0147", "PHONE"))
    decision = moderation.approve(another, by=moderator)
    undo(moderator_client, here, here.findings.get(), decision)
    another.refresh_from_db()
    assert another.is_published


def test_editors_may_not_take_it_back(editor_client, moderator, article):
    here = held(article)
    public_names.make_public(here.findings.get(), by=moderator)
    path = reverse("comments:take-back-public", args=[here.pk])
    assert editor_client.post(path, {"finding": here.findings.get().pk}).status_code == 403


# What the article keeps ----------------------------------------------------------------


def test_the_history_says_who_and_the_text_stays(moderator, article):
    before = {k: v for k, v in article.content().items() if k != "public_names"}
    publishing.make_name_public(article, NAME, by=moderator)
    article.refresh_from_db()
    entry = article.publications.get()
    assert (entry.action, entry.by) == (Publication.Action.REVISED, moderator)
    assert {k: v for k, v in article.content().items() if k != "public_names"} == before
    assert article.revised_at is None
    assert article.revisions.first().content() == article.content()


def test_a_draft_that_is_further_on_keeps_the_name(moderator, editor, article):
    content = article.content() | {"body": "<p>A new beginning.</p>"}
    publishing.save_draft(article, by=editor, content=content)
    publishing.make_name_public(article, NAME, by=moderator)
    draft = article.revisions.first()
    assert "A new beginning" in draft.body
    publishing.publish(draft, by=editor)
    article.refresh_from_db()
    assert NAME in article.names


def test_a_name_is_taken_out_of_a_draft_too_and_the_history_says_who(moderator, editor, article):
    content = article.content() | {"body": "<p>A new beginning.</p>"}
    publishing.save_draft(article, by=editor, content=content)
    publishing.make_name_public(article, NAME, by=moderator)
    publishing.make_name_private(article, NAME.upper(), by=moderator)
    draft = article.revisions.first()
    assert "A new beginning" in draft.body
    assert draft.public_names == "Ann Roe"
    article.refresh_from_db()
    assert article.public_names == "Ann Roe"
    assert [entry.by for entry in article.publications.all()] == [moderator, moderator]


def test_a_name_is_added_once(moderator, article):
    for name in (NAME, NAME.upper(), "ann  roe"):
        publishing.make_name_public(article, name, by=moderator)
    article.refresh_from_db()
    assert article.public_names == f"Ann Roe\n{NAME}"
