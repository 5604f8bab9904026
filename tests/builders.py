"""Plain functions that make one believable thing each; every test says only what matters to it."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group, User
from django.utils import timezone

from articles.cases import directory
from articles.models import Article, Organisation, Revision, Topic, Work
from comments import site_rules
from comments.models import CaseReply, CaseReplyVersion, Comment, Finding, SiteRule, Status
from comments.screening import FindingType

_numbers = count(1)


def make_user(username: str, *groups: str, **values: Any) -> User:
    user = User.objects.create_user(username, f"{username}@example.org", "secret", **values)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def make_topic(name: str = "False confessions", slug: str = "false-confessions") -> Topic:
    topic, _created = Topic.objects.get_or_create(slug=slug, defaults={"name": name})
    return topic


def make_work(title: str = "The Confession Tapes", **values: Any) -> Work:
    defaults: dict[str, Any] = {"kind": Work.Kind.SERIES, "season": 1, "year": 2017}
    work, _created = Work.objects.get_or_create(title=title, **(defaults | values))
    return work


def make_article(**values: Any) -> Article:
    """A published post, unless told otherwise."""
    number = next(_numbers)
    kind = values.get("kind", Article.Kind.POST)
    defaults: dict[str, Any] = {
        "slug": f"article-{number}",
        "headline": f"Article {number}",
        "standfirst": "What happened, in one sentence.",
        "body": "<p>The first tape is silent for eleven seconds.</p>",
        "plain_text": "The first tape is silent for eleven seconds.",
        "published_at": timezone.now() - timedelta(days=2),
    }
    if kind == Article.Kind.REVIEW and "work" not in values:
        defaults["work"] = make_work()
    if kind == Article.Kind.PAGE:
        defaults["comments_open"] = False
    article = Article.objects.create(**(defaults | values))
    Revision.objects.create(article=article, **article.content())
    return article


def make_organisation(name: str = "Example Innocence Clinic", **values: Any) -> Organisation:
    """One that serves Ohio and is shown, unless told otherwise."""
    content: dict[str, Any] = {
        "name": name,
        "places": ["US-OH"],
        "address": "P.O. Box 0000\nSampletown, OH 00000",
        "website": "https://clinic.example/",
        "languages": ["en"],
        "is_shown": True,
    }
    return directory.add(content | values, by=None)


def make_comment(article: Article | None = None, **values: Any) -> Comment:
    """A published comment under a fresh article, unless told otherwise."""
    number = next(_numbers)
    parent = values.get("parent")
    if parent is not None:
        values.setdefault("article", parent.article)
        values.setdefault("thread", parent.thread or parent)
    elif article is not None:
        values["article"] = article
    status = values.get("status", Status.PUBLISHED)
    defaults: dict[str, Any] = {
        "name": f"Reader {number}",
        "email": f"reader{number}@example.org",
        "body": "The silence on the tapes stays with you.",
        "status": status,
        "queue": "general" if status == Status.WAITING else "",
        "created_at": timezone.now() - timedelta(hours=1),
        "submission_digest": uuid4().hex,
    }
    if "article" not in values:
        defaults["article"] = make_article()
    return Comment.objects.create(**(defaults | values))


def make_finding(comment: Comment, words: str = "", **values: Any) -> Finding:
    """A finding over ``words`` as they stand in the comment's body, or in the field named."""
    start = getattr(comment, values.get("field", "body")).index(words) if words else 0
    defaults: dict[str, Any] = {
        "type": FindingType.PHONE,
        "start": start,
        "end": start + len(words),
        "score": 0.9,
        "because": "Ten digits grouped like a US phone number.",
    }
    return Finding.objects.create(comment=comment, **(defaults | values))


def make_case_reply(**values: Any) -> CaseReplyVersion:
    """A saved reply in English; its only version is what a moderator can send."""
    defaults: dict[str, Any] = {
        "title": "How to write to us",
        "language": "en",
        "text": "Hello {name},\n\nThis page says what to send:\n{how_we_consider_cases}",
    }
    content = defaults | values
    reply = CaseReply.objects.create(**content)
    return CaseReplyVersion.objects.create(reply=reply, number=reply.number, **content)


def make_site_rule(**values: Any) -> SiteRule:
    """A rule that holds comments with the word "pardon", unless told otherwise."""
    defaults: dict[str, Any] = {
        "kind": "words",
        "lines": "pardon",
        "note": "Sold to families.",
        "is_on": True,
    }
    by = values.pop("by", None) or User.objects.get_or_create(username="rule-maker")[0]
    return site_rules.create(by=by, **(defaults | values))
