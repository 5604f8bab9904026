"""The pages behind the link that somebody gets with their comment: what became of it, and what
they may do with it. Nothing acts on GET, for programs that check mail open every link.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial, wraps

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import authors, intake, moderation, notices, receipts, waits, watches
from .forms import AskForm, EditForm
from .languages import in_language
from .models import Comment, CommentQuerySet, Reason, Restriction, Watch
from .models.finding import TYPES
from .models.second_look import ANSWERED_WITHIN
from .throttle import Throttle
from .views import help_address, looks_too_often
from .where_help_is import shown_to_visitors

LINKS_A_DAY = Throttle("receipt-link", limit=3, seconds=86400)
"""To one address, whoever asks."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody with a link that is ours."""

    comment: Comment
    token: str
    is_proven: bool

    @property
    def all_of_theirs(self) -> CommentQuerySet:
        return Comment.objects.by_author_of(self.comment, is_proven=self.is_proven)

    def back(self) -> HttpResponse:
        return redirect("comments:receipt", self.token)


Page = Callable[..., HttpResponse]


def for_its_author(page: Page, *, even_when_over: bool = False) -> Page:
    """Open the page to whoever has the link, and to nobody's cache, history or search engine.

    No other site learns the address either: that is the policy of all our pages, and a stricter
    one would keep browsers from saying where a form of ours comes from.
    """

    @wraps(page)
    def guarded(request: HttpRequest, token: str, **values: str) -> HttpResponse:
        response = _open(request, token, **values)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def _open(request: HttpRequest, token: str, **values: str) -> HttpResponse:
        receipt = receipts.read(token)
        found = Comment.objects.select_related("article")
        comment = receipt and found.filter(pk=receipt.comment_pk).first()
        if not receipt or not comment:
            return render(request, "comments/receipt_unknown.html", status=404)
        if receipt.is_over and not even_when_over:
            context = {"comment": comment, "token": token}
            return render(request, "comments/receipt_over.html", context, status=410)
        with in_language(comment.language):
            return page(request, Visit(comment, token, receipt.is_proven), **values)

    return guarded


