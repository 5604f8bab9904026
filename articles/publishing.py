"""Writing goes out through here and nowhere else: drafts, publications, and their history.

A revision is one saved text and never changes. Publishing copies it onto the article, which is
what the public reads, and adds an entry to the history.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext as _

from . import richtext
from .models import Article, Publication, Revision, Writing

if TYPE_CHECKING:
    from django.contrib.auth.models import User

COMMENT_SETTINGS = {"comments_open", "comments_close_at", "comment_mode"}

_SLUG_LENGTH = 120
_TRIES = 10
_log = logging.getLogger(__name__)


class NotPossible(Exception):
    """The article is in no state for this; the message says so to the person at the desk."""


class Outdated(Exception):
    """Somebody saved a newer revision than the one this text was based on."""

    def __init__(self, newest: Revision) -> None:
        super().__init__(newest.pk)
        self.newest = newest


@transaction.atomic
def save_draft(
    article: Article | None,
    *,
    by: User | None,
    content: dict[str, Any],
    kind: str = Article.Kind.POST,
    slug: str = "",
    base: int | None = None,
) -> Revision:
    """Keep a new state of the text; the public sees nothing of it.

    ``content`` has the fields of ``Writing``; what it leaves out is empty. ``base`` is the
    revision that the writer had before them: when it is no longer the newest one nothing is
    saved and ``Outdated`` is raised. Saving without a change returns the newest revision.
    """
    revision = _cleaned(Revision(**content))
    if article is None:
        # A draft has no comments to lose, and a page never takes any.
        article = Article(kind=kind, comments_open=kind != Article.Kind.PAGE)
        article.take_text_of(revision)
        _insert(article, slug or revision.headline)
        return _keep(revision, article, by)

    article = _locked(article)
    newest = article.revisions.first()
    if base is not None and newest is not None and newest.pk != base:
        raise Outdated(newest)
    if slug and slug != article.slug and article.published_at is None:
        article.slug = _free_slug(slug, article)
    if newest is None or newest.content() != revision.content():
        newest = _keep(revision, article, by)
    if article.state == Article.State.DRAFT:
        article.take_text_of(newest)
    article.save()
    return newest


@transaction.atomic
def publish(revision: Revision, *, by: User | None, at: datetime | None = None) -> Publication:
    """Show this revision to the public: at once, or from a later time on.

    A revision of a live article replaces its text at once. An ``at`` in the past dates the
    article back, for writing that first appeared elsewhere.
    """
    article = _locked(revision.article)
    if revision.sanitizer_version != richtext.SANITIZER_VERSION:
        revision = _keep(_cleaned(Revision(**revision.content())), article, by)
    now = timezone.now()
    was_live = article.state == Article.State.PUBLISHED
    was_public = article.published_at is not None and article.published_at <= now
    if was_public and at is not None and at > now:
        raise NotPossible(_("This article has been public before, so it cannot be scheduled."))

    if not was_public:
        article.published_at = at or now
    else:
        article.revised_at = now
        article.published_at = at or article.published_at
    article.withdrawn_at = None
    article.take_text_of(revision)
    article.save()
    effective = article.published_at if not was_public else now
    if was_live:
        action = Publication.Action.REVISED
    elif effective is not None and effective > now:
        action = Publication.Action.SCHEDULED
    else:
        action = Publication.Action.PUBLISHED
    return _record(article, action, by=by, revision=revision, effective_at=effective)


@transaction.atomic
def withdraw(article: Article, *, by: User | None) -> Publication:
    """Take an article off the site; a scheduled one becomes a draft again."""
    article = _locked(article)
    revision = _shown_revision(article)
    if article.state == Article.State.SCHEDULED:
        article.published_at = None
        newest = article.revisions.first()
        if newest is not None:
            article.take_text_of(newest)
    elif article.state == Article.State.PUBLISHED:
        article.withdrawn_at = timezone.now()
    else:
        raise NotPossible(_("Only a published or scheduled article can be withdrawn."))
    article.save()
    return _record(article, Publication.Action.WITHDRAWN, by=by, revision=revision)


@transaction.atomic
def restore(article: Article, *, by: User | None) -> Publication:
    """Put a withdrawn article back on the site as it last stood there."""
    article = _locked(article)
    if article.state != Article.State.WITHDRAWN:
        raise NotPossible(_("Only a withdrawn article can be put back."))
    revision = _shown_revision(article)
    article.withdrawn_at = None
    article.save()
    return _record(article, Publication.Action.RESTORED, by=by, revision=revision)


@transaction.atomic
def restore_revision(revision: Revision, *, by: User | None) -> Revision:
    """Make an older text the newest draft; everything in between stays in the history."""
    article = _locked(revision.article)
    newest = article.revisions.first()
    if newest is not None and newest.content() == revision.content():
        return newest
    again = _keep(_cleaned(Revision(**revision.content())), article, by)
    if article.state == Article.State.DRAFT:
        article.take_text_of(again)
        article.save()
    return again


@transaction.atomic
def set_comments(article: Article, *, by: User | None, changes: dict[str, Any]) -> Article:
    """Whether, until when and how strictly an article takes comments. Takes effect at once.

    ``changes`` has new values of ``COMMENT_SETTINGS``; what it leaves out stays as it is.
    """
    article = _locked(article)
    if article.is_page:
        raise NotPossible(_("A standing page takes no comments."))
    for name in COMMENT_SETTINGS & changes.keys():
        setattr(article, name, changes[name])
    article.save(update_fields=COMMENT_SETTINGS & changes.keys())
    who = by.pk if by else None
    _log.info("article %s: comment settings changed by user %s", article.pk, who)
    return article


@transaction.atomic
def make_name_public(article: Article, name: str, *, by: User | None) -> Article:
    """Add a name to those that the article makes public; its text stays as it is."""
    article = _locked(article)
    name = " ".join(name.split())
    if _is_among(name, article.names):
        return article
    return _rename(article, lambda names: f"{names.rstrip()}\n{name}".strip(), by=by)


@transaction.atomic
def make_name_private(article: Article, name: str, *, by: User | None) -> Article:
    """Take a name out of those that the article makes public; its text stays as it is."""
    article = _locked(article)
    name = " ".join(name.split())
    if not _is_among(name, article.names):
        return article

    def without(names: str) -> str:
        others = [line for line in names.splitlines() if not _is_among(name, {line})]
        return "\n".join(others)

    return _rename(article, without, by=by)


def _rename(article: Article, change: Callable[[str], str], *, by: User | None) -> Article:
    """Change the public names of what is shown, and of a draft that is further on: publishing
    it would bring back what they were."""
    newest = article.revisions.first()
    shown = _keep(_with_names(article, change), article, by)
    if newest is not None and newest.content() != article.content():
        _keep(_with_names(newest, change), article, by)
    article.public_names = shown.public_names
    article.save(update_fields=["public_names"])
    if article.state == Article.State.PUBLISHED:
        _record(article, Publication.Action.REVISED, by=by, revision=shown)
    return article


def _is_among(name: str, names: Iterable[str]) -> bool:
    return name.casefold() in {" ".join(known.split()).casefold() for known in names}


def _with_names(writing: Writing, change: Callable[[str], str]) -> Revision:
    revision = Revision(**writing.content())
    revision.public_names = change(writing.public_names)
    return revision


def _cleaned(revision: Revision) -> Revision:
    """With a body that today's rules let through, whatever the rules of its time were."""
    revision.body = richtext.clean(revision.body)
    revision.sanitizer_version = richtext.SANITIZER_VERSION
    return revision


