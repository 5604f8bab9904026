"""Fill a new database with a believable site: articles, comments in every state, accounts."""

from __future__ import annotations

import json
import logging
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.test.utils import override_settings
from django.utils import timezone

from articles import publishing
from articles.apps import EDITORS
from articles.cases import directory, guide
from articles.models import Article, GuideRevision, Organisation, Revision, Topic, Work
from articles.pictures import store_picture
from comments import intake, moderation, notices
from comments.apps import MODERATORS
from comments.languages import language_of
from comments.models import CaseReplyVersion, Comment, Notice, Reason

CONTENT = Path(__file__).resolve().parent.parent / "demo_content"
FLAGSHIP = "new-netflix-series-explores-false-confessions"
Record = dict[str, Any]


class Command(BaseCommand):
    help = (
        "Fill a database with demonstration content and the accounts editor, moderator and admin. "
        "Refuses where there is real content; does nothing the second time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="add the demonstration to a site in use"
        )

    def handle(self, *args: Any, force: bool = False, **options: Any) -> None:
        if Article.objects.filter(slug=FLAGSHIP).exists():
            self.stdout.write("The demonstration content is already here.")
            return
        if not force and _has_real_content():
            raise CommandError(
                "This database has articles or comments of its own. "
                "Use --force to add the demonstration to them."
            )
        # Everything goes through the doors that real content uses; only the letters stay here.
        # All of it or nothing: a half-filled site would look like one with content of its own.
        with (
            _no_log_lines(),
            override_settings(
                EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
                COMMENT_MODE="newcomers",
            ),
        ):
            with transaction.atomic():
                editor, moderator = _make_accounts(os.environ.get("DEMO_PASSWORD") or "demo")
                _make_guide(editor)
                articles = _make_articles(editor)
                comments = _make_comments(articles, moderator)
            # So many at once are left to a later run, which would send them to addresses that
            # nobody has.
            for notice in Notice.objects.unsent().filter(decision__comment__in=comments.values()):
                notices.deliver(notice.pk)
        if force and not os.environ.get("DEMO_PASSWORD"):
            self.stderr.write(
                "Anybody can guess the password of the accounts editor, moderator and admin: "
                "change it, or delete these accounts, before this site is public."
            )
        self.stdout.write(
            f"Made {len(articles)} articles and {len(comments)} comments. Accounts: editor, "
            "moderator, admin; the password is DEMO_PASSWORD, or “demo”."
        )


