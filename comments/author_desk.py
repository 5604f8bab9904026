"""Muted and blocked authors on the desk: the list of them, the form, and the way back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import desk, moderation, restrictions
from .author_forms import LiftForm, RestrictionForm
from .models import Comment, Restriction, RestrictionAction

PROPOSED = timedelta(days=30)
SHOWN = 200
"""In force; a site with more of them has another trouble."""
OVER_SHOWN = 20
_RESTRICTER = ("comments.moderate", "comments.restrict_authors")


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Who is muted or blocked, until when, by whom and why; below, what is over."""
    return _overview(request)


def _overview(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    shown = Restriction.objects.with_entry().select_related("entry__comment__article")
    shown = shown.prefetch_related("entry__comment__findings")
    context = {
        "in_force": shown.in_force()[:SHOWN],
        "over": shown.over()[:OVER_SHOWN],
    } | more
    return _page(request, "overview", context, status=status)


@never_cache
@login_required
@permission_required(_RESTRICTER, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def restrict(request: HttpRequest, pk: int) -> HttpResponse:
    """Mute or block the author of a comment."""
    comments = Comment.objects.select_related("article").prefetch_related("findings")
    comment = get_object_or_404(comments, pk=pk)
    if request.method != "POST":
        return _form_page(request, comment)
    form = RestrictionForm(request.POST)
    if not form.is_valid():
        return _form_page(request, comment, form, status=422)
    data = form.cleaned_data
    given = {
        "by": cast("User", request.user),
        "reason": data["reason"],
        "until": data["until"],
        "note": data["note"],
        "seen": data["seen"],
    }
    is_block = data["action"] == RestrictionAction.BLOCK
    try:
        (restrictions.block if is_block else restrictions.mute)(comment, **given)
    except restrictions.Outdated:
        return _form_page(request, comment, form, is_stale=True, status=409)
    except moderation.Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal.message))
        return _form_page(request, comment, form, status=422)
    messages.success(
        request, _("The author is blocked.") if is_block else _("The author is muted.")
    )
    return redirect("comments:show", pk)


def _form_page(
    request: HttpRequest,
    comment: Comment,
    form: RestrictionForm | None = None,
    *,
    is_stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    author = comment.author_digest
    in_force = Restriction.objects.in_force().of(author).with_entry().first()
    seen = in_force.pk if in_force else 0
    if form is None:
        until = timezone.localdate() + PROPOSED
        form = RestrictionForm(initial={"seen": seen, "until": until})
    elif is_stale:
        form.begin_with(seen)
    context = {"comment": comment, "form": form, "in_force": in_force, "is_stale": is_stale}
    return _page(request, "restrict", context, status=status)


@never_cache
@login_required
@permission_required(_RESTRICTER, raise_exception=True)
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """End a mute or a block now."""
    restriction = get_object_or_404(Restriction.objects.with_entry(), pk=pk)
    form = LiftForm(request.POST)
    if not form.is_valid():
        return _overview(request, refusal=form.errors["note"][0], status=422)
    by = cast("User", request.user)
    try:
        restrictions.lift(restriction, by=by, note=form.cleaned_data["note"])
    except restrictions.Outdated:
        return _overview(request, refusal=_("It was over already."), status=409)
    except moderation.Refused as refusal:
        return _overview(request, refusal=str(refusal.message), status=422)
    messages.success(request, _("The author can comment as before."))
    return redirect("comments:authors")


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = desk.frame(request) | {"queue": "authors"} | context
    return render(request, f"desk/authors/{name}.html", context, status=status)
