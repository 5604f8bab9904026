"""What visitors may do with comments: write one, follow a link to one, read on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.db import Error as DatabaseFailure
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from articles.cases import Recipients, whom_to_write_to
from articles.models import Article
from articles.places import state_named_in

from . import case_warnings, intake, receipts, threads, visitors
from .forms import MAX_BODY, MAX_NAME, PARENT_IS_GONE, CommentForm
from .languages import in_language, in_language_of, language_of
from .models import Comment, Restriction, Status
from .models.comment import THREADS_PER_PAGE
from .models.second_look import ANSWERED_WITHIN
from .throttle import Throttle
from .where_help_is import shown_to_visitors

logger = logging.getLogger(__name__)

TRY_AGAIN_AFTER = 60
"""Seconds, when the database is away."""

COUNTED_FOR = 600
"""Seconds over which the comments from one address are counted."""

LOOKS_FOR_A_COMMENT = 3
"""How often a comment may be looked at, on average, before it is sent."""

PAUSES_IN_A_COMMENT = 10
"""How often, on average, the form may ask while it is written."""


class Choice(StrEnum):
    """What a visitor does after being told what was seen in a comment."""

    REDACT = "redact"
    EDIT = "edit"
    AS_IS = "as_is"
    LETTER = "letter"


ACKNOWLEDGEMENTS = {
    Status.PUBLISHED: gettext_lazy("Thank you. Your comment is public now."),
    Status.WAITING: gettext_lazy(
        "Thank you. Your comment waits for a moderator: a person reads it before it can be "
        "public. We write to your e-mail address as soon as it is decided."
    ),
    Status.REMOVED: gettext_lazy("This comment reached us before, and a moderator removed it."),
    Status.ANSWERED: gettext_lazy(
        "This comment reached us before, and we answered it by e-mail. It is not shown here."
    ),
    Status.WITHDRAWN: gettext_lazy("This comment reached us before, and its author withdrew it."),
}

View = Callable[[HttpRequest, str], HttpResponse]


def keeps_text(view: View) -> View:
    """Whatever breaks on our side, hand the text back, ready to be sent again.

    503 when the database is away or broken, 500 for a defect of ours; both are logged.
    """

    @wraps(view)
    def guarded(request: HttpRequest, slug: str) -> HttpResponse:
        posted = request.POST  # a request that cannot be read has no text to hand back
        try:
            return view(request, slug)
        except DatabaseFailure as error:
            logger.error(
                "The database failed (%s); a visitor was asked to wait.", type(error).__name__
            )
            return _unavailable(request, slug, status=503)
        except (Http404, SuspiciousOperation):
            raise
        except Exception:
            if not posted:
                raise
            logger.exception("A comment could not be taken in; its writer has the text back.")
            return _unavailable(request, slug, status=500)

    return guarded


def _unavailable(request: HttpRequest, slug: str, *, status: int) -> HttpResponse:
    context = {"comment_form": CommentForm.refilled(request.POST), "slug": slug}
    response = render(request, "comments/unavailable.html", context, status=status)
    response["Retry-After"] = str(TRY_AGAIN_AFTER)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_text
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """The form on a page of its own, and where every form sends a new comment."""
    article = _published_entry(slug)
    if not article.accepts_comments:
        return _closed(request, article)
    if request.method != "POST":
        return _empty_form(request, article)
    form = CommentForm(request.POST, article=article)
    if not form.is_valid():
        return _not_valid(request, article, form)
    submission = form.cleaned_data
    visitor = visitors.visitor_of(request) or visitors.new_visitor()
    choice = request.POST.get("choice", "")
    looked = None
    if choice == Choice.EDIT:
        with in_language_of(submission["body"]):
            form = CommentForm.refilled(request.POST, article=article)
            return _form_page(request, article, form)
    if choice == Choice.LETTER:
        return _letter(request, form)
    is_new = intake.received_before(article=article, **submission) is None
    if is_new:
        block = Restriction.objects.to_tell(intake.author_digest(submission["email"]), visitor)
        if block or choice not in {Choice.REDACT, Choice.AS_IS}:
            if looks_too_often(request):
                return _too_fast(request, article)
            looked = intake.preview(article=article, visitor=visitor, **submission)
            if block and not looked.may_be_in_distress:
                return _blocked(request, article, block)
            if looked.findings and not looked.in_distress and not block:
                return _warning(request, form, looked)
        if _is_one_too_many(request):
            return _too_fast(request, article)
    redact = choice == Choice.REDACT
    try:
        comment = intake.receive(
            article=article, visitor=visitor, redact=redact, looked=looked, **submission
        )
    except intake.ParentGoneError:
        form.forget_parent()
        form.add_error("parent", PARENT_IS_GONE)
        return _not_valid(request, article, form)
    except intake.ScreeningFault:
        return _cannot_redact(request, article)
    if is_new and intake.asks_for_help(comment):
        case_warnings.count_sent(submission["key"], form.warning_token)
    if submission["key"] and comment.visitor:
        # Sent twice before the first answer arrived: the random key shows that it is one browser.
        visitor = comment.visitor
    response = redirect(_what_next(request, comment, visitor, is_own=is_new or submission["key"]))
    visitors.remember(response, visitor)
    return response


def _what_next(request: HttpRequest, comment: Comment, visitor: UUID, *, is_own: bool) -> str:
    """Where the browser goes: help for somebody in distress, else the receipt, which says it all.

    A comment sent a second time without its random key may be somebody else's guess at it.
    """
    with in_language_of(comment.body):
        said = str(ACKNOWLEDGEMENTS[Status(comment.status)])
    if comment.is_urgent and comment.is_waiting:
        messages.success(request, said)
        return help_address(comment, is_own=is_own)
    if is_own:
        return receipts.address_of(comment, is_proven=False)
    messages.success(request, said)
    return _place(comment, comment.article, visitor)


@require_POST
@never_cache
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """What the step before storing would say now, for the form while somebody still writes.

    204 when there is nothing to say. Nothing is stored, and the e-mail address is not sent along.
    """
    article = _published_entry(slug)
    name, body = request.POST.get("name", "")[:MAX_NAME], request.POST.get("body", "")
    if not article.accepts_comments or len(body) > MAX_BODY or _writes_too_much(request):
        return HttpResponse(status=204)
    preview = intake.preview(article=article, name=name, body=body)
    if not preview.findings and not preview.in_distress:
        return HttpResponse(status=204)
    where_help_is = shown_to_visitors() if preview.in_distress else None
    with in_language_of(body):
        context = {"preview": preview, "where_help_is": where_help_is}
        return render(request, "comments/_seen.html", context)


def help_address(comment: Comment, *, is_own: bool) -> str:
    """Help first, in the writer's language; from there the way leads on to the receipt."""
    query = {"language": language_of(comment.body)}
    if is_own:
        query["receipt"] = receipts.token_of(comment, is_proven=False)
    return f"{reverse('comments:help', args=[comment.article.slug])}?{urlencode(query)}"


