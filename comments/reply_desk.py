"""The saved replies on the desk: read by all moderators, written by those who may."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import desk, notices, placeholders, replies
from .models import CaseReply, CaseReplyVersion
from .reply_forms import CaseReplyForm

SOMEBODY = "Ruth"
"""Whom a letter greets that is only looked at."""

_EDITOR = ("comments.moderate", "comments.edit_case_replies")


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every saved reply, those in the archive below the others."""
    versions = CaseReplyVersion.objects.select_related("by").defer("text")
    every = CaseReply.objects.order_by("is_archived", "language", "pk").prefetch_related(
        Prefetch("versions", versions)
    )
    in_use = [reply for reply in every if not reply.is_archived]
    archived = [reply for reply in every if reply.is_archived]
    return _page(request, "overview", {"in_use": in_use, "archived": archived})


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One saved reply as it reaches somebody, and everything that it ever was."""
    reply = get_object_or_404(CaseReply, pk=pk)
    context = {
        "reply": reply,
        "letter": _letter(reply.text, reply.language),
        "versions": reply.versions.select_related("by"),
    }
    return _page(request, "show", context)


@never_cache
@login_required
@permission_required(_EDITOR, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a saved reply or change one; look at it first, or save it."""
    reply = get_object_or_404(CaseReply, pk=pk) if pk else None
    if request.method != "POST":
        return _editor(request, CaseReplyForm(reply=reply), reply)
    form = CaseReplyForm(request.POST, reply=reply)
    if not form.is_valid():
        return _editor(request, form, reply, status=422)
    content = form.cleaned_data
    if request.POST.get("action") == "preview":
        letter = _letter(content["text"], content["language"])
        return _editor(request, form, reply, letter=letter)
    try:
        saved = _save(reply, content, cast("User", request.user))
    except replies.Outdated as outdated:
        form.begin_with(outdated.reply.number)
        return _editor(request, form, outdated.reply, newer=_newest(outdated.reply), status=409)
    messages.success(request, _("“%(name)s” is saved.") % {"name": saved.title})
    return redirect("comments:reply", saved.pk)


def _save(reply: CaseReply | None, content: dict[str, Any], by: User) -> CaseReply:
    number = content.pop("number")
    if reply is None:
        return replies.create(by=by, **content)
    return replies.save(reply, by=by, number=number or 0, **content)


@never_cache
@login_required
@permission_required(_EDITOR, raise_exception=True)
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it into the archive, or take it out again."""
    reply = get_object_or_404(CaseReply, pk=pk)
    by = cast("User", request.user)
    if request.POST.get("action") == "bring_back":
        replies.bring_back(reply, by=by)
        messages.success(request, _("Moderators can send this letter again."))
    else:
        replies.archive(reply, by=by)
        messages.success(request, _("It is in the archive. Moderators are not offered it."))
    return redirect("comments:reply", pk)


@never_cache
@login_required
@permission_required(_EDITOR, raise_exception=True)
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Make an older version the newest."""
    number = request.POST.get("number", "")
    asked = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
    version = get_object_or_404(CaseReplyVersion, reply=pk, number=asked)
    replies.restore(version, by=cast("User", request.user))
    messages.success(
        request, _("Version %(number)d stands again, as the newest.") % {"number": asked}
    )
    return redirect("comments:reply", pk)


def _letter(text: str, language: str) -> notices.Words:
    return notices.case_reply(text, language=language, name=SOMEBODY)


def _newest(reply: CaseReply) -> CaseReplyVersion:
    return reply.versions.select_related("by").get(number=reply.number)


def _editor(
    request: HttpRequest,
    form: CaseReplyForm,
    reply: CaseReply | None,
    *,
    letter: notices.Words | None = None,
    newer: CaseReplyVersion | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "reply": reply,
        "letter": letter,
        "newer": newer,
        "language": form["language"].value(),
        "placeholders": [(f"{{{name}}}", meaning) for name, meaning in placeholders.KNOWN.items()],
    }
    return _page(request, "write", context, status=status)


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = desk.frame(request) | {"queue": "replies", "somebody": SOMEBODY} | context
    return render(request, f"desk/replies/{name}.html", context, status=status)
