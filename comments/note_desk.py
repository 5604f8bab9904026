"""Where notes arrive that moderators write beside a comment, and where they are deleted."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from . import desk, moderation, notes
from .author_forms import NoteForm
from .models import Comment, Note


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The form stands on the comment's page; here it comes back where something is missing."""
    comment = get_object_or_404(Comment.objects.prefetch_related("findings"), pk=pk)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on_author = form.cleaned_data["about"] == "author"
        try:
            by = cast("User", request.user)
            notes.write(comment, text=form.cleaned_data["text"], by=by, on_author=on_author)
        except moderation.Refused as refusal:
            form.add_error(refusal.field, str(refusal.message))
        else:
            return _back_to(pk)
    context = desk.frame(request) | {"comment": comment, "note_form": form}
    status = 422 if form.errors else 200
    return render(request, "desk/comments/note.html", context, status=status)


@never_cache
@login_required
@permission_required("comments.moderate", raise_exception=True)
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """By its writer, beside whichever comment they saw it."""
    note = get_object_or_404(Note, pk=pk)
    beside = request.POST.get("comment", "")
    notes.delete(note, by=cast("User", request.user))
    return _back_to(int(beside) if beside.isascii() and beside.isdecimal() else note.comment_id)


def _back_to(pk: int) -> HttpResponse:
    return redirect(f"{reverse('comments:show', args=[pk])}#notes")