@require_safe
@vary_on_headers("Cookie")
@cache_control(private=True, no_store=True)
def help_first(request: HttpRequest, slug: str) -> HttpResponse:
    """Where help is, for somebody whose comment reads as if it were needed; then what happens.

    It shows nothing of any comment and asks for no cookie: nobody is to be turned away here.
    """
    article = _published_entry(slug)
    token = request.GET.get("receipt", "")
    with in_language(request.GET.get("language", "")):
        context = {
            "article": article,
            "token": token if receipts.read(token) else "",
            "where_help_is": shown_to_visitors(),
        }
        return render(request, "comments/help.html", context)


@keeps_text
def submit_stale(request: HttpRequest, slug: str) -> HttpResponse:
    """For a form whose token has gone stale: the same form with a new one, and the text in it."""
    article = _published_entry(slug)
    if not article.accepts_comments:
        return _closed(request, article)
    if request.COOKIES.get(settings.CSRF_COOKIE_NAME):
        said = _(
            "This page was open for a long time, so nothing was sent yet. "
            "Your text is still here: press the button once more."
        )
    else:
        said = _(
            "Your browser sent no cookie along, so nothing was sent yet. Your text is still here: "
            "press the button once more. If this comes back, allow cookies for this site; "
            "the one we need holds a random number, nothing about you."
        )
    form = CommentForm.refilled(request.POST, article=article)
    return _form_page(request, article, form, said=said, status=403)


@require_safe
@vary_on_headers("HX-Request", "Cookie")
def thread(request: HttpRequest, slug: str) -> HttpResponse:
    """The next threads of a long page, for htmx; a browser without it goes to the whole page."""
    article = _published_entry(slug)
    if not request.headers.get("HX-Request"):
        query = request.GET.urlencode()
        return redirect(f"{article.get_absolute_url()}{query and f'?{query}'}#thread")
    return render(request, "comments/more.html", {"article": article})