@contextmanager
def _no_log_lines() -> Iterator[None]:
    """What the doors report about one article among many would only puzzle whoever waits."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _has_real_content() -> bool:
    """Anything that a person wrote; the standing pages of a new site come with it."""
    return (
        Article.objects.entries().exists()
        or Revision.objects.exclude(saved_by=None).exists()
        or Organisation.objects.exists()
        or GuideRevision.objects.exclude(saved_by=None).exists()
        or Comment.objects.exists()
    )


def _load(name: str) -> Any:
    return json.loads((CONTENT / name).read_text(encoding="utf-8"))


def _make_accounts(password: str) -> tuple[User, User]:
    editor = _make_account("editor", password, EDITORS)
    moderator = _make_account("moderator", password, MODERATORS)
    _make_account("admin", password, is_staff=True, is_superuser=True)
    return editor, moderator


def _make_account(name: str, password: str, *groups: str, **values: bool) -> User:
    user, created = User.objects.get_or_create(
        username=name, defaults={"email": f"{name}@example.org", **values}
    )
    if created:  # an account of that name that is there already is somebody's, and stays theirs
        user.set_password(password)
        user.save(update_fields=["password"])
        user.groups.add(*Group.objects.filter(name__in=groups))
    return user


def _make_guide(editor: User) -> None:
    """Three states of our own, and invented organisations for the others."""
    if Organisation.objects.exists():  # a list that is there already is somebody's
        return
    directory.bring_in([(None, record) for record in _load("organisations.json")], by=editor)
    if (newest := guide.newest()) and newest.is_published and not newest.places:
        parts: dict[str, Record] = {guide.Part.PLACES: {"places": ["US-CT", "US-NJ", "US-NY"]}}
        guide.publish(guide.save(parts, by=editor), by=editor)


def _make_articles(editor: User) -> dict[str, Article]:
    topics = {
        record["slug"]: Topic.objects.get_or_create(slug=record["slug"], defaults=record)[0]
        for record in _load("topics.json")
    }
    works = {
        key: Work.objects.get_or_create(
            title=record["title"],
            kind=record["kind"],
            year=record["year"],
            season=record["season"],
            defaults=record,
        )[0]
        for key, record in _load("works.json").items()
    }
    return {
        record["slug"]: _make_article(record, editor, topics, works)
        for record in _load("articles.json")
    }


def _make_article(
    record: Record, editor: User, topics: dict[str, Topic], works: dict[str, Work]
) -> Article:
    content = {
        "headline": record["headline"],
        "standfirst": record["standfirst"],
        "byline": record["byline"],
        "topic": topics.get(record["topic"]),
        "body": record["body"],
        "picture": None,
        "work": works.get(record["work"]),
        "pull_quote": record["pull_quote"],
        "verdict": record["verdict"],
        "public_names": "\n".join(record["public_names"]),
    }
    if record["picture"]:
        with (CONTENT / "pictures" / record["picture"]).open("rb") as file:
            content["picture"] = store_picture(
                File(file, name=record["picture"]),
                alt=record["picture_alt"],
                caption=record["picture_caption"],
                credit=record["picture_credit"].format(site_name=settings.SITE_NAME),
            )
    revision = publishing.save_draft(
        None, by=editor, content=content, kind=record["kind"], slug=record["slug"]
    )
    if record["state"] != "draft":
        publishing.publish(revision, by=editor, at=_publication_date(record))
    article = revision.article
    if record["comments"] == "closed":
        publishing.set_comments(article, by=editor, changes={"comments_open": False})
    article.refresh_from_db()
    return article


def _publication_date(record: Record) -> datetime:
    if record["state"] == "scheduled":
        return timezone.now() + timedelta(days=7)
    if record.get("published"):
        return datetime.fromisoformat(record["published"])
    return timezone.now() - timedelta(days=record["days_ago"])


def _make_comments(articles: dict[str, Article], moderator: User) -> dict[str, Comment]:
    """Parents first, so every reply finds the comment it answers already decided."""
    records = _load("comments.json")
    answered = {record["parent"] for record in records}
    comments: dict[str, Comment] = {}
    for number, record in enumerate(records):
        article = articles[record["article"]]
        comment = intake.receive(
            article=article,
            name=record["name"],
            email=record["email"],
            body=record["body"],
            parent=comments[record["parent"]] if record["parent"] else None,
            key=f"demo-{record['key']}",
            seconds_to_write=95.0,
            visitor=uuid5(NAMESPACE_DNS, record["email"]),
        )
        written = _writing_date(record, article, number)
        Comment.objects.filter(pk=comment.pk).update(created_at=written, changed_at=written)
        # What was removed after others had answered it was public before.
        first = record | {"outcome": "published"} if _removed_later(record, answered) else record
        _decide(comment, first, moderator, at=_deciding_date(written, number))
        comment.refresh_from_db()
        comments[record["key"]] = comment
    for number, record in enumerate(records):
        if _removed_later(record, answered):
            comment = comments[record["key"]]
            at = _deciding_date(comment.created_at + timedelta(days=2), number)
            _decide(comment, record, moderator, at=at)
    return comments


def _removed_later(record: Record, answered: set[str | None]) -> bool:
    return record["outcome"] == "removed" and record["key"] in answered


def _writing_date(record: Record, article: Article, number: int) -> datetime:
    """What waits or was answered by letter was written in the last two days."""
    now = timezone.now()
    if record["outcome"] in {"waiting", "answered"}:
        return now - timedelta(hours=record.get("hours_ago") or 1 + number * 7 % 41, minutes=number)
    written = (article.published_at or now) + timedelta(hours=record["hours_after"])
    return min(written, now - timedelta(minutes=10))


def _deciding_date(written: datetime, number: int) -> datetime:
    """Within a day and a half: as the figures of a desk with a few volunteers would have it."""
    return min(written + timedelta(minutes=25 + number * 131 % 2100), timezone.now())


def _decide(comment: Comment, record: Record, moderator: User, *, at: datetime) -> None:
    match record["outcome"]:
        case "published" if not comment.is_published:
            moderation.approve(comment, by=moderator, at=at)
        case "answered":
            letters = CaseReplyVersion.objects.to_send()
            if letter := letters.filter(language=language_of(comment.body)).first():
                moderation.answer(comment, by=moderator, reply=letter, note=record["note"], at=at)
        case "approved_redacted":
            moderation.approve_redacted(comment, by=moderator, note=record["note"], at=at)
        case "removed":
            moderation.remove(
                comment, by=moderator, reason=Reason(record["reason"]), note=record["note"], at=at
            )