@require_safe
@for_its_author
def show(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _receipt(request, visit, AskForm())


def _receipt(
    request: HttpRequest, visit: Visit, ask_form: AskForm, *, status: int = 200
) -> HttpResponse:
    comment = visit.comment
    last = comment.decisions.order_by("-version").first()
    reason = notices.reason_in_force(last) if last else ""
    labels = dict(TYPES)
    wait = waits.usual_wait() if comment.is_waiting else None
    undo_lasts = timedelta(hours=settings.REDACTION_UNDO_HOURS)
    needs_help = comment.is_urgent and comment.is_waiting
    context = {
        "comment": comment,
        "token": visit.token,
        "is_proven": visit.is_proven,
        "needs_help": needs_help,
        "where_help_is": shown_to_visitors() if needs_help else None,
        "wait": waits.in_words(wait) if wait else "",
        "wording": Reason(reason).public_wording if reason else "",
        "kinds": dict.fromkeys(labels[cut["type"]] for cut in moderation.cuts_in_force(comment)),
        "can_be_edited": moderation.can_be_edited(comment),
        "edit_until": comment.created_at + moderation.EDIT_LASTS,
        "put_back_until": comment.changed_at + undo_lasts,
        "can_ask": moderation.in_question(comment) is not None,
        "ask_form": ask_form,
        "ask_until": comment.changed_at + undo_lasts if comment.is_published else None,
        "answered_within": ANSWERED_WITHIN.days,
        "watch": Watch.objects.filter(comment=comment).first(),
        "second_looks": comment.second_looks.select_related("outcome"),
        "count": visit.all_of_theirs.count(),
        "blocked": Restriction.objects.block_on(comment.author_digest) if visit.is_proven else None,
    }
    return render(request, "comments/receipt.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_author
def edit(request: HttpRequest, visit: Visit) -> HttpResponse:
    comment = visit.comment
    if request.method != "POST":
        form = EditForm(initial={"body": comment.body, "version": comment.version})
        return _edit_page(request, visit, form)
    form = EditForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, visit, form, status=422)
    body, version = form.cleaned_data["body"], form.cleaned_data["version"]
    if body == comment.body:
        return visit.back()
    if not moderation.can_be_edited(comment) or version != comment.version:
        return _edit_page(request, visit, form, status=409)
    if looks_too_often(request):
        return _edit_page(request, visit, form, is_too_fast=True, status=429)
    looked = intake.preview_edit(comment, body)
    if looked.findings and not looked.in_distress and "as_is" not in request.POST:
        response = _edit_page(request, visit, form, preview=looked)
        response["X-Comment-Step"] = "warning"
        return response
    try:
        authors.edit(comment, looked, version=version)
    except (moderation.Stale, moderation.NotAllowed):
        return _edit_page(request, visit, form, status=409)
    if looked.in_distress:
        return redirect(help_address(comment, is_own=True))
    messages.success(request, _("Your new text is saved."))
    return visit.back()


def _edit_page(
    request: HttpRequest,
    visit: Visit,
    form: EditForm,
    *,
    preview: intake.Preview | None = None,
    is_too_fast: bool = False,
    status: int = 200,
) -> HttpResponse:
    visit.comment.refresh_from_db()
    context = {
        "comment": visit.comment,
        "token": visit.token,
        "form": form,
        "preview": preview,
        "is_too_fast": is_too_fast,
        "can_be_edited": status != 409 and moderation.can_be_edited(visit.comment),
        "edit_until": visit.comment.created_at + moderation.EDIT_LASTS,
    }
    return render(request, "comments/receipt_edit.html", context, status=status)


@require_POST
@for_its_author
def withdraw(request: HttpRequest, visit: Visit) -> HttpResponse:
    with suppress(moderation.NotAllowed):  # it was off the site already: the page says why
        moderation.withdraw(visit.comment)
    return visit.back()


@require_POST
@for_its_author
def put_back(request: HttpRequest, visit: Visit) -> HttpResponse:
    try:
        moderation.put_back(visit.comment)
    except moderation.Refused as refusal:
        messages.warning(request, str(refusal.message))
    return visit.back()


@require_POST
@for_its_author
def ask(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for a second look at what was decided."""
    form = AskForm(request.POST)
    if not form.is_valid():
        return _receipt(request, visit, form, status=422)
    try:
        words = form.cleaned_data["words"]
        shown, in_distress = intake.guarded(words)
        moderation.ask_second_look(
            visit.comment, words=words, guarded_words=shown, is_urgent=in_distress
        )
    except moderation.NotAllowed as refusal:
        messages.warning(request, str(refusal.message))
    else:
        if in_distress:
            return redirect(help_address(visit.comment, is_own=True))
    return visit.back()


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_author
def delete(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask first, with a list of what goes; by POST, do it."""
    if request.method == "POST":
        authors.delete_all(visit.comment, is_proven=visit.is_proven)
        return visit.back()
    context = {
        "comments": visit.all_of_theirs.select_related("article").order_by("created_at", "pk"),
        "token": visit.token,
        "is_proven": visit.is_proven,
    }
    return render(request, "comments/receipt_delete.html", context)


@require_safe
@for_its_author
def copy(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """All that is kept of what they wrote, and what moderators keep about them, if the link came by
    mail: whoever only posted under an address must not learn that about its owner.
    """
    theirs = visit.all_of_theirs.select_related("article").order_by("created_at", "pk")
    copies = authors.copy_of(list(theirs.prefetch_related(*authors.COPIED)))
    kept = authors.kept_about(visit.comment) if visit.is_proven else {}
    if kind == "json":
        layout = {"ensure_ascii": False, "indent": 2}
        response: HttpResponse = JsonResponse({"comments": copies} | kept, json_dumps_params=layout)
    elif kind == "txt":
        text = render_to_string("comments/copy.txt", {"comments": copies} | kept)
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="my-comments.{kind}"'
    return response


@require_POST
@partial(for_its_author, even_when_over=True)
def send_link(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A link to the address of the comment; it alone reaches all that was written with it."""
    comment = visit.comment
    if not comment.email:
        said = "none"
    elif LINKS_A_DAY.is_exhausted(comment.author_digest):
        said = "enough"
    elif notices.send_link(comment):
        said = "sent"
        LINKS_A_DAY.count(comment.author_digest)
    else:
        said = "failed"
    context = {"comment": comment, "said": said}
    status = {"sent": 200, "none": 410, "enough": 429, "failed": 503}[said]
    return render(request, "comments/receipt_sent.html", context, status=status)


@require_POST
@for_its_author
def tell(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Letters about replies, on or off. On needs the mailbox, where the link is not from there."""
    if request.POST.get("tell") == "off":
        watches.stop(visit.comment)
    elif visit.comment.email:
        watches.ask(visit.comment, is_proven=visit.is_proven)
    return redirect(f"{reverse('comments:receipt', args=[visit.token])}#replies")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the letters about replies, in one click: mail programs post here without a cookie."""
    pk = receipts.read_stop(token)
    if pk is None:
        return render(request, "comments/receipt_unknown.html", status=404)
    if request.method == "POST":
        Watch.objects.filter(comment=pk).delete()
    context = {"is_over": not Watch.objects.filter(comment=pk).exists()}
    response = render(request, "comments/receipt_stop.html", context)
    response["Cache-Control"] = "no-store"
    return response