def _locked(article: Article) -> Article:
    """The article as it is now, held until the transaction ends."""
    return Article.objects.select_for_update().get(pk=article.pk)


def _keep(revision: Revision, article: Article, by: User | None) -> Revision:
    revision.article = article
    revision.saved_by = by
    revision.save(force_insert=True)
    return revision


def _shown_revision(article: Article) -> Revision | None:
    """The revision that went out last, which is the text that readers have had."""
    last = article.publications.filter(revision__isnull=False).select_related("revision").first()
    return last.revision if last else None


def _record(
    article: Article,
    action: Publication.Action,
    *,
    by: User | None,
    revision: Revision | None,
    effective_at: datetime | None = None,
) -> Publication:
    now = timezone.now()
    return Publication.objects.create(
        article=article,
        action=action,
        revision=revision,
        at=now,
        by=by,
        effective_at=effective_at or now,
    )


def _insert(article: Article, wanted: str) -> None:
    """Somebody may take the same address between our looking and our saving: look again."""
    for attempt in range(_TRIES):
        article.slug = _free_slug(wanted)
        try:
            with transaction.atomic():
                article.save(force_insert=True)
            return
        except IntegrityError:
            if attempt == _TRIES - 1 or not Article.objects.filter(slug=article.slug).exists():
                raise


def _free_slug(text: str, article: Article | None = None) -> str:
    """An address that no other article has; a number is added to one that is taken."""
    candidate = slugify(text)[:_SLUG_LENGTH].strip("-") or get_random_string(8).lower()
    stem, number = candidate[: _SLUG_LENGTH - 6], 1
    others = Article.objects.filter(slug__startswith=stem)
    if article:
        others = others.exclude(pk=article.pk)
    taken = set(others.values_list("slug", flat=True))
    while candidate in taken:
        number += 1
        candidate = f"{stem}-{number}"
    return candidate