@require_safe
@vary_on_headers("Cookie")
@cache_control(private=True)
def permalink(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """To the comment on its page, for whoever may see it there."""
    article = _published_entry(slug)
    comment = get_object_or_404(Comment, article=article, pk=pk)
    visitor = visitors.visitor_of(request)
    if not comment.is_published and not _has_a_place(comment, visitor):
        raise Http404
    return redirect(_place(comment, article, visitor))


def _published_entry(slug: str) -> Article:
    entries = Article.objects.published().entries()
    return get_object_or_404(entries.select_related("topic", "picture", "work"), slug=slug)


def _empty_form(request: HttpRequest, article: Article) -> HttpResponse:
    parent = request.GET.get("parent", "")
    form = CommentForm(article=article, initial={"parent": parent})
    if not parent or form.answers is not None:
        return _form_page(request, article, form)
    said = _(
        "The comment you wanted to answer is not public any more. "
        "You can write a comment of your own here."
    )
    return _form_page(request, article, CommentForm(article=article), said=said)


def _form_page(
    request: HttpRequest,
    article: Article,
    form: CommentForm,
    *,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"article": article, "comment_form": form, "said": said}
    return render(request, "comments/form.html", context, status=status)


def _not_valid(request: HttpRequest, article: Article, form: CommentForm) -> HttpResponse:
    context = {"article": article, "comment_form": form}
    return render(request, "articles/detail.html", context, status=422)


def _warning(request: HttpRequest, form: CommentForm, preview: intake.Preview) -> HttpResponse:
    """What was seen, before anything is stored, and the ways on; everything typed is carried."""
    if preview.asks_for_help and not form.cleaned_data["honeypot_filled"]:
        form.remember_warning(
            case_warnings.count_shown(form.cleaned_data["key"], form.warning_token)
        )
    with in_language_of(preview.comment.body):
        context = {
            "article": form.article,
            "comment_form": form,
            "preview": preview,
            "recipients": _who_helps(preview) if preview.asks_for_help else None,
        }
        response = render(request, "comments/warning.html", context)
    response["X-Comment-Step"] = "warning"
    return response


def _who_helps(preview: intake.Preview) -> Recipients:
    """We, and whoever else does in the state that the comment names."""
    place = state_named_in(preview.comment.body)
    return whom_to_write_to(place.code if place else None)


def _letter(request: HttpRequest, form: CommentForm) -> HttpResponse:
    """The text as the beginning of a letter by post, to print or to copy; nothing is stored."""
    body = form.cleaned_data["body"]
    with in_language_of(body):
        context = {"article": form.article, "comment_form": form, "body": body}
        response = render(request, "comments/letter.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _cannot_redact(request: HttpRequest, article: Article) -> HttpResponse:
    said = _(
        "The program that finds personal information is not working just now, so nothing was "
        "removed and nothing was sent. Your text is still here: please take out what should not "
        "be public yourself, or try again in a few minutes."
    )
    form = CommentForm.refilled(request.POST, article=article)
    response = _form_page(request, article, form, said=said, status=503)
    response["Retry-After"] = str(TRY_AGAIN_AFTER)
    return response


def _blocked(request: HttpRequest, article: Article, block: Restriction) -> HttpResponse:
    """Nothing is stored; the text comes back, with why, until when and what can be done."""
    with in_language_of(request.POST.get("body", "")):
        context = {"entry": block.entry, "answered_within": ANSWERED_WITHIN.days}
        said = render_to_string("comments/_blocked.html", context, request)
        form = CommentForm.refilled(request.POST, article=article)
        return _form_page(request, article, form, said=said, status=403)


def _closed(request: HttpRequest, article: Article) -> HttpResponse:
    context = {"article": article, "text": request.POST.get("body", "")}
    return render(request, "comments/closed.html", context, status=403)


def looks_too_often(request: HttpRequest) -> bool:
    """Looking stores nothing, but it costs time; who edits in good faith looks a few times."""
    limit = LOOKS_FOR_A_COMMENT * settings.COMMENTS_PER_TEN_MINUTES
    throttle = Throttle("look", limit=limit, seconds=COUNTED_FOR)
    return not throttle.count(request.META["REMOTE_ADDR"])


def _writes_too_much(request: HttpRequest) -> bool:
    """Who writes for long makes many pauses; a program that makes more costs us time."""
    limit = PAUSES_IN_A_COMMENT * settings.COMMENTS_PER_TEN_MINUTES
    throttle = Throttle("pause", limit=limit, seconds=COUNTED_FOR)
    return not throttle.count(request.META["REMOTE_ADDR"])


def _is_one_too_many(request: HttpRequest) -> bool:
    """Count a comment; whether its address has now sent more than it may."""
    limit = settings.COMMENTS_PER_TEN_MINUTES
    throttle = Throttle("comment", limit=limit, seconds=COUNTED_FOR)
    return not throttle.count(request.META["REMOTE_ADDR"])


def _too_fast(request: HttpRequest, article: Article) -> HttpResponse:
    said = _(
        "Many comments came from your connection in a short time, so this one was not sent yet. "
        "Your text is still here: please wait ten minutes, then press the button once more."
    )
    form = CommentForm.refilled(request.POST, article=article)
    response = _form_page(request, article, form, said=said, status=429)
    response["Retry-After"] = str(COUNTED_FOR)
    return response


def _has_a_place(comment: Comment, visitor: UUID | None) -> bool:
    """Whether this reader sees it or its tombstone among the comments of its thread."""
    top = comment.thread_id or comment.pk
    flat = Comment.objects.with_replies_of([top])
    return any(node.pk == comment.pk for node in threads.walk(threads.grow(flat, visitor=visitor)))


def _place(comment: Comment, article: Article, visitor: UUID | None) -> str:
    """The address of the comment on the page of threads where this reader finds it."""
    top = comment.thread or comment
    earlier = Comment.objects.threads_under(article, visitor=visitor).filter(
        Q(created_at__lt=top.created_at) | Q(created_at=top.created_at, pk__lt=top.pk)
    )
    page = earlier.count() // THREADS_PER_PAGE + 1
    query = f"?comments={page}" if page > 1 else ""
    return f"{article.get_absolute_url()}{query}#comment-{comment.pk}"
