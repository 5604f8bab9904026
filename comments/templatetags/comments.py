"""Comments for the pages of articles, which know nothing about comments themselves.

{% load comments %}
{% comment_form article %}    the count, the notice, the form (or why there is none)
{% comment_thread article %}  twenty threads, and the way to the next
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django import template
from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, Value, When
from django.http import HttpRequest
from django.template.context import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article
from comments import threads, visitors
from comments.forms import CommentForm
from comments.intake import Preview
from comments.models import Action, Comment, CommentQuerySet, Decision, Finding, Status
from comments.models.comment import THREADS_PER_PAGE

register = template.Library()

_LINE_ENDS = re.compile(r"\n+")
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_SHOWN = [
    "parent",
    "name",
    "redacted_name",
    "hidden_name",
    "body",
    "redacted_body",
    "hidden_body",
    "original_destroyed_at",
    "status",
    "created_at",
    "visitor",
]


@register.inclusion_tag("comments/_form_section.html", takes_context=True)
def comment_form(context: Context, article: Article) -> dict[str, Any]:
    """The count as the heading of the section, the notice, then the form: the page's own or new."""
    form = context.get("comment_form")
    if form is None and article.accepts_comments:
        form = CommentForm(article=article)
    return {
        "article": article,
        "comment_form": form,
        "count": comment_counts([article])[article.pk],
    }


@register.inclusion_tag("comments/_thread.html", takes_context=True)
def comment_thread(context: Context, article: Article) -> dict[str, Any]:
    """Twenty threads: those of the page that ``?comments=N`` asks for, or the first.

    Two queries, however many comments there are.
    """
    return _threads_for(context["request"], article, or_first=True)


@register.inclusion_tag("comments/_page.html", takes_context=True)
def comment_page(context: Context, article: Article) -> dict[str, Any]:
    """The same threads with nothing around them, to be put below those of the page before.

    Nothing when that page is gone by now: the first one would stand there twice.
    """
    return _threads_for(context["request"], article, or_first=False)


@register.simple_tag
def comment_counts(articles: Iterable[Article]) -> dict[int, int]:
    """How many public comments each article has, by its ``pk``; one query for all of them."""
    pks = [article.pk for article in articles]
    published = Comment.objects.published().filter(article__in=pks)
    counted = published.values_list("article").annotate(count=Count("pk"))
    return dict.fromkeys(pks, 0) | dict(counted)


@register.filter
def count_of(counts: dict[int, int], article: Article) -> int:
    """``{{ counts|count_of:article }}``: one article's number out of ``comment_counts``."""
    return counts.get(article.pk, 0)


def _threads_for(request: HttpRequest, article: Article, *, or_first: bool) -> dict[str, Any]:
    visitor = visitors.visitor_of(request)
    tops = Comment.objects.threads_under(article, visitor=visitor).values_list("pk", flat=True)
    number = _page_number(request.GET.get("comments", ""))
    on_page = _slice(tops, number)
    if or_first and not on_page and number > 1:
        number = 1
        on_page = _slice(tops, number)
    flat = _as_readers_see(Comment.objects.with_replies_of(on_page[:THREADS_PER_PAGE]))
    return {
        "article": article,
        "nodes": threads.grow(flat, visitor=visitor) if on_page else [],
        "previous": number - 1,
        "next": number + 1 if len(on_page) > THREADS_PER_PAGE else None,
        "can_reply": article.accepts_comments,
    }


def _page_number(asked_for: str) -> int:
    """Whatever is no number of a page means the first."""
    return int(asked_for) if _NUMBER.fullmatch(asked_for) else 1


def _slice(tops: QuerySet[Comment, int], number: int) -> list[int]:
    """One page of threads, and one more when there is a next page."""
    start = (number - 1) * THREADS_PER_PAGE
    return list(tops[start : start + THREADS_PER_PAGE + 1])


def _as_readers_see(comments: CommentQuerySet) -> CommentQuerySet:
    """What the page needs of each comment and no more: no address leaves the database."""
    removals = Decision.objects.filter(comment=OuterRef("pk"), action=Action.REMOVE)
    reason = Subquery(removals.order_by("-version").values("reason")[:1])
    return comments.annotate(
        removal_reason=Case(When(status=Status.REMOVED, then=reason), default=Value(""))
    ).only(*_SHOWN)


@register.filter
def marked(comment: Comment, closely: bool = False) -> SafeString:
    """The whole text as safe HTML, with every finding in it marked and named.

    Findings may overlap: the text is cut at every border, so that marks never cross, and the
    name of a finding stands where the finding ends. A mere hint is marked only where it could be
    cut: a harmless text must not look accused. Looked at ``closely``, the words that carry a score
    stand out; that takes some time. Guarded characters stay guarded. Needs the findings prefetched.
    """
    findings = [
        finding for finding in comment.findings.all() if finding.can_be_cut or not finding.is_hint
    ]
    return _marked(comment.guarded_body, "body", findings, closely=closely)


@register.simple_tag
def marked_preview(preview: Preview, field: str) -> SafeString:
    """A field of a comment that is not stored yet, with what was seen in it marked."""
    return _marked(getattr(preview.comment, field), field, preview.findings)


def _marked(
    text: str, field: str, found: Iterable[Finding], *, closely: bool = False
) -> SafeString:
    findings = [
        finding
        for finding in found
        if finding.field == field and finding.start < finding.end <= len(text)
    ]
    spans = [span for finding in findings if closely for span in finding.carriers]
    ends = [(finding.start, finding.end) for finding in findings] + spans
    borders = sorted({0, len(text), *(border for span in ends for border in span)})
    pieces = []
    for start, end in pairwise(borders):
        here = [finding for finding in findings if finding.start <= start and end <= finding.end]
        carries = any(a <= start and end <= b for a, b in spans)
        pieces.append(_segment(text[start:end], here, ends_at=end, carries=carries))
    return mark_safe(f"<p>{''.join(pieces)}</p>")


def _segment(text: str, findings: list[Finding], *, ends_at: int, carries: bool) -> str:
    """A stretch of text under the same findings; marks are closed and opened around paragraphs."""
    if not findings:
        return _LINE_ENDS.sub(_break, escape(text))
    narrowest = min(findings, key=lambda finding: finding.end - finding.start)
    names = ", ".join(dict.fromkeys(finding.label for finding in findings))
    kind = f"mark mark--{narrowest.category}{' mark--carries' if carries else ''}"
    opening = f'<mark class="{kind}" title="{escape(names)}">'
    ending = dict.fromkeys(finding.label for finding in findings if finding.end == ends_at)
    labels = "".join(f'<small class="mark__label">{escape(label)}</small>' for label in ending)
    inner = _LINE_ENDS.sub(lambda match: f"</mark>{_break(match)}{opening}", escape(text))
    return f"{opening}{inner}{labels}</mark>".replace(f"{opening}</mark>", "")


def _break(match: re.Match[str]) -> str:
    """The line feeds themselves stay in the source: nothing of the text is lost."""
    lines = match.group()
    return f"<br>{lines}" if lines == "\n" else f"</p>{lines}<p>"
